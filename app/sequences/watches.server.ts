/** Which shops are watched for what nobody tells: a row while a sequence that is switched on goes by it. */
import type { ShopTx, SqlTx } from '../db.server.ts';
import { listeningIn } from './heard.server.ts';
import { audiencesOf, calendarWishes, type Audience } from './wishes.ts';

const WATCH_CALENDAR = `
  insert into calendar_watch (shop_id, told_until, due_at) values ($1, $2, $2) on conflict (shop_id) do nothing`;
const LEAVE_CALENDAR = `delete from calendar_watch where shop_id = $1`;
/** A sequence that is new to the calendar is looked after at once, not when the others are. */
const SOON = `update calendar_watch set due_at = least(due_at, $2) where shop_id = $1`;

const WATCH_AUDIENCES = `
  insert into audience_watch (shop_id, kind, ref, due_at)
  select $1::bigint, kind, ref, $4::timestamptz from unnest($2::text[], $3::text[]) as t(kind, ref)
  on conflict (shop_id, kind, ref) do nothing`;
const LEAVE_AUDIENCES = `
  delete from audience_watch w where w.shop_id = $1 and not exists (
    select 1 from unnest($2::text[], $3::text[]) as t(kind, ref) where t.kind = w.kind and t.ref = w.ref)`;
/** What is not kept up is not kept. */
const FORGET = [
  `delete from segment_member m where m.shop_id = $1 and not exists (select 1 from audience_watch w
     where w.shop_id = m.shop_id and w.kind = 'segment' and w.ref = m.segment_id::text)`,
  `delete from customer_date d where d.shop_id = $1 and not exists (select 1 from audience_watch w
     where w.shop_id = d.shop_id and w.kind = 'date' and w.ref = d.name)`,
  `delete from product_date d where d.shop_id = $1 and not exists (select 1 from audience_watch w
     where w.shop_id = d.shop_id and w.kind = 'product-date' and w.ref = d.name)`,
];

const WISHES = `select distinct kind, ref from audience_wish where shop_id = $1`;
const WISH = `
  insert into audience_wish (shop_id, by, kind, ref) select $1, $2, kind, ref from unnest($3::text[], $4::text[]) as t(kind, ref)`;

/** Brings what is watched to what the sequences of the shop want; from `now` on, never what was before. */
export async function keepWatch(tx: ShopTx, now: Date): Promise<void> {
  const plans = (await listeningIn(tx, [tx.shopId])).map(({ plan }) => plan);
  if (calendarWishes(plans).length === 0) await tx.sql(LEAVE_CALENDAR, [tx.shopId]);
  else {
    await tx.sql(WATCH_CALENDAR, [tx.shopId, now]);
    await tx.sql(SOON, [tx.shopId, now]);
  }
  const audiences = [...audiencesOf(plans), ...(await tx.sql<Audience>(WISHES, [tx.shopId]))];
  const [kinds, refs] = [audiences.map(({ kind }) => kind), audiences.map(({ ref }) => ref)];
  await tx.sql(WATCH_AUDIENCES, [tx.shopId, kinds, refs, now]);
  await tx.sql(LEAVE_AUDIENCES, [tx.shopId, kinds, refs]);
  for (const text of FORGET) await tx.sql(text, [tx.shopId]);
}

/** What other modules want to be asked for; follow with `keepWatch`. @param by whose wishes these are, all of them */
export async function wishForAudiences(
  tx: ShopTx,
  by: string,
  audiences: readonly Audience[],
): Promise<void> {
  await tx.sql('delete from audience_wish where shop_id = $1 and by = $2', [tx.shopId, by]);
  await tx.sql(WISH, [tx.shopId, by, audiences.map(({ kind }) => kind), audiences.map(({ ref }) => ref)]);
}

/** The app was removed: nothing of the shop is watched any more. */
export async function stopWatching(tx: SqlTx, { id }: { id: bigint }): Promise<void> {
  await tx.sql(LEAVE_CALENDAR, [id]);
  await tx.sql('delete from audience_watch where shop_id = $1', [id]);
}
