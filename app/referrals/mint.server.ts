/**
 * Codes at Shopify: one parent discount a programme, made once; codes added to it ahead, so that the thank-you page
 * can hand one out at once. Every step can be repeated: names are derived, and what is there already counts as done.
 */
import { createHmac } from 'node:crypto';
import type { Db } from '../db.server.ts';
import type { JobResult } from '../jobs/catalog.ts';
import { fromLocal } from '../zones.ts';
import {
  addWanted,
  forgetReserved,
  programIds,
  readMint,
  recordAdded,
  retireParent,
  saveMint,
  type Mint,
} from './pool.server.ts';
import { parentTitle } from './program.ts';
import type { FriendOffer } from './terms.ts';

/** The discount that carries a programme's codes, as it should be at Shopify. */
export interface ParentDiscount {
  title: string;
  code: string;
  offer: FriendOffer;
  /** Shopify's ids of the collections that a discount is for; none: everything. */
  collections: string[];
  /** Minor units of `currency`; null: anything. */
  minimum: number | null;
  currency: string;
  startsAt: Date;
  /** A switched-off programme has ended, and one whose last day is over. */
  endsAt: Date | null;
}

/** A code after Shopify has tried to add it. */
export interface AddedCode {
  code: string;
  redeemId: string | null;
  /** TAKEN and the like */
  error: string | null;
}

export type Failed =
  { outcome: 'refused'; reason: string } | { outcome: 'unavailable'; retryAfterSeconds: number };

/** What minting needs of Shopify; app/adapters/shopify/discounts.server.ts has it. */
export interface CodesAtShopify {
  createParent(
    domain: string,
    parent: ParentDiscount,
  ): Promise<{ outcome: 'created'; discountId: string } | { outcome: 'taken' } | Failed>;
  updateParent(
    domain: string,
    discountId: string,
    parent: ParentDiscount,
  ): Promise<{ outcome: 'done' } | Failed>;
  /** With all its codes; done as well when it is not there. */
  deleteParent(domain: string, discountId: string): Promise<{ outcome: 'done' } | Failed>;
  /** The discount that a code belongs to. */
  discountOf(
    domain: string,
    code: string,
  ): Promise<{ outcome: 'found'; discountId: string; title: string } | { outcome: 'none' } | Failed>;
  addCodes(
    domain: string,
    discountId: string,
    codes: string[],
  ): Promise<{ outcome: 'started'; creationId: string } | Failed>;
  added(
    domain: string,
    creationId: string,
  ): Promise<{ outcome: 'done'; codes: AddedCode[] } | { outcome: 'working' } | { outcome: 'gone' } | Failed>;
  deleteCodes(domain: string, discountId: string, redeemIds: string[]): Promise<{ outcome: 'done' } | Failed>;
}

export interface MintDeps {
  db: Db;
  codes: CodesAtShopify;
  /** Makes the parent's own code, which nobody is ever given. */
  codeKey: Uint8Array;
  now: () => Date;
  /** Milliseconds of real time between two looks at Shopify. */
  wait: (ms: number) => Promise<void>;
}

/** More at a time Shopify does not take. */
const BATCH = 250;
const LOOKS = 12;

/** The job `referrals.mint`: every programme of the shop, one after the other. */
export async function mint(deps: MintDeps, payload: { shopId: string }): Promise<JobResult> {
  const shopId = BigInt(payload.shopId);
  const ids = await deps.db.inShop(shopId, async (tx) => {
    await forgetReserved(tx, shopId, deps.now());
    return programIds(tx, shopId);
  });
  if (ids.length === 0) return { outcome: 'cancel', reason: 'no programme, or uninstalled' };
  // What one of them waits for holds up no other.
  const results: JobResult[] = [];
  for (const id of ids) results.push(await mintProgram(deps, shopId, id));
  const wait =
    results.find(({ outcome }) => outcome === 'retry') ?? results.find(({ outcome }) => outcome === 'snooze');
  return wait ?? { outcome: 'done' };
}

async function mintProgram(deps: MintDeps, shopId: bigint, programId: string): Promise<JobResult> {
  for (let round = 0; round < 40; round++) {
    const state = await deps.db.inShop(shopId, (tx) => readMint(tx, shopId, programId, deps.now()));
    if (!state) return { outcome: 'cancel', reason: 'uninstalled' };
    const step = await nextStep(deps, state);
    if (step !== 'go on') return step;
  }
  return { outcome: 'snooze', seconds: 1 };
}

async function nextStep(deps: MintDeps, mint: Mint): Promise<JobResult | 'go on'> {
  const { parentDiscountId, retiredDiscountId, creationId } = mint;
  if (retiredDiscountId !== null) return deleteRetired(deps, mint, retiredDiscountId);
  if (mint.isForeign) return { outcome: 'done' };
  if (parentDiscountId === null) return mint.status === 'on' ? makeParent(deps, mint) : { outcome: 'done' };
  if (mint.isOfOtherType) return retire(deps, mint);
  if (mint.isOutdated) return bringUpToDate(deps, mint, parentDiscountId);
  if (mint.revoked.length > 0) return deleteRevoked(deps, mint, parentDiscountId);
  if (creationId !== null) return lookAtAdded(deps, mint, creationId);
  if (mint.status === 'off') return { outcome: 'done' };
  if (mint.minting.length > 0) return addCodes(deps, mint, parentDiscountId);
  if (mint.wanted === 0) return { outcome: 'done' };
  await deps.db.inShop(mint.shopId, (tx) => addWanted(tx, mint, mint.wanted));
  return 'go on';
}

