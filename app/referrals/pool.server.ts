/** The pool of codes and where minting stands, as rows. */
import type { SqlTx } from '../db.server.ts';
import { announceCode, newCode } from './issue.server.ts';
import { DEFAULT_PROGRAM, termsSchema, type Terms } from './program.ts';

/** Where minting stands for a shop. */
export interface Mint {
  shopId: bigint;
  domain: string;
  currency: string;
  programId: string;
  status: 'on' | 'off';
  terms: Terms;
  createdAt: Date;
  parentDiscountId: string | null;
  /** The discount at Shopify says something else than the programme. */
  isOutdated: boolean;
  creationId: string | null;
  /** Codes that Shopify does not know yet. */
  minting: string[];
  free: number;
  /** Redeem ids of codes that shall be taken away. */
  revoked: string[];
}

interface MintRow {
  domain: string;
  currency: string;
  id: string;
  status: string;
  terms: unknown;
  created_at: Date;
  parent_discount_id: string | null;
  is_outdated: boolean;
  mint_creation_id: string | null;
  minting: string[];
  free: number;
  revoked: string[];
}

const AT_SHOPIFY = `jsonb_build_object('friend', p.terms->'friend', 'minimum', p.terms->'minimum', 'status', p.status)`;

const READ = `
  select shop.domain, shop.currency, p.id, p.status, p.terms, p.created_at, p.parent_discount_id,
    p.at_shopify is distinct from ${AT_SHOPIFY} as is_outdated, p.mint_creation_id,
    array(select code from referral_code r where r.shop_id = p.shop_id and r.program_id = p.id and r.state = 'minting'
      order by (customer_id is null), code limit 250) as minting,
    (select count(*)::int from referral_code r
      where r.shop_id = p.shop_id and r.program_id = p.id and r.state = 'free') as free,
    array(select redeem_id from referral_code r where r.shop_id = p.shop_id and r.program_id = p.id and r.state = 'revoked'
      and redeem_id is not null limit 250) as revoked
  from program p join shop on shop.id = p.shop_id
  where p.shop_id = $1 and p.key = '${DEFAULT_PROGRAM}' and shop.status = 'installed'`;

export async function readMint(tx: SqlTx, shopId: bigint): Promise<Mint | null> {
  const [row] = await tx.sql<MintRow>(READ, [shopId]);
  if (!row) return null;
  return {
    shopId,
    domain: row.domain,
    currency: row.currency,
    programId: row.id,
    status: row.status === 'on' ? 'on' : 'off',
    terms: termsSchema.parse(row.terms),
    createdAt: row.created_at,
    parentDiscountId: row.parent_discount_id,
    isOutdated: row.is_outdated,
    creationId: row.mint_creation_id,
    minting: row.minting,
    free: row.free,
    revoked: row.revoked,
  };
}

const SAVE_PARENT = `update program set parent_discount_id = $3 where shop_id = $1 and id = $2`;
const SAVE_CURRENT = `update program p set at_shopify = ${AT_SHOPIFY} where shop_id = $1 and id = $2`;
const SAVE_CREATION = `update program set mint_creation_id = $3 where shop_id = $1 and id = $2`;
const FORGET_REDEEM = `update referral_code set redeem_id = null where shop_id = $1 and redeem_id = any($2::text[])`;

export async function saveMint(
  tx: SqlTx,
  { shopId, programId }: Mint,
  change: {
    parentDiscountId?: string;
    isCurrent?: boolean;
    creationId?: string | null;
    deletedRedeemIds?: string[];
  },
): Promise<void> {
  if (change.parentDiscountId) await tx.sql(SAVE_PARENT, [shopId, programId, change.parentDiscountId]);
  if (change.isCurrent) await tx.sql(SAVE_CURRENT, [shopId, programId]);
  if (change.creationId !== undefined) await tx.sql(SAVE_CREATION, [shopId, programId, change.creationId]);
  if (change.deletedRedeemIds) await tx.sql(FORGET_REDEEM, [shopId, change.deletedRedeemIds]);
}

const ADD = `
  insert into referral_code (shop_id, code, program_id, state)
  select $1, code, $2, 'minting' from unnest($3::text[]) as code on conflict do nothing`;

/** Codes that shall exist; Shopify hears of them in the next step. */
export async function addWanted(tx: SqlTx, { shopId, programId }: Mint, count: number): Promise<void> {
  await tx.sql(ADD, [shopId, programId, Array.from({ length: count }, newCode)]);
}

const CONFIRM = `
  with added as (
    select r.code, t.redeem_id, r.issued_at is null as is_new
    from referral_code r join unnest($2::text[], $3::text[]) as t(code, redeem_id) on t.code = r.code
    where r.shop_id = $1 and r.state = 'minting' for update of r)
  update referral_code r set redeem_id = coalesce(added.redeem_id, r.redeem_id), minted_at = $4,
    state = case when r.customer_id is null then 'free' else 'issued' end,
    issued_at = case when r.customer_id is null then null else coalesce(r.issued_at, $4::timestamptz) end
  from added where r.shop_id = $1 and r.code = added.code
  returning r.code, r.customer_id, added.is_new`;

/** Somebody else's code by chance: another one takes its place, for the same customer if it was promised. */
const REPLACE = `
  update referral_code set code = $3 where shop_id = $1 and code = $2 and state = 'minting'`;
const FINISH = `update program set mint_creation_id = null where shop_id = $1 and id = $2`;

/** What became of the codes that were added. */
export async function recordAdded(
  tx: SqlTx,
  { shopId, programId }: Mint,
  codes: readonly { code: string; redeemId: string | null; isOurs: boolean }[],
  now: Date,
): Promise<void> {
  const ours = codes.filter(({ isOurs }) => isOurs);
  const values = [shopId, ours.map(({ code }) => code), ours.map(({ redeemId }) => redeemId), now];
  const confirmed = await tx.sql<{ code: string; customer_id: string | null; is_new: boolean }>(
    CONFIRM,
    values,
  );
  for (const { code, isOurs } of codes) if (!isOurs) await tx.sql(REPLACE, [shopId, code, newCode()]);
  await tx.sql(FINISH, [shopId, programId]);
  for (const { code, customer_id: customerId, is_new: isNew } of confirmed) {
    if (customerId !== null && isNew) await announceCode(tx, { shopId, customerId, code, late: true }, now);
  }
}
