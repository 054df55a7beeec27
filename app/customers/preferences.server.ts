/** What customers choose on their preference page. */
import type { SqlTx } from '../db.server.ts';
import { NO_PREFERENCES, type CustomerRef, type Preferences } from './customer.ts';
import { addTimeline } from './timeline.server.ts';

interface Row {
  locale: string | null;
  channel: Preferences['channel'];
  frequency: Preferences['frequency'];
  hour: number | null;
  paused_until: Date | null;
}

const READ = `
  select locale, channel, frequency, hour, paused_until from preference where shop_id = $1 and customer_id = $2`;

export async function preferencesOf(tx: SqlTx, customer: CustomerRef): Promise<Preferences> {
  const [row] = await tx.sql<Row>(READ, [customer.shopId, customer.id]);
  if (!row) return NO_PREFERENCES;
  const { paused_until: pausedUntil, ...rest } = row;
  return { ...rest, pausedUntil };
}

const SAVE = `
  insert into preference (shop_id, customer_id, locale, channel, frequency, hour, paused_until, updated_at)
  values ($1, $2, $3, $4, $5, $6, $7, $8)
  on conflict (shop_id, customer_id) do update set locale = excluded.locale, channel = excluded.channel,
    frequency = excluded.frequency, hour = excluded.hour, paused_until = excluded.paused_until,
    updated_at = excluded.updated_at`;

/** Saves what the customer chose; writes one line that names what has changed, none when nothing has. */
export async function savePreferences(
  tx: SqlTx,
  customer: CustomerRef,
  preferences: Preferences,
  now: Date,
): Promise<void> {
  const before = await preferencesOf(tx, customer);
  const changed = (Object.keys(NO_PREFERENCES) as (keyof Preferences)[]).filter(
    (name) => String(before[name]) !== String(preferences[name]),
  );
  if (changed.length === 0) return;
  const { locale, channel, frequency, hour, pausedUntil } = preferences;
  await tx.sql(SAVE, [customer.shopId, customer.id, locale, channel, frequency, hour, pausedUntil, now]);
  await addTimeline(
    tx,
    [
      {
        shopId: customer.shopId,
        customerId: customer.id,
        at: now,
        kind: 'consent',
        code: 'preferences-changed',
        data: { changed },
      },
    ],
    now,
  );
}

/** For a pause without an end. */
const FOR_EVER = new Date('9999-12-31T00:00:00Z');

/** Staff pauses everything but order news for a customer, or lets it go on. */
export async function pauseCustomer(
  tx: SqlTx,
  customer: CustomerRef,
  paused: boolean,
  now: Date,
): Promise<void> {
  const chosen = await preferencesOf(tx, customer);
  await savePreferences(tx, customer, { ...chosen, pausedUntil: paused ? FOR_EVER : null }, now);
}
