/** A Shopify that keeps store credit and gift cards: answers that get lost, reads that lag behind, requests that hang. */
import type { CreditLine, FoundCard, GiftCards, StoreCredits } from '../app/rewards/credits.ts';
import type { Mishaps } from './discounts.ts';

const UNAVAILABLE = { outcome: 'unavailable', retryAfterSeconds: 1 } as const;

interface Line extends CreditLine {
  customer: bigint;
  currency: string;
  /** Reads before this count of calls do not see it. */
  seenFrom: number;
}

export function creditsAtShopify(mishaps: Mishaps & { currencies?: string[]; known?: bigint[] } = {}) {
  const lines: Line[] = [];
  const debits: { id: string; customer: bigint; currency: string; amount: bigint; seenFrom: number }[] = [];
  const held = new Map<string, FoundCard & { currency: string; seenFrom: number }>();
  let calls = 0;
  let ids = 0;
  const change = async <Result>(make: () => Result): Promise<Result | typeof UNAVAILABLE> => {
    calls += 1;
    if (mishaps.down?.()) return UNAVAILABLE;
    await mishaps.pause?.();
    const result = make();
    return mishaps.lost?.() ? UNAVAILABLE : result;
  };
  const of = (customer: bigint, currency: string) => (one: { customer: bigint; currency: string }) =>
    one.customer === customer && one.currency === currency;
  const give = (customer: bigint, currency: string, amount: bigint, expiresAt: Date | null) => {
    const id = `gid://shopify/StoreCreditAccountCreditTransaction/${++ids}`;
    const seenFrom = calls + (mishaps.lag ?? 0);
    lines.push({ id, customer, currency, amount, remaining: amount, lapsed: 0n, expiresAt, seenFrom });
    return id;
  };
  const credits: StoreCredits = {
    accountOf(_domain, customer, currency) {
      calls += 1;
      if (mishaps.known && !mishaps.known.includes(customer))
        return Promise.resolve({ outcome: 'no-customer' as const });
      const mine = lines.filter(of(customer, currency));
      return Promise.resolve({
        outcome: 'ok' as const,
        account: {
          balance: mine.reduce((sum, { remaining }) => sum + remaining, 0n),
          credits: mine
            .filter(({ seenFrom }) => seenFrom <= calls)
            .map(({ id, amount, remaining, lapsed, expiresAt }) => ({
              id,
              amount,
              remaining,
              lapsed,
              expiresAt,
            })),
          debits: debits.filter(of(customer, currency)).filter(({ seenFrom }) => seenFrom <= calls),
        },
      });
    },
    give: (_domain, { customerShopifyId, currency, amount, expiresAt }) =>
      change(() => {
        if (mishaps.currencies && !mishaps.currencies.includes(currency))
          return { outcome: 'refused' as const, reason: 'currency-gone' };
        return { outcome: 'done' as const, id: give(customerShopifyId, currency, amount, expiresAt) };
      }),
    take: (_domain, { customerShopifyId, currency, amount }) =>
      change(() => {
        const mine = lines.filter(of(customerShopifyId, currency));
        if (mine.reduce((sum, { remaining }) => sum + remaining, 0n) < amount)
          return { outcome: 'too-little' as const };
        let left = amount;
        for (const line of mine) {
          const part = line.remaining < left ? line.remaining : left;
          line.remaining -= part;
          left -= part;
        }
        const id = `gid://shopify/StoreCreditAccountDebitTransaction/${++ids}`;
        const seenFrom = calls + (mishaps.lag ?? 0);
        debits.push({ id, customer: customerShopifyId, currency, amount, seenFrom });
        return { outcome: 'done' as const, id };
      }),
  };
  const cards: GiftCards = {
    create: (_domain, { code, amount, currency, note }) =>
      change(() => {
        if (held.has(code)) return { outcome: 'taken' as const };
        const id = `gid://shopify/GiftCard/${++ids}`;
        const seenFrom = calls + (mishaps.lag ?? 0);
        held.set(code, { id, note, enabled: true, initial: amount, balance: amount, currency, seenFrom });
        return { outcome: 'created' as const, id };
      }),
    find(_domain, code) {
      calls += 1;
      const found = held.get(code);
      if (!found || found.seenFrom > calls) return Promise.resolve({ outcome: 'none' as const });
      const { id, note, enabled, initial, balance } = found;
      return Promise.resolve({ outcome: 'found' as const, card: { id, note, enabled, initial, balance } });
    },
    deactivate: (_domain, id) =>
      change(() => {
        for (const card of held.values()) if (card.id === id) card.enabled = false;
        return { outcome: 'done' as const };
      }),
  };
  return { credits, cards, lines, debits, held, give };
}
