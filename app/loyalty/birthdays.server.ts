/** What comes on a birthday: once a day a shop, for whom Shopify knows one. */
import type { Stage } from '../customers/customer.ts';
import type { Db, SqlTx } from '../db.server.ts';
import { hold } from '../rewards/rewards.server.ts';
import type { RewardDraft } from '../rewards/reward.ts';
import { BIRTHDAY } from '../sequences/calendar.ts';
import type { Shop } from '../shops/shop.ts';
import { shopsByIds } from '../shops/shops.server.ts';
import { fromLocal, toLocal } from '../zones.ts';
import { daysOf, pointsCause } from './points.ts';
import { loyaltySettings } from './settings.server.ts';
import { benefitsAt } from './settings.ts';

const DUE = `
  select shop_id, told_until::text as told from loyalty_settings where day_due_at <= $1 order by day_due_at limit 4 for update skip locked`;
const NEXT = `update loyalty_settings set told_until = $2::date, day_due_at = $3 where shop_id = $1`;
const PARK = `update loyalty_settings set day_due_at = null where shop_id = $1`;

const DAY_MS = 86_400_000;
/** Local hour of the shop at which birthdays are told. */
const AT_HOUR = 8;
/** A worker that was away for longer does not make up for what was before. */
const MOST_DAYS = 7;

export function makeBirthdayLoop({ db }: { db: Db }): (now: Date) => Promise<number> {
  return (now) =>
    db.acrossShops(async (tx) => {
      const due = await tx.sql<{ shop_id: bigint; told: string }>(DUE, [now]);
      const shops = await shopsByIds(
        tx,
        due.map((row) => row.shop_id),
      );
      for (const { shop_id: shopId, told } of due) {
        const shop = shops.get(shopId);
        if (shop?.status === 'installed') await tellDays(tx, shop, told, now);
        else await tx.sql(PARK, [shopId]);
      }
      return due.length;
    });
}

const dayOf = (ms: number) => new Date(ms).toISOString().slice(0, 10);

/** The days after the last that was told, today included. */
async function tellDays(tx: SqlTx, shop: Shop, told: string, now: Date): Promise<void> {
  const local = toLocal(now, shop.timeZone);
  const today = Date.parse(dayOf(local));
  const first = Math.max(Date.parse(told) + DAY_MS, today - (MOST_DAYS - 1) * DAY_MS);
  for (let day = first; day <= today; day += DAY_MS) await tellDay(tx, shop, dayOf(day), now);
  const next = fromLocal(today + DAY_MS + AT_HOUR * 3_600_000, shop.timeZone);
  await tx.sql(NEXT, [shop.id, dayOf(Math.max(today, Date.parse(told))), next]);
}

/** Who was born on 29 February has their day on the 28th where there is none. */
const BORN = `
  select c.id, c.stage, c.shopify_id is not null as "hasAccount" from customer_date d
  join customer c on c.shop_id = d.shop_id and c.id = d.customer_id and c.erased_at is null and c.merged_into is null
  where d.shop_id = $1 and d.name = $2 and d.year_day = any($3::int[])`;

async function tellDay(tx: SqlTx, shop: Shop, day: string, now: Date): Promise<void> {
  const [year, month, date] = day.split('-').map(Number) as [number, number, number];
  const isLeap = new Date(Date.UTC(year, 1, 29)).getUTCMonth() === 1;
  const days = [month * 100 + date, ...(month === 2 && date === 28 && !isLeap ? [229] : [])];
  const people = await tx.sql<{ id: string; stage: Stage; hasAccount: boolean }>(BORN, [
    shop.id,
    BIRTHDAY,
    days,
  ]);
  const settings = await loyaltySettings(tx, shop);
  const drafts = people.flatMap(({ id, stage, hasAccount }): RewardDraft[] => {
    const of = { shopId: shop.id, customerId: id, isReady: true, paidBy: 'expense:loyalty' as const };
    const { birthday } = settings.benefits;
    const money = { amount: birthday.amount, currency: shop.currency };
    const cause = `benefit:birthday:${id}:${year}`;
    const credit: RewardDraft = hasAccount
      ? { ...of, cause, kind: 'store-credit', value: money, validDays: null }
      : { ...of, cause, kind: 'discount', value: money, validDays: 90 };
    const { points } = settings;
    const hasPoints = points.since !== null && points.birthday > 0;
    return [
      ...(benefitsAt(stage, settings).includes('birthday') ? [credit] : []),
      ...(hasPoints
        ? [
            {
              ...of,
              cause: pointsCause('birthday', `${id}:${year}`),
              kind: 'points' as const,
              value: { points: points.birthday },
              validDays: daysOf(points.validMonths, now),
            },
          ]
        : []),
    ];
  });
  await hold(tx, drafts, now);
}
