/** Reading and keeping what a merchant sets of gestures. */
import type { ShopTx, SqlTx } from '../db.server.ts';
import { minorDigits } from '../shops/money.ts';
import type { Shop } from '../shops/shop.ts';
import {
  firstSettings,
  isListening,
  parseGestureSettings,
  switchedAt,
  type GestureSettings,
} from './settings.ts';

const READ = `select content from gesture_settings where shop_id = $1`;

/** What is set; until anything is, everything is off. */
export async function gestureSettings(
  tx: SqlTx,
  shop: Pick<Shop, 'id' | 'currency'>,
): Promise<GestureSettings> {
  const [row] = await tx.sql<{ content: unknown }>(READ, [shop.id]);
  const parsed = row ? parseGestureSettings(row.content) : null;
  if (parsed && 'settings' in parsed) return parsed.settings;
  return firstSettings(shop.currency, 10 ** minorDigits(shop.currency));
}

const SAVE = `
  insert into gesture_settings (shop_id, content, listening, told_until, due_at, updated_at)
  values ($1, $2::jsonb, $3, $4::timestamptz, case when $3 then $4::timestamptz end, $4)
  on conflict (shop_id) do update set content = excluded.content, listening = excluded.listening, updated_at = excluded.updated_at,
    told_until = case when gesture_settings.listening then gesture_settings.told_until else excluded.told_until end,
    due_at = case when not excluded.listening then null else coalesce(gesture_settings.due_at, excluded.due_at) end`;

/** Keeps them; what is switched on counts from now. */
export async function saveGestureSettings(
  tx: ShopTx,
  shop: Pick<Shop, 'id' | 'currency'>,
  wanted: GestureSettings,
  now: Date,
): Promise<void> {
  const settings = switchedAt(wanted, await gestureSettings(tx, shop), now);
  await tx.sql(SAVE, [shop.id, JSON.stringify(settings), isListening(settings), now]);
}
