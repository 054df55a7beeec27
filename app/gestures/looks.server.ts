/** Wishes to look at customers with whom something happened, and the loop that looks: occasion, rules, purse. */
import type { CustomerRef } from '../customers/customer.ts';
import type { Db, SqlTx } from '../db.server.ts';
import type { Shop } from '../shops/shop.ts';
import { shopsByIds } from '../shops/shops.server.ts';
import { give, lockCustomers } from './give.server.ts';
import { historiesOf, standingsOf, type KnownHistory } from './history.server.ts';
import type { Standing } from './may-give.ts';
import { momentsOf, type Moment } from './moments.ts';
import { presentIn } from './present.server.ts';
import { gestureSettings } from './settings.server.ts';
import type { GestureSettings } from './settings.ts';

/** Only in shops that go by any occasion; a wish that is there already stays as it is. */
const LOOK = `
  insert into gesture_look (shop_id, customer_id, due_at)
  select distinct t.shop_id, t.id, $3::timestamptz
  from unnest($1::bigint[], $2::uuid[]) as t(shop_id, id)
  join gesture_settings s on s.shop_id = t.shop_id and s.listening order by 1, 2
  on conflict (shop_id, customer_id) do update set due_at = least(gesture_look.due_at, excluded.due_at)`;

/** Something happened with these customers that may be an occasion. */
export async function lookAt(tx: SqlTx, customers: readonly CustomerRef[], now: Date): Promise<void> {
  if (customers.length === 0) return;
  await tx.sql(LOOK, [customers.map(({ shopId }) => shopId), customers.map(({ id }) => id), now]);
}

const CLAIM = `
  delete from gesture_look where (shop_id, customer_id) in (
    select shop_id, customer_id from gesture_look where due_at <= $1 order by due_at limit 50 for update skip locked)
  returning shop_id, customer_id`;

interface Claimed {
  shop_id: bigint;
  customer_id: string;
}

/** Looks and gives in one transaction: a worker that dies leaves the wish where it was. */
export function makeLookLoop({ db }: { db: Db }): (now: Date) => Promise<number> {
  return (now) =>
    db.acrossShops(async (tx) => {
      const claimed = await tx.sql<Claimed>(CLAIM, [now]);
      if (claimed.length === 0) return 0;
      const byShop = Map.groupBy(claimed, (row) => row.shop_id);
      const shops = await shopsByIds(tx, [...byShop.keys()]);
      for (const [shopId, rows] of [...byShop].sort(([a], [b]) => Number(a - b))) {
        const shop = shops.get(shopId);
        const ids = rows.map((row) => row.customer_id).sort();
        if (shop?.status === 'installed') await lookAtShop(tx, shop, ids, now);
      }
      return claimed.length;
    });
}

const DAY_MS = 86_400_000;
/** How long after an occasion it may still be answered: it waits so long for a problem to be solved, or an order to be sent with. */
const FRESH_DAYS = 14;
/** What is certain to come (a complaint was solved, and some days are to pass) is looked at again within so long. */
const AHEAD_DAYS = 61;

async function lookAtShop(tx: SqlTx, shop: Shop, ids: readonly string[], now: Date): Promise<void> {
  const settings = await gestureSettings(tx, shop);
  const there = await lockCustomers(tx, shop.id, ids);
  const histories = await historiesOf(tx, shop.id, there);
  const standings = await standingsOf(tx, shop.id, histories);
  const again: { customerId: string; at: Date }[] = [];
  for (const [customerId, history] of histories) {
    const at = await lookAtOne(tx, { shop, settings, history, standing: standings.get(customerId)! }, now);
    if (at) again.push({ customerId, at });
  }
  await lookAgain(tx, shop.id, again);
}

interface Looked {
  shop: Shop;
  settings: GestureSettings;
  history: KnownHistory;
  standing: Standing;
}

/** Gives what is due. @returns when to look again, null: when something happens */
async function lookAtOne(tx: SqlTx, looked: Looked, now: Date): Promise<Date | null> {
  const { shop, settings, history, standing } = looked;
  const [due, coming] = dueOf(history, settings, now);
  let again = coming;
  for (const moment of due) {
    if (settings.currency !== shop.currency) break;
    const giving = {
      origin: moment.occasion.kind,
      subject: moment.subject,
      present: moment.occasion.present,
      currency: settings.currency,
      why: moment.why,
      by: 'rule',
      aboutProblem: false,
    };
    const given = await give(tx, shop, { standing, giving, rules: settings }, now);
    if (given.outcome === 'given') {
      await presentIn(tx, { shopId: shop.id, id: given.id, customerId: standing.customerId, giving }, now);
      return again;
    }
    // Left out is as good as given: whoever would have had this one would not have had another.
    if (given.why.code === 'left-out') return again;
    if (given.why.code === 'open-problem' || given.why.code === 'no-open-order') {
      const tomorrow = new Date(now.getTime() + DAY_MS);
      if (!again || again > tomorrow) again = tomorrow;
    }
  }
  return again;
}

/** What came about lately and while its occasion was on; and when the next comes about that is certain already. */
function dueOf(history: KnownHistory, { occasions }: GestureSettings, now: Date): [Moment[], Date | null] {
  const from = new Date(now.getTime() - FRESH_DAYS * DAY_MS);
  const to = new Date(now.getTime() + AHEAD_DAYS * DAY_MS);
  const on = occasions.filter(({ since }) => since !== null);
  const moments = momentsOf(history, on, from, to).filter(
    ({ at, occasion }) => at >= new Date(occasion.since!),
  );
  const coming = moments.find(({ at, occasion }) => at > now && occasion.kind === 'healed');
  return [moments.filter(({ at }) => at <= now), coming?.at ?? null];
}

const AGAIN = `
  insert into gesture_look (shop_id, customer_id, due_at)
  select $1, customer_id, due_at from unnest($2::uuid[], $3::timestamptz[]) as t(customer_id, due_at) order by 2
  on conflict (shop_id, customer_id) do update set due_at = least(gesture_look.due_at, excluded.due_at)`;

async function lookAgain(
  tx: SqlTx,
  shopId: bigint,
  wishes: readonly { customerId: string; at: Date }[],
): Promise<void> {
  if (wishes.length === 0) return;
  await tx.sql(AGAIN, [shopId, wishes.map(({ customerId }) => customerId), wishes.map(({ at }) => at)]);
}
