/** Published plans by version. They never change, so that a process reads each once. */
import type { SqlTx } from '../db.server.ts';
import { parsePlan, type Plan } from './plan.ts';

export interface VersionRef {
  shopId: bigint;
  sequenceId: string;
  version: number;
}

export const versionKey = (ref: VersionRef) => `${ref.sequenceId}:${ref.version}`;

const AT_MOST = 5000;
const cache = new Map<string, Plan>();

const SELECT = `
  select v.sequence_id, v.version, v.plan from sequence_version v
  join unnest($1::bigint[], $2::uuid[], $3::int[]) as w(shop_id, sequence_id, version)
    on v.shop_id = w.shop_id and v.sequence_id = w.sequence_id and v.version = w.version`;

/** Plans by `versionKey`; one that can no longer be read is missing. */
export async function plansOf(tx: SqlTx, refs: readonly VersionRef[]): Promise<Map<string, Plan>> {
  const wanted = new Map(refs.map((ref) => [versionKey(ref), ref]));
  const missing = [...wanted].filter(([key]) => !cache.has(key)).map(([, ref]) => ref);
  if (missing.length > 0) await read(tx, missing);
  const plans = new Map<string, Plan>();
  for (const key of wanted.keys()) {
    const plan = cache.get(key);
    if (plan) plans.set(key, plan);
  }
  return plans;
}

async function read(tx: SqlTx, refs: readonly VersionRef[]): Promise<void> {
  const rows = await tx.sql<{ sequence_id: string; version: number; plan: unknown }>(SELECT, [
    refs.map((ref) => ref.shopId),
    refs.map((ref) => ref.sequenceId),
    refs.map((ref) => ref.version),
  ]);
  if (cache.size + rows.length > AT_MOST) cache.clear();
  for (const row of rows) {
    const parsed = parsePlan(row.plan);
    if ('plan' in parsed)
      cache.set(versionKey({ shopId: 0n, sequenceId: row.sequence_id, version: row.version }), parsed.plan);
  }
}
