/** Keeps where orders came from, as keyed hashes; follows customers who turn out to be one; forgets in time. */
import { createHmac } from 'node:crypto';
import type { Join } from '../customers/customers.server.ts';
import type { SqlTx } from '../db.server.ts';
import type { Told } from './announce.server.ts';
import { hostOf, traceOf, TRACES, type TraceKind } from './trace.ts';

/** How long anybody could still use them. */
const KEPT_DAYS = 400;

/** Hashes of one kind and one shop say nothing about another's. */
const hasher = (key: Uint8Array) => (shopId: bigint, kind: TraceKind, value: string) =>
  createHmac('sha256', key).update(`trace|${shopId}|${kind}|${value}`).digest('base64url').slice(0, 22);

const COLUMNS = ['shop_id', 'order_id', 'customer_id', 'at', ...TRACES, 'referrer'];

/** What a later snapshot does not tell stays. */
const SAVE = `
  insert into order_trace (${COLUMNS.join(', ')})
  select distinct on (shop_id, order_id) ${COLUMNS.join(', ')} from jsonb_populate_recordset(null::order_trace, $1::jsonb)
  order by shop_id, order_id
  on conflict (shop_id, order_id) do update set ${COLUMNS.slice(2)
    .map((column) => `${column} = coalesce(excluded.${column}, order_trace.${column})`)
    .join(', ')}`;

const asJson = (rows: readonly object[]) =>
  JSON.stringify(rows, (_key, value: unknown) => (typeof value === 'bigint' ? String(value) : value));

/** Writes the traces of orders that a newer snapshot tells of; those of erased people are not kept. */
export async function saveTraces(tx: SqlTx, told: readonly Told[], hashKey: Uint8Array): Promise<void> {
  const hash = hasher(hashKey);
  const rows = told.flatMap(({ after, origin }) => {
    if (!origin || after.test || isNobodys(after)) return [];
    const traces = traceOf({
      email: after.email,
      phone: after.phone ?? origin.customer?.phone ?? null,
      address: origin.address ?? null,
      browser: origin.browser ?? null,
    });
    const kept = Object.fromEntries(
      TRACES.map((kind) => {
        const value = traces[kind];
        return [kind, value === null ? null : hash(after.shopId, kind, value)];
      }),
    );
    const row = { shop_id: after.shopId, order_id: after.id, customer_id: after.customerId };
    return [{ ...row, at: after.placedAt, ...kept, referrer: hostOf(origin.referrer) }];
  });
  if (rows.length > 0) await tx.sql(SAVE, [asJson(rows)]);
}

/** An order that names nobody, or somebody who was erased. */
const isNobodys = ({ customerId, email, phone }: Told['after']) =>
  customerId === null && email === null && phone === null;

const FOLLOW = `
  update order_trace o set customer_id = t.into_id
  from unnest($1::bigint[], $2::uuid[], $3::uuid[]) as t(shop_id, from_id, into_id)
  where o.shop_id = t.shop_id and o.customer_id = t.from_id`;

/** Traces follow their customers when two of them turn out to be one. */
export async function followTraces(tx: SqlTx, joins: readonly Join[]): Promise<void> {
  await tx.sql(FOLLOW, [
    joins.map(({ shopId }) => shopId),
    joins.map(({ from }) => from),
    joins.map(({ into }) => into),
  ]);
}

const FORGET = `delete from order_trace where at < $1`;

/** Forgets what is older than anybody could use. Across shops. */
export async function forgetTraces(tx: SqlTx, now: Date): Promise<void> {
  await tx.sql(FORGET, [new Date(now.getTime() - KEPT_DAYS * 86_400_000)]);
}
