/** Names of the staff, so that nobody has to know people by Shopify's numbers. */
import type { ShopTx } from '../db.server.ts';

const KNOWN = `select name from staff_member where shop_id = $1 and user_id = $2 and at > $3`;

/** Names change seldom, and asking costs Shopify a token. */
const GOOD_FOR_MS = 30 * 86_400_000;

/** Whether the name of this member of the staff has been told of late. */
export async function isStaffKnown(tx: ShopTx, userId: bigint, now: Date): Promise<boolean> {
  const since = new Date(now.getTime() - GOOD_FOR_MS);
  return (await tx.sql(KNOWN, [tx.shopId, userId, since])).length > 0;
}

const NAME = `
  insert into staff_member (shop_id, user_id, name, at) values ($1, $2, $3, $4)
  on conflict (shop_id, user_id) do update set name = excluded.name, at = excluded.at`;

/** Keeps how a member of the staff is called. */
export async function nameStaff(
  tx: ShopTx,
  { userId, name }: { userId: bigint; name: string },
  now: Date,
): Promise<void> {
  await tx.sql(NAME, [tx.shopId, userId, name.slice(0, 200), now]);
}

const BY_ID = `select user_id::text as "userId", name from staff_member where shop_id = $1 order by at desc limit 500`;

/** Names of those who have worked in the app, by Shopify's number. */
export const staffById = (tx: ShopTx): Promise<{ userId: string; name: string }[]> =>
  tx.sql<{ userId: string; name: string }>(BY_ID, [tx.shopId]);

const NAMES = 'select name from staff_member where shop_id = $1 order by at desc, user_id limit 50';

/** Of those who have worked in the app, whoever was here last first. */
export async function staffNamesOf(tx: ShopTx): Promise<string[]> {
  const rows = await tx.sql<{ name: string }>(NAMES, [tx.shopId]);
  return [...new Set(rows.map(({ name }) => name))];
}