/** Midnight on the wall, `days` after the day. */
const midnight = (day: string, timeZone: string, days = 0) =>
  fromLocal(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000, timeZone);

function parentOf(deps: MintDeps, mint: Mint): ParentDiscount {
  const key = createHmac('sha256', deps.codeKey).update(`parent:${mint.programId}`).digest('hex');
  const { friend, minimum, collections, from, until } = mint.terms;
  const last = until === null ? null : midnight(until, mint.timeZone, 1);
  const off = mint.status === 'on' ? null : deps.now();
  const begins = from === null ? mint.createdAt : midnight(from, mint.timeZone);
  const ends = off && last ? new Date(Math.min(off.getTime(), last.getTime())) : (off ?? last);
  return {
    title: parentTitle(mint.programId),
    code: `EVERAFTER-${key.slice(0, 20).toUpperCase()}`,
    offer: friend,
    collections: collections.map(({ id }) => id),
    minimum,
    currency: mint.currency,
    // One that is off before its first day has begun and ended all the same: Shopify wants it so.
    startsAt: ends !== null && begins >= ends ? new Date(ends.getTime() - 1000) : begins,
    endsAt: ends,
  };
}

async function retire(deps: MintDeps, mint: Mint): Promise<'go on'> {
  await deps.db.inShop(mint.shopId, (tx) => retireParent(tx, mint));
  return 'go on';
}

async function deleteRetired(deps: MintDeps, mint: Mint, discountId: string): Promise<JobResult | 'go on'> {
  const done = await deps.codes.deleteParent(mint.domain, discountId);
  return done.outcome === 'done' ? save(deps, mint, { retired: true }) : failure(done);
}

async function makeParent(deps: MintDeps, mint: Mint): Promise<JobResult | 'go on'> {
  const parent = parentOf(deps, mint);
  const made = await deps.codes.createParent(mint.domain, parent);
  if (made.outcome === 'created')
    return save(deps, mint, { parentDiscountId: made.discountId, isCurrent: true });
  if (made.outcome !== 'taken') return failure(made);
  const found = await deps.codes.discountOf(mint.domain, parent.code);
  if (found.outcome === 'none') return { outcome: 'retry', error: 'taken, and yet not there' };
  if (found.outcome !== 'found') return failure(found);
  return save(deps, mint, { parentDiscountId: found.discountId, isCurrent: false });
}

async function bringUpToDate(deps: MintDeps, mint: Mint, discountId: string): Promise<JobResult | 'go on'> {
  const done = await deps.codes.updateParent(mint.domain, discountId, parentOf(deps, mint));
  return done.outcome === 'done' ? save(deps, mint, { isCurrent: true }) : failure(done);
}

async function deleteRevoked(deps: MintDeps, mint: Mint, discountId: string): Promise<JobResult | 'go on'> {
  const ids = mint.revoked.slice(0, BATCH);
  const done = await deps.codes.deleteCodes(mint.domain, discountId, ids);
  return done.outcome === 'done' ? save(deps, mint, { deletedRedeemIds: ids }) : failure(done);
}

async function addCodes(deps: MintDeps, mint: Mint, discountId: string): Promise<JobResult | 'go on'> {
  const started = await deps.codes.addCodes(mint.domain, discountId, mint.minting.slice(0, BATCH));
  return started.outcome === 'started'
    ? save(deps, mint, { creationId: started.creationId })
    : failure(started);
}

async function lookAtAdded(deps: MintDeps, mint: Mint, creationId: string): Promise<JobResult | 'go on'> {
  for (let look = 0; look < LOOKS; look++) {
    const added = await deps.codes.added(mint.domain, creationId);
    if (added.outcome === 'done') return record(deps, mint, added.codes);
    if (added.outcome === 'gone') return save(deps, mint, { creationId: null });
    if (added.outcome !== 'working') return failure(added);
    await deps.wait(Math.min(100 * 2 ** look, 3000));
  }
  return { outcome: 'snooze', seconds: 5 };
}

/** A code that is taken is ours when it hangs on our parent: an earlier answer was lost. */
async function record(deps: MintDeps, mint: Mint, codes: AddedCode[]): Promise<JobResult | 'go on'> {
  const settled: { code: string; redeemId: string | null; isOurs: boolean }[] = [];
  for (const { code, redeemId, error } of codes) {
    if (error === null) {
      settled.push({ code, redeemId, isOurs: true });
      continue;
    }
    const found = await deps.codes.discountOf(mint.domain, code);
    if (found.outcome === 'refused' || found.outcome === 'unavailable') return failure(found);
    const isOurs = found.outcome === 'found' && found.discountId === mint.parentDiscountId;
    settled.push({ code, redeemId: null, isOurs });
  }
  await deps.db.inShop(mint.shopId, (tx) => recordAdded(tx, mint, settled, deps.now()));
  return 'go on';
}

async function save(deps: MintDeps, mint: Mint, change: Parameters<typeof saveMint>[2]): Promise<'go on'> {
  await deps.db.inShop(mint.shopId, (tx) => saveMint(tx, mint, change));
  return 'go on';
}

function failure(failed: Failed): JobResult {
  if (failed.outcome === 'refused') return { outcome: 'retry', error: failed.reason };
  return { outcome: 'snooze', seconds: Math.max(1, Math.ceil(failed.retryAfterSeconds)) };
}
