/**
 * Shopify's discounts, store credit and gift cards over HTTP, with their own truth: TAKEN, answers that get lost after
 * the work was done, late reads. Store credit has no name: asked twice, it is given twice.
 */
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Discounts, GiftCards, StoreCredits } from '../../app/rewards/rewards.server.ts';

interface Kept {
  id: string;
  title: string;
  isActive: boolean;
  readableAt: number;
}
interface Line {
  id: string;
  customer: string;
  amount: string;
  remaining: string;
  expiresAt: string | null;
  readableAt: number;
}

export interface RewardStandIn {
  url: string;
  /** By code. */
  kept: Map<string, Kept>;
  cards: Map<string, Kept>;
  /** How many credits of a customer can be used. */
  linesOf(customer: bigint): number;
  counts: { created: number; taken: number; lost: number; down: number };
  close(): Promise<void>;
}

const READS = ['find', 'cardFind', 'account'];

/** @param random 0…1; the same seed makes the same mishaps for the same order of calls */
export async function rewardStandIn(random: () => number): Promise<RewardStandIn> {
  const [kept, cards] = [new Map<string, Kept>(), new Map<string, Kept>()];
  const lines: Line[] = [];
  const debits: { id: string; customer: string; amount: string; readableAt: number }[] = [];
  const counts = { created: 0, taken: 0, lost: 0, down: 0 };
  const late = () => Date.now() + random() * 200;
  const isReadable = ({ readableAt }: { readableAt: number }) => readableAt <= Date.now();
  const make = (into: Map<string, Kept>, code: string, one: Omit<Kept, 'id' | 'readableAt'>) => {
    if (into.has(code)) {
      counts.taken += 1;
      return { outcome: 'taken' };
    }
    counts.created += 1;
    const id = `gid://shopify/DiscountCodeNode/${counts.created}`;
    into.set(code, { id, ...one, readableAt: late() });
    return { outcome: 'created', discountId: id, id };
  };
  const end = (of: Map<string, Kept>, id: string) => {
    for (const each of of.values()) if (each.id === id) each.isActive = false;
    return { outcome: 'done' };
  };
  const answers: Record<string, (ask: Record<string, string | null>) => object> = {
    create: ({ code, title, endsAt }) =>
      make(kept, code!, { title: title!, isActive: endsAt === null || Date.parse(endsAt!) > Date.now() }),
    find({ code }) {
      const found = kept.get(code!);
      if (!found || !isReadable(found)) return { outcome: 'none' };
      const { id: discountId, title } = found;
      return { outcome: 'found', discount: { discountId, title, usageLimit: 1, used: 0 } };
    },
    deactivate: ({ id }) => end(kept, id!),
    cardCreate: ({ code, note }) => make(cards, code!, { title: note!, isActive: true }),
    cardFind({ code }) {
      const found = cards.get(code!);
      if (!found || !isReadable(found)) return { outcome: 'none' };
      return { outcome: 'found', card: { id: found.id, note: found.title, enabled: found.isActive } };
    },
    cardDeactivate: ({ id }) => end(cards, id!),
    account: ({ customer }) => ({
      outcome: 'ok',
      credits: lines.filter((line) => line.customer === customer && isReadable(line)),
      debits: debits.filter((line) => line.customer === customer && isReadable(line)),
    }),
    give({ customer, amount, expiresAt }) {
      counts.created += 1;
      const id = `gid://shopify/StoreCreditAccountCreditTransaction/${counts.created}`;
      const line = {
        id,
        customer: customer!,
        amount: amount!,
        remaining: amount!,
        expiresAt: expiresAt ?? null,
      };
      lines.push({ ...line, readableAt: late() });
      return { outcome: 'done', id };
    },
    take({ customer, amount }) {
      let left = BigInt(amount!);
      const mine = lines.filter((line) => line.customer === customer);
      if (mine.reduce((sum, { remaining }) => sum + BigInt(remaining), 0n) < left)
        return { outcome: 'too-little' };
      for (const line of mine) {
        const part = BigInt(line.remaining) < left ? BigInt(line.remaining) : left;
        line.remaining = String(BigInt(line.remaining) - part);
        left -= part;
      }
      const id = `gid://shopify/StoreCreditAccountDebitTransaction/${debits.length + 1}`;
      debits.push({ id, customer: customer!, amount: amount!, readableAt: late() });
      return { outcome: 'done', id };
    },
  };
  const server = http.createServer((request, response) => {
    void (async () => {
      const chunks: Buffer[] = [];
      for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
      const [name, argument] = JSON.parse(Buffer.concat(chunks).toString()) as [
        string,
        Record<string, string>,
      ];
      const fate = random();
      if (fate < 0.05) {
        counts.down += 1;
        return void response.writeHead(500).end();
      }
      const result = answers[name]!(argument);
      if (!READS.includes(name) && fate < 0.2) {
        counts.lost += 1;
        return void request.socket.destroy();
      }
      response.end(JSON.stringify(result));
    })();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    kept,
    cards,
    linesOf: (customer) =>
      lines.filter((line) => line.customer === String(customer) && line.remaining !== '0').length,
    counts,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

const askAt = (url: string) =>
  async function ask(name: string, argument: object): Promise<never> {
    try {
      const signal = AbortSignal.timeout(2000);
      const body = JSON.stringify([name, argument], (_key, value: unknown) =>
        typeof value === 'bigint' ? String(value) : value,
      );
      const response = await fetch(url, { method: 'POST', body, signal });
      if (!response.ok) return UNAVAILABLE;
      return (await response.json()) as never;
    } catch (error) {
      if (error instanceof Error) return UNAVAILABLE;
      throw error;
    }
  };

/** The same, as rewards ask for it. */
export function discountsAt(url: string): Discounts {
  const ask = askAt(url);
  return {
    create: (_domain, { code, title, endsAt }) => ask('create', { code, title, endsAt }),
    find: (_domain, code) => ask('find', { code }),
    deactivate: (_domain, id) => ask('deactivate', { id }),
  };
}

export function cardsAt(url: string): GiftCards {
  const ask = askAt(url);
  return {
    create: (_domain, { code, note }) => ask('cardCreate', { code, note }),
    async find(_domain, code) {
      const found = (await ask('cardFind', { code })) as { outcome: string; card?: object };
      return (found.card ? { ...found, card: { ...found.card, initial: 1n, balance: 1n } } : found) as never;
    },
    deactivate: (_domain, id) => ask('cardDeactivate', { id }),
  };
}

export function creditsAt(url: string): StoreCredits {
  const ask = askAt(url);
  return {
    async accountOf(_domain, customer) {
      const seen = (await ask('account', { customer })) as {
        outcome: string;
        credits: Line[];
        debits: Line[];
      };
      if (seen.outcome !== 'ok') return seen as never;
      return {
        outcome: 'ok',
        account: {
          balance: 0n,
          credits: seen.credits.map(({ id, amount, remaining, expiresAt }) => ({
            id,
            amount: BigInt(amount),
            remaining: BigInt(remaining),
            lapsed: 0n,
            expiresAt: expiresAt === null ? null : new Date(expiresAt),
          })),
          debits: seen.debits.map(({ id, amount }) => ({ id, amount: BigInt(amount) })),
        },
      };
    },
    give: (_domain, { customerShopifyId, amount, expiresAt }) =>
      ask('give', { customer: customerShopifyId, amount, expiresAt }),
    take: (_domain, { customerShopifyId, amount }) => ask('take', { customer: customerShopifyId, amount }),
  };
}

const UNAVAILABLE = { outcome: 'unavailable', retryAfterSeconds: 0 } as never;
