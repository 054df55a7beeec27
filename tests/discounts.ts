/** A Shopify that keeps discounts: TAKEN for a code that exists, answers that get lost, reads that lag behind. */
import type { CodesAtShopify } from '../app/referrals/referrals.server.ts';
import type { Discounts } from '../app/rewards/rewards.server.ts';

interface Kept {
  id: string;
  domain: string;
  code: string;
  title: string;
  usageLimit: number | null;
  used: number;
  isActive: boolean;
  /** Reads before this count of calls do not see it. */
  seenFrom: number;
}

export interface Mishaps {
  /** The change is made, the answer is lost. */
  lost?: () => boolean;
  /** Nothing is done. */
  down?: () => boolean;
  /** Calls until a new discount can be read. */
  lag?: number;
  /** Awaited inside every change, before it is made. */
  pause?: () => Promise<void>;
}

const UNAVAILABLE = { outcome: 'unavailable', retryAfterSeconds: 1 } as const;

export function discountsAtShopify(mishaps: Mishaps = {}) {
  const kept = new Map<string, Kept>();
  let calls = 0;
  let ids = 0;
  const visible = (code: string) => {
    const found = kept.get(code.toUpperCase());
    return found && found.seenFrom <= calls ? found : null;
  };
  const change = async <Result>(make: () => Result): Promise<Result | typeof UNAVAILABLE> => {
    calls += 1;
    await mishaps.pause?.();
    if (mishaps.down?.()) return UNAVAILABLE;
    const result = make();
    return mishaps.lost?.() ? UNAVAILABLE : result;
  };
  const add = (domain: string, code: string, title: string, usageLimit: number | null, isActive = true) => {
    if (kept.has(code.toUpperCase())) return null;
    const id = `gid://shopify/DiscountCodeNode/${++ids}`;
    const seenFrom = calls + (mishaps.lag ?? 0);
    kept.set(code.toUpperCase(), { id, domain, code, title, usageLimit, used: 0, isActive, seenFrom });
    return id;
  };

  const discounts: Discounts = {
    create: (domain, wanted) =>
      change(() => {
        const isOver = wanted.endsAt !== null && wanted.endsAt.getTime() < Date.UTC(2020, 0);
        const id = add(domain, wanted.code, wanted.title, 1, !isOver);
        return id ? { outcome: 'created' as const, discountId: id } : { outcome: 'taken' as const };
      }),
    find(_domain, code) {
      calls += 1;
      if (mishaps.down?.()) return Promise.resolve(UNAVAILABLE);
      const found = visible(code);
      if (!found) return Promise.resolve({ outcome: 'none' });
      const { id: discountId, title, usageLimit, used } = found;
      return Promise.resolve({ outcome: 'found', discount: { discountId, title, usageLimit, used } });
    },
    deactivate: (_domain, discountId) =>
      change(() => {
        for (const each of kept.values()) if (each.id === discountId) each.isActive = false;
        return { outcome: 'done' as const };
      }),
  };
  /** What one shop has. */
  const of = (shop: { domain: string }) => [...kept.values()].filter(({ domain }) => domain === shop.domain);
  return { kept, of, add, discounts };
}

/** The parent discount and its codes; adding takes a few looks, as at Shopify. */
export function codesAtShopify(mishaps: Mishaps & { looks?: number; foreign?: string[] } = {}) {
  const parents = new Map<
    string,
    { id: string; code: string; title: string; endsAt: Date | null; offer: unknown }
  >();
  const codes = new Map<string, { parent: string; redeemId: string }>();
  const creations = new Map<
    string,
    { looks: number; parent: string; codes: string[]; results?: ReturnType<typeof settle> }
  >();
  let ids = 0;
  for (const code of mishaps.foreign ?? []) codes.set(code, { parent: 'somebody-elses', redeemId: 'x' });

  function settle(parent: string, wanted: string[]) {
    return wanted.map((code) => {
      if (codes.has(code)) return { code, redeemId: null, error: 'TAKEN' };
      const redeemId = `gid://shopify/DiscountRedeemCode/${++ids}`;
      codes.set(code, { parent, redeemId });
      return { code, redeemId, error: null };
    });
  }
  const change = async <Result>(make: () => Result): Promise<Result | typeof UNAVAILABLE> => {
    await mishaps.pause?.();
    if (mishaps.down?.()) return UNAVAILABLE;
    const result = make();
    return mishaps.lost?.() ? UNAVAILABLE : result;
  };

  const shopify: CodesAtShopify = {
    createParent: (_domain, { code, title, endsAt, offer }) =>
      change(() => {
        if ([...parents.values()].some((parent) => parent.code === code))
          return { outcome: 'taken' as const };
        const id = `gid://shopify/DiscountCodeNode/${++ids}`;
        parents.set(id, { id, code, title, endsAt, offer });
        return { outcome: 'created' as const, discountId: id };
      }),
    updateParent: (_domain, discountId, { endsAt, offer }) =>
      change(() => {
        Object.assign(parents.get(discountId)!, { endsAt, offer });
        return { outcome: 'done' as const };
      }),
    deleteParent: (_domain, discountId) =>
      change(() => {
        parents.delete(discountId);
        for (const [code, { parent }] of codes) if (parent === discountId) codes.delete(code);
        return { outcome: 'done' as const };
      }),
    discountOf(_domain, code) {
      const parent = [...parents.values()].find((each) => each.code === code);
      const found = parent?.id ?? codes.get(code)?.parent;
      return Promise.resolve(
        found ? { outcome: 'found', discountId: found, title: parent?.title ?? '' } : { outcome: 'none' },
      );
    },
    addCodes: (_domain, parent, wanted) =>
      change(() => {
        const creationId = `gid://shopify/DiscountRedeemCodeBulkCreation/${++ids}`;
        creations.set(creationId, { looks: mishaps.looks ?? 2, parent, codes: wanted });
        return { outcome: 'started' as const, creationId };
      }),
    added(_domain, creationId) {
      const creation = creations.get(creationId);
      if (!creation) return Promise.resolve({ outcome: 'gone' });
      creation.results ??= settle(creation.parent, creation.codes);
      if (creation.looks-- > 0) return Promise.resolve({ outcome: 'working' });
      return Promise.resolve({ outcome: 'done', codes: creation.results });
    },
    deleteCodes: (_domain, _discountId, redeemIds) =>
      change(() => {
        for (const [code, { redeemId }] of codes) if (redeemIds.includes(redeemId)) codes.delete(code);
        return { outcome: 'done' as const };
      }),
  };
  return { shopify, parents, codes, creations };
}
