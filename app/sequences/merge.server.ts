/** Two customers were one person: what either is inside of belongs to the one who is left. */
import type { SqlTx } from '../db.server.ts';
import { plansOf, versionKey } from './plans.server.ts';
import { endEnrollments } from './stop.server.ts';

export interface Merge {
  shopId: bigint;
  from: string;
  into: string;
}

/** Cursors first, as everybody does who changes enrollments. */
const OPEN = `
  select e.shop_id, e.id, e.sequence_id, e.version, e.customer_id
  from unnest($1::bigint[], $2::uuid[]) as t(shop_id, customer_id)
  join enrollment e on e.shop_id = t.shop_id and e.customer_id = t.customer_id and e.state = 'open'
  join enrollment_cursor c on c.shop_id = e.shop_id and c.enrollment_id = e.id
  order by c.shop_id, c.enrollment_id for update of c`;

interface OpenRow {
  shop_id: bigint;
  id: string;
  sequence_id: string;
  version: number;
  customer_id: string;
}

const MOVE_ENROLLMENTS = `
  update enrollment e set customer_id = t.into_id from unnest($1::bigint[], $2::uuid[], $3::uuid[]) as t(shop_id, from_id, into_id)
  where e.shop_id = t.shop_id and e.customer_id = t.from_id`;

const MOVE_DECISIONS = `
  update decision d set customer_id = t.into_id
  from unnest($1::bigint[], $2::uuid[]) as t(shop_id, into_id)
  join enrollment e on e.shop_id = t.shop_id and e.customer_id = t.into_id
  where d.shop_id = e.shop_id and d.enrollment_id = e.id and d.customer_id <> t.into_id`;

const MOVE_DEEDS = `
  update deed d set customer_id = t.into_id from unnest($1::bigint[], $2::uuid[], $3::uuid[]) as t(shop_id, from_id, into_id)
  where d.shop_id = t.shop_id and d.customer_id = t.from_id`;

const SAME: Record<string, string> = {
  segment_member: 'o.segment_id = m.segment_id',
  customer_date: 'o.name = m.name',
};
const PAIRS = 'unnest($1::bigint[], $2::uuid[], $3::uuid[]) as t(shop_id, from_id, into_id)';
/** Whoever is left keeps what they have; the rest is heard again from Shopify. */
const MOVE_WATCHED = ['segment_member', 'customer_date'].flatMap((table) => [
  `update ${table} m set customer_id = t.into_id from ${PAIRS}
   where m.shop_id = t.shop_id and m.customer_id = t.from_id and not exists (
     select 1 from ${table} o where o.shop_id = m.shop_id and o.customer_id = t.into_id and ${SAME[table]})`,
  `delete from ${table} m using ${PAIRS} where m.shop_id = t.shop_id and m.customer_id = t.from_id`,
]);

/** Moves enrollments over; where both are inside a sequence that takes a customer once, one of the two stops. */
export async function mergeCustomers(tx: SqlTx, merges: readonly Merge[], now: Date): Promise<void> {
  if (merges.length === 0) return;
  const shops = merges.map((merge) => merge.shopId);
  const [from, into] = [merges.map((merge) => merge.from), merges.map((merge) => merge.into)];
  const open = await tx.sql<OpenRow>(OPEN, [
    [...shops, ...shops],
    [...from, ...into],
  ]);
  const doubled = await doubledIn(tx, open, merges);
  await endEnrollments(
    tx,
    doubled.map((row) => ({ shopId: row.shop_id, id: row.id, reason: 'merged' as const })),
    now,
  );
  await tx.sql(MOVE_ENROLLMENTS, [shops, from, into]);
  await tx.sql(MOVE_DECISIONS, [shops, into]);
  await tx.sql(MOVE_DEEDS, [shops, from, into]);
  for (const text of MOVE_WATCHED) await tx.sql(text, [shops, from, into]);
}

async function doubledIn(tx: SqlTx, open: OpenRow[], merges: readonly Merge[]): Promise<OpenRow[]> {
  const refs = open.map((row) => ({
    shopId: row.shop_id,
    sequenceId: row.sequence_id,
    version: row.version,
  }));
  const plans = await plansOf(tx, refs);
  return open.filter((row, index) => {
    const merge = merges.find(({ from }) => from === row.customer_id);
    const plan = plans.get(versionKey(refs[index]!));
    if (!merge || !plan || plan.reentry.kind === 'always') return false;
    return open.some((other) => other.customer_id === merge.into && other.sequence_id === row.sequence_id);
  });
}
