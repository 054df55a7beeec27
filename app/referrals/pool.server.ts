/** The pool of codes and where minting stands, as rows. */
import type { SqlTx } from '../db.server.ts';
import { NAMELESS } from './codes.ts';
import { announceCode, newCode } from './issue.server.ts';
import { todayOf } from './programs.server.ts';
import { standingOf } from './audience.ts';
import { termsSchema, type Terms } from './terms.ts';

/** So many are free at least when codes have been made. */
const POOL_FULL = 500;
/** As long as this the pool lasts at the rate of the last minute. */
const AHEAD_MINUTES = 3;
const POOL_MOST = 20_000;

/** How many free codes there should be, by how many were given in the last minute. */
const poolFor = (lastMinute: number) => Math.min(Math.max(POOL_FULL, lastMinute * AHEAD_MINUTES), POOL_MOST);
/** It is filled again when a fifth is gone, so that a single code is not worth a call. */
const isLow = (free: number, full: number) => free < full * 0.8;

/** Where minting stands for a programme. */
export interface Mint {
  shopId: bigint;
  domain: string;
  currency: string;
  timeZone: string;
  programId: string;
  number: number;
  status: 'on' | 'off';
  terms: Terms;
  /** Its sums are in a currency that the shop does not sell in any more: nothing is changed at Shopify until they are written anew. */
  isForeign: boolean;
  createdAt: Date;
  parentDiscountId: string | null;
  /** The discount at Shopify is of another type than the offer: it goes, and another one carries the codes. */
  retiredDiscountId: string | null;
  isOfOtherType: boolean;
  /** The discount at Shopify says something else than the programme. */
  isOutdated: boolean;
  creationId: string | null;
  /** Codes that Shopify does not know yet. */
  minting: string[];
  /** How many more there should be in the pool. */
  wanted: number;
  /** Redeem ids of codes that shall be taken away. */
  revoked: string[];
}

interface MintRow {
  domain: string;
  currency: string;
  time_zone: string;
  id: string;
  number: number;
  status: string;
  terms: unknown;
  created_at: Date;
  parent_discount_id: string | null;
  retired_discount_id: string | null;
  is_of_other_type: boolean;
  is_outdated: boolean;
  mint_creation_id: string | null;
  minting: string[];
  free: number;
  last_minute: number;
  revoked: string[];
}

/** What cannot be changed in a discount once it is made: its type, and what it is taken off. */
const TYPE = `case p.terms->'friend'->>'kind' when 'free-shipping' then 'shipping'
  when 'gift' then 'gift ' || (p.terms->'friend'->'value'->>'productId')
  else concat_ws(' ', 'basic', nullif(coalesce(p.terms->'collections', '[]')::text, '[]')) end`;
const AT_SHOPIFY = `jsonb_strip_nulls(jsonb_build_object('friend', p.terms->'friend', 'minimum', p.terms->'minimum', 'status', p.status,
  'collections', p.terms->'collections', 'from', p.terms->'from', 'until', p.terms->'until', 'is', ${TYPE}))`;

const READ = `
  select shop.domain, shop.currency, shop.time_zone, p.id, p.number, p.status, p.terms, p.created_at, p.parent_discount_id,
    p.retired_discount_id, p.at_shopify is not null and coalesce(p.at_shopify->>'is', 'basic') <> ${TYPE} as is_of_other_type,
    p.at_shopify is distinct from ${AT_SHOPIFY} as is_outdated, p.mint_creation_id,
    array(select code from referral_code r where r.shop_id = p.shop_id and r.program_id = p.id
      and r.state in ('minting', 'reserving') order by (state = 'reserving'), (customer_id is null), code limit 250) as minting,
    (select count(*)::int from referral_code r
      where r.shop_id = p.shop_id and r.program_id = p.id and r.state = 'free') as free,
    (select count(*)::int from referral_code r where r.shop_id = p.shop_id and r.program_id = p.id
      and r.issued_at > $3::timestamptz - interval '1 minute') as last_minute,
    array(select redeem_id from referral_code r where r.shop_id = p.shop_id and r.program_id = p.id and r.state = 'revoked'
      and redeem_id is not null limit 250) as revoked
  from program p join shop on shop.id = p.shop_id
  where p.shop_id = $1 and p.id = $2 and shop.status = 'installed'`;

const PROGRAMS = `
  select p.id from program p join shop on shop.id = p.shop_id
  where p.shop_id = $1 and shop.status = 'installed' order by p.position, p.id`;

/** The programmes of a shop that has the app. */
export const programIds = async (tx: SqlTx, shopId: bigint): Promise<string[]> =>
  (await tx.sql<{ id: string }>(PROGRAMS, [shopId])).map(({ id }) => id);

/** Made for somebody who was never asked: it is no use to anybody else. */
const FORGET_RESERVED = `
  update referral_code set state = 'revoked', customer_id = null
  where (shop_id, code) in (select shop_id, code from referral_code
    where shop_id = $1 and state = 'reserved' and minted_at < $2::timestamptz - interval '90 days' limit 1000)`;

export const forgetReserved = (tx: SqlTx, shopId: bigint, now: Date) =>
  tx.sql(FORGET_RESERVED, [shopId, now]);

