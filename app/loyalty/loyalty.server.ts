/** The door of loyalty: benefits that come with a stage, and points where a shop wants them. See README.md. */
import { hurry, tagByHand } from '../conversations/conversations.server.ts';
import type { SqlTx } from '../db.server.ts';
import { pointsEnding, pointsOf } from '../rewards/rewards.server.ts';
import type { Shop } from '../shops/shop.ts';
import { shopsByIds } from '../shops/shops.server.ts';
import { FIRST_IN_LINE, loyaltySettings } from './settings.server.ts';
import { canRedeemIn, type BenefitKind } from './settings.ts';
import { loyaltyView, type LoyaltyView } from './view.ts';

export { bringBenefits } from './benefits.server.ts';
export { makeBirthdayLoop } from './birthdays.server.ts';
export {
  earnForOrders,
  earnPoints,
  loseEarned,
  redeemPoints,
  type Earned,
  type Redeemed,
} from './earn.server.ts';
export { lessenEarned } from './lessen.server.ts';
export { makeBenefitTags, makeLoyaltyRun, makePointsEnd } from './loops.server.ts';
export { loyaltySettings, saveLoyalty } from './settings.server.ts';

const HELD = `select kind from benefit where shop_id = $1 and customer_id = $2 and state = 'has' order by since, kind`;

const heldBy = async (tx: SqlTx, shopId: bigint, customerId: string): Promise<BenefitKind[]> =>
  (await tx.sql<{ kind: BenefitKind }>(HELD, [shopId, customerId])).map(({ kind }) => kind);

/** What a customer has, in their language; null: nothing, and no points either. */
export async function loyaltyOf(
  tx: SqlTx,
  shop: Pick<Shop, 'id' | 'currency'>,
  { customerId, locale }: { customerId: string; locale: string },
  now: Date,
): Promise<LoyaltyView | null> {
  const settings = await loyaltySettings(tx, shop);
  const held = await heldBy(tx, shop.id, customerId);
  const hasPoints = settings.points.since !== null;
  const balance = hasPoints ? await pointsOf(tx, shop.id, customerId, now) : null;
  const view = loyaltyView(held, balance, settings, { locale, currency: shop.currency });
  return view.benefits.length === 0 && !view.points ? null : view;
}

/** Of their points, what runs out before a moment, where the shop has points and they are worth something. For mails. */
export async function pointsRunningOut(
  tx: SqlTx,
  wanted: readonly { shopId: bigint; customerId: string; until: Date }[],
  now: Date,
): ReturnType<typeof pointsEnding> {
  const shops = await shopsByIds(
    tx,
    wanted.map(({ shopId }) => shopId),
  );
  const on = new Set<bigint>();
  for (const shop of shops.values())
    if (canRedeemIn(await loyaltySettings(tx, shop), shop.currency)) on.add(shop.id);
  return pointsEnding(
    tx,
    wanted.filter(({ shopId }) => on.has(shopId)),
    now,
  );
}

const FIRST = `
  select t.shop_id as "shopId", t.id, c.stage from unnest($1::bigint[], $2::uuid[], $3::uuid[]) as t(shop_id, id, customer_id)
  join benefit b on b.shop_id = t.shop_id and b.customer_id = t.customer_id and b.kind = 'inbox' and b.state = 'has'
  join customer c on c.shop_id = t.shop_id and c.id = t.customer_id order by 1, 2`;

/** What somebody who is first in line has said is tagged so, and has less time to be answered in. */
export async function putFirst(
  tx: SqlTx,
  opened: readonly { shopId: bigint; conversationId: string; customerId: string }[],
  now: Date,
): Promise<void> {
  const rows = await tx.sql<{ shopId: bigint; id: string; stage: string }>(FIRST, [
    opened.map(({ shopId }) => shopId),
    opened.map(({ conversationId }) => conversationId),
    opened.map(({ customerId }) => customerId),
  ]);
  const shops = await shopsByIds(
    tx,
    rows.map(({ shopId }) => shopId),
  );
  for (const { shopId, id, stage } of rows) {
    await tagByHand(tx, { shopId, ids: [id], tags: [FIRST_IN_LINE], by: 'loyalty' }, now);
    const { pace } = (await loyaltySettings(tx, shops.get(shopId)!)).benefits.inbox;
    await hurry(tx, [{ shopId, id, pace, stage }], now);
  }
}

const KEEP_ONE = `
  delete from benefit b using unnest($1::bigint[], $2::uuid[], $3::uuid[]) as t(shop_id, from_id, into_id)
  where b.shop_id = t.shop_id and b.customer_id = t.from_id
    and exists (select 1 from benefit o where o.shop_id = b.shop_id and o.customer_id = t.into_id and o.kind = b.kind)`;
const MERGE = `
  update benefit b set customer_id = t.into_id, due_at = case when b.kind = 'tag' then $4::timestamptz else b.due_at end
  from unnest($1::bigint[], $2::uuid[], $3::uuid[]) as t(shop_id, from_id, into_id)
  where b.shop_id = t.shop_id and b.customer_id = t.from_id`;

/** Follows a merge; whoever is left is brought in line by their stage. On `customer.merged`. */
export async function mergeCustomers(
  tx: SqlTx,
  merges: readonly { shopId: bigint; from: string; into: string }[],
  now: Date,
): Promise<void> {
  const values = [merges.map((m) => m.shopId), merges.map((m) => m.from), merges.map((m) => m.into)];
  await tx.sql(KEEP_ONE, values);
  await tx.sql(MERGE, [...values, now]);
}

/** Nothing of an erased customer waits. For erasures. */
export async function stopPerson(tx: SqlTx, shopId: bigint, customerIds: readonly string[]): Promise<void> {
  await tx.sql('delete from benefit where shop_id = $1 and customer_id = any($2::uuid[])', [
    shopId,
    customerIds,
  ]);
}

/** Nothing of an uninstalled shop waits for its moment any more. For `uninstallShop`. */
export async function stopWork(tx: SqlTx, { id }: { id: bigint }): Promise<void> {
  await tx.sql('update loyalty_settings set due_at = null, day_due_at = null where shop_id = $1', [id]);
  await tx.sql(
    'update benefit set due_at = null, lease_until = null where shop_id = $1 and due_at is not null',
    [id],
  );
}
