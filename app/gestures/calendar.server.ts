/** Occasions that only time brings (anniversaries, long silence): looked for once a day, set-based, shop by shop. */
import type { Db, SqlTx } from '../db.server.ts';
import type { Shop } from '../shops/shop.ts';
import { shopsByIds } from '../shops/shops.server.ts';
import { gestureSettings } from './settings.server.ts';

const CLAIM = `
  select shop_id, told_until from gesture_settings where due_at <= $1 order by due_at limit 4 for update skip locked`;

const NEXT = `update gesture_settings set told_until = $2, due_at = $3 where shop_id = $1`;
const PARK = `update gesture_settings set due_at = null where shop_id = $1`;

const DAY_MS = 86_400_000;

/**
 * Who has known the shop for whole years since the last look, or has been silent for so long. Both are found by the
 * orders of a time: one range of the index a year.
 */
const ANNIVERSARIES = `
  insert into gesture_look (shop_id, customer_id, due_at)
  select c.shop_id, c.id, $3::timestamptz from generate_series($4::int, 50) as year
  join customer c on c.shop_id = $1 and c.erased_at is null and c.merged_into is null
    and c.first_order_at > $2::timestamptz - make_interval(years => year)
    and c.first_order_at <= $3::timestamptz - make_interval(years => year)
  order by 2 on conflict (shop_id, customer_id) do update set due_at = least(gesture_look.due_at, excluded.due_at)`;

const SILENCES = `
  insert into gesture_look (shop_id, customer_id, due_at)
  select c.shop_id, c.id, $3::timestamptz from customer c
  where c.shop_id = $1 and c.erased_at is null and c.merged_into is null and c.first_order_at is not null
    and greatest(c.last_order_at, c.last_heard_at) > $2::timestamptz - make_interval(days => $4::int)
    and greatest(c.last_order_at, c.last_heard_at) <= $3::timestamptz - make_interval(days => $4::int)
  order by 2 on conflict (shop_id, customer_id) do update set due_at = least(gesture_look.due_at, excluded.due_at)`;

interface Due {
  shop_id: bigint;
  told_until: Date;
}

export function makeGestureCalendar({ db }: { db: Db }): (now: Date) => Promise<number> {
  return (now) =>
    db.acrossShops(async (tx) => {
      const due = await tx.sql<Due>(CLAIM, [now]);
      const shops = await shopsByIds(
        tx,
        due.map((row) => row.shop_id),
      );
      for (const row of due) {
        const shop = shops.get(row.shop_id);
        if (shop?.status === 'installed') await tell(tx, shop, row.told_until, now);
        else await tx.sql(PARK, [row.shop_id]);
      }
      return due.length;
    });
}

/** A clock that was put back has told already what comes again. */
async function tell(tx: SqlTx, shop: Shop, toldUntil: Date, now: Date): Promise<void> {
  const until = toldUntil > now ? toldUntil : now;
  const { occasions } = await gestureSettings(tx, shop);
  const numberOf = (kind: string) => occasions.find((one) => one.kind === kind && one.since !== null)?.number;
  const [years, days] = [numberOf('anniversary'), numberOf('silence')];
  if (years !== undefined) await tx.sql(ANNIVERSARIES, [shop.id, toldUntil, until, years]);
  if (days !== undefined) await tx.sql(SILENCES, [shop.id, toldUntil, until, days]);
  await tx.sql(NEXT, [shop.id, until, new Date(now.getTime() + DAY_MS)]);
}
