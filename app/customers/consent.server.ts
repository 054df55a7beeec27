/** Consent by channel, with where it came from and when. */
import type { SqlTx } from '../db.server.ts';
import { recordEvents } from '../events.server.ts';
import type { Channel, Consent, ConsentSource, ConsentState } from './customer.ts';
import { lockPeople, upsertRows } from './rows.server.ts';
import { addTimeline } from './timeline.server.ts';

export interface ConsentChange {
  shopId: bigint;
  customerId: string;
  channel: Channel;
  state: ConsentState;
  level?: Consent['level'];
  source: ConsentSource;
  at: Date;
}

interface Row {
  shop_id: bigint;
  customer_id: string;
  channel: Channel;
  state: ConsentState;
  level: Consent['level'];
  source: ConsentSource;
  at: Date;
}

const STORED = `
  select shop_id, customer_id, channel, state, level, source, at from consent
  join unnest($1::bigint[], $2::uuid[]) as t(shop_id, customer_id) using (shop_id, customer_id)
  order by shop_id, customer_id, channel for update of consent`;

/** Of two of the same moment the stricter counts. */
const STRICTNESS: Record<ConsentState, number> = {
  subscribed: 0,
  pending: 1,
  'not-subscribed': 2,
  invalid: 3,
  unsubscribed: 4,
  redacted: 5,
};

/** Only moves forward; writes `customer.consent-changed` and a line for every real change, and says which those were. */
export async function setConsent(
  tx: SqlTx,
  changes: readonly ConsentChange[],
  now: Date,
): Promise<ConsentChange[]> {
  if (changes.length === 0) return [];
  await lockPeople(
    tx,
    changes.map((change) => change.shopId),
  );
  const stored = await tx.sql<Row>(STORED, [
    changes.map((change) => change.shopId),
    changes.map((change) => change.customerId),
  ]);
  const rows = new Map(stored.map((row) => [keyOf(row.customer_id, row.channel), row]));
  const real: ConsentChange[] = [];
  const touched = new Map<string, Row>();
  for (const change of [...changes].sort((a, b) => Number(a.at) - Number(b.at))) {
    const key = keyOf(change.customerId, change.channel);
    const before = rows.get(key);
    if (before && !isNewer(change, before)) continue;
    const row = rowOf(change);
    rows.set(key, row);
    touched.set(key, row);
    // Never asked and still not asked is no news.
    if ((before?.state ?? 'not-subscribed') !== change.state) real.push(change);
  }
  await upsertRows(
    tx.sql,
    'consent',
    ['shop_id', 'customer_id', 'channel'],
    [...touched.values()].map(asRow),
  );
  await announce(tx, real, now);
  return real;
}

const keyOf = (customerId: string, channel: Channel) => `${customerId}:${channel}`;
const asRow = (row: Row): Record<string, unknown> => ({ ...row });

function isNewer(change: ConsentChange, before: Row): boolean {
  const ms = change.at.getTime() - before.at.getTime();
  return ms > 0 || (ms === 0 && STRICTNESS[change.state] > STRICTNESS[before.state]);
}

function rowOf(change: ConsentChange): Row {
  const { shopId, customerId, channel, state, level, source, at } = change;
  return { shop_id: shopId, customer_id: customerId, channel, state, level: level ?? null, source, at };
}

async function announce(tx: SqlTx, changes: readonly ConsentChange[], now: Date): Promise<void> {
  await addTimeline(
    tx,
    changes.map(({ shopId, customerId, at, channel, state, source }) => ({
      shopId,
      customerId,
      at,
      kind: 'consent',
      code: 'consent-changed',
      data: { channel, state, source },
    })),
    now,
  );
  await recordEvents(
    tx,
    changes.map(({ shopId, customerId, at, channel, state }) => ({
      shopId,
      kind: 'customer.consent-changed',
      customerId,
      data: { channel, state },
      at,
    })),
    now,
  );
}
