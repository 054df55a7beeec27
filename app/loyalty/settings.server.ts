/** Reading and keeping what a merchant sets of loyalty. */
import { saveTag } from '../conversations/conversations.server.ts';
import type { ShopTx, SqlTx } from '../db.server.ts';
import { minorDigits } from '../shops/money.ts';
import type { Shop } from '../shops/shop.ts';
import { keepWatch, wishForAudiences } from '../sequences/sequences.server.ts';
import { BIRTHDAY } from '../sequences/calendar.ts';
import { secondOf, toLocal } from '../zones.ts';
import { firstLoyalty, inForce, needsBirthdays, parseLoyalty, type LoyaltySettings } from './settings.ts';

/** The tag of the inbox that comes with a stage. */
export const FIRST_IN_LINE = 'first-in-line';

const READ = `select content from loyalty_settings where shop_id = $1`;

/** What is set; until anything is, everything is off. */
export async function loyaltySettings(
  tx: SqlTx,
  shop: Pick<Shop, 'id' | 'currency'>,
): Promise<LoyaltySettings> {
  const [row] = await tx.sql<{ content: unknown }>(READ, [shop.id]);
  const parsed = row ? parseLoyalty(row.content) : null;
  if (parsed && 'settings' in parsed) return inForce(parsed.settings, shop.currency);
  return firstLoyalty(10 ** minorDigits(shop.currency));
}

const SAVE = `
  insert into loyalty_settings (shop_id, content, cursor, due_at, told_until, day_due_at, updated_at)
  values ($1, $2::jsonb, null, $3, $4::date, case when $5 then $3::timestamptz end, $3)
  on conflict (shop_id) do update set content = excluded.content, cursor = null, due_at = excluded.due_at, updated_at = excluded.updated_at,
    told_until = case when loyalty_settings.day_due_at is null then excluded.told_until else loyalty_settings.told_until end,
    day_due_at = case when $5 then coalesce(loyalty_settings.day_due_at, excluded.day_due_at) end`;

/** Keeps them, and brings everybody in line behind it. Points count from when they were switched on. */
export async function saveLoyalty(tx: ShopTx, shop: Shop, wanted: LoyaltySettings, now: Date): Promise<void> {
  const before = await loyaltySettings(tx, shop);
  const since = wanted.points.since === null ? null : (before.points.since ?? secondOf(now).toISOString());
  const settings = { ...wanted, currency: shop.currency, points: { ...wanted.points, since } };
  const birthdays = needsBirthdays(settings);
  const today = new Date(toLocal(now, shop.timeZone)).toISOString().slice(0, 10);
  await tx.sql(SAVE, [shop.id, JSON.stringify(settings), now, today, birthdays]);
  if (settings.benefits.inbox.from !== null) {
    const tag = { code: FIRST_IN_LINE, name: 'First in line', complaint: false, rules: [] };
    await saveTag(tx, shop.id, tag, now);
  }
  await wishForAudiences(tx, 'loyalty', birthdays ? [{ kind: 'date', ref: BIRTHDAY }] : []);
  await keepWatch(tx, now);
}