export async function readMint(
  tx: SqlTx,
  shopId: bigint,
  programId: string,
  now: Date,
): Promise<Mint | null> {
  const [row] = await tx.sql<MintRow>(READ, [shopId, programId, now]);
  if (!row) return null;
  const terms = termsSchema.parse(row.terms);
  const status = row.status === 'on' ? 'on' : 'off';
  const today = todayOf({ currency: row.currency, timeZone: row.time_zone }, now);
  const full = poolFor(row.last_minute);
  return {
    shopId,
    domain: row.domain,
    currency: row.currency,
    timeZone: row.time_zone,
    programId: row.id,
    number: row.number,
    status,
    terms,
    isForeign: standingOf({ status, terms }, today) === 'currency',
    createdAt: row.created_at,
    parentDiscountId: row.parent_discount_id,
    retiredDiscountId: row.retired_discount_id,
    isOfOtherType: row.parent_discount_id !== null && row.is_of_other_type,
    isOutdated: row.is_outdated,
    creationId: row.mint_creation_id,
    minting: row.minting,
    wanted: isLow(row.free, full) ? full - row.free : 0,
    revoked: row.revoked,
  };
}

const SAVE_PARENT = `update program set parent_discount_id = $3 where shop_id = $1 and id = $2`;
const SAVE_CURRENT = `update program p set at_shopify = ${AT_SHOPIFY} where shop_id = $1 and id = $2`;
const SAVE_CREATION = `update program set mint_creation_id = $3 where shop_id = $1 and id = $2`;
const RETIRE = `
  update program set retired_discount_id = parent_discount_id, parent_discount_id = null, mint_creation_id = null, at_shopify = null
  where shop_id = $1 and id = $2`;
const AGAIN = `
  update referral_code set redeem_id = null, minted_at = null,
    state = case when state = 'reserved' then 'reserving' else 'minting' end
  where shop_id = $1 and program_id = $2 and state in ('free', 'issued', 'reserved')`;
const RETIRED = `update program set retired_discount_id = null where shop_id = $1 and id = $2`;

/** The discount is to go; every code is made again under the next one, the same as before. */
export async function retireParent(tx: SqlTx, { shopId, programId }: Mint): Promise<void> {
  await tx.sql(RETIRE, [shopId, programId]);
  await tx.sql(AGAIN, [shopId, programId]);
}

const FORGET_REDEEM = `update referral_code set redeem_id = null where shop_id = $1 and redeem_id = any($2::text[])`;

export async function saveMint(
  tx: SqlTx,
  { shopId, programId }: Mint,
  change: {
    parentDiscountId?: string;
    isCurrent?: boolean;
    creationId?: string | null;
    deletedRedeemIds?: string[];
    retired?: true;
  },
): Promise<void> {
  if (change.retired) await tx.sql(RETIRED, [shopId, programId]);
  if (change.parentDiscountId) await tx.sql(SAVE_PARENT, [shopId, programId, change.parentDiscountId]);
  if (change.isCurrent) await tx.sql(SAVE_CURRENT, [shopId, programId]);
  if (change.creationId !== undefined) await tx.sql(SAVE_CREATION, [shopId, programId, change.creationId]);
  if (change.deletedRedeemIds) await tx.sql(FORGET_REDEEM, [shopId, change.deletedRedeemIds]);
}

const ADD = `
  insert into referral_code (shop_id, code, program_id, state)
  select $1, code, $2, 'minting' from unnest($3::text[]) as code on conflict do nothing`;

/** Codes that shall exist; Shopify hears of them in the next step. */
export async function addWanted(
  tx: SqlTx,
  { shopId, programId, number }: Mint,
  count: number,
): Promise<void> {
  const codes = Array.from({ length: count }, () => newCode({ program: number }));
  await tx.sql(ADD, [shopId, programId, codes]);
}

/** What was given up while Shopify made it is taken away there in the next step. */
const CONFIRM = `
  with added as (
    select r.code, t.redeem_id, r.issued_at is null as is_new, r.state as was
    from referral_code r join unnest($2::text[], $3::text[]) as t(code, redeem_id) on t.code = r.code
    where r.shop_id = $1 and r.state in ('minting', 'reserving', 'revoked') for update of r)
  update referral_code r set redeem_id = coalesce(added.redeem_id, r.redeem_id), minted_at = $4,
    state = case when added.was = 'revoked' then 'revoked' when added.was = 'reserving' then 'reserved'
      when r.customer_id is null then 'free' else 'issued' end,
    issued_at = case when added.was <> 'minting' or r.customer_id is null then r.issued_at else coalesce(r.issued_at, $4::timestamptz) end
  from added where r.shop_id = $1 and r.code = added.code
  returning r.code, r.customer_id, added.is_new and added.was = 'minting' as is_new`;

/** Somebody else's code by chance: another one takes its place, for the same customer if it was promised. */
const REPLACE = `
  update referral_code set code = $3 where shop_id = $1 and code = $2 and state in ('minting', 'reserving')`;
const FINISH = `update program set mint_creation_id = null where shop_id = $1 and id = $2`;

/** What became of the codes that were added. */
export async function recordAdded(
  tx: SqlTx,
  { shopId, programId, number }: Mint,
  codes: readonly { code: string; redeemId: string | null; isOurs: boolean }[],
  now: Date,
): Promise<void> {
  const ours = codes.filter(({ isOurs }) => isOurs);
  const values = [shopId, ours.map(({ code }) => code), ours.map(({ redeemId }) => redeemId), now];
  const confirmed = await tx.sql<{ code: string; customer_id: string | null; is_new: boolean }>(
    CONFIRM,
    values,
  );
  for (const { code, isOurs } of codes)
    if (!isOurs) await tx.sql(REPLACE, [shopId, code, anotherFor(code, number)]);
  await tx.sql(FINISH, [shopId, programId]);
  for (const { code, customer_id: customerId, is_new: isNew } of confirmed) {
    if (customerId !== null && isNew) await announceCode(tx, { shopId, customerId, code, late: true }, now);
  }
}

/** With the same name in front. */
const anotherFor = (code: string, number: number): string =>
  newCode({ program: number, name: /^[A-Z]{2,12}(?=-)/.exec(code)?.[0] ?? NAMELESS });
