/** What a merchant does with a sequence: switch, edit, publish. Published versions never change. */
import type { ShopTx } from '../db.server.ts';
import { newId } from '../ids.ts';
import { installTemplates } from '../messages/messages.server.ts';
import type { Shop } from '../shops/shop.ts';
import { DEFAULT_SEQUENCES, DEFAULT_TEMPLATES } from './defaults/defaults.ts';
import { moveInside } from './move.server.ts';
import { parsePlan, planSchema, type Plan, type Problem } from './plan.ts';
import { rulesBrokenByPlan } from './policy.server.ts';
import { keepWatch } from './watches.server.ts';

const INSERT_DEFAULTS = `
  with made as (
    insert into sequence (shop_id, id, key, name, status, live_version, created_at, updated_at)
    select $1::bigint, id, key, name, 'on', 1, $5::timestamptz, $5::timestamptz
    from unnest($2::uuid[], $3::text[], $4::text[]) as t(id, key, name)
    on conflict (shop_id, key) do nothing
    returning id, key
  )
  insert into sequence_version (shop_id, sequence_id, version, plan, published_at)
  select $1::bigint, made.id, 1, t.plan::jsonb, $5::timestamptz
  from made join unnest($3::text[], $6::text[]) as t(key, plan) on t.key = made.key`;

/** See the door. */
export async function installDefaults(tx: ShopTx, shop: Shop, now: Date): Promise<void> {
  await tx.sql(INSERT_DEFAULTS, [
    shop.id,
    DEFAULT_SEQUENCES.map(() => newId(now)),
    DEFAULT_SEQUENCES.map(({ key }) => key),
    DEFAULT_SEQUENCES.map(({ name }) => name),
    now,
    DEFAULT_SEQUENCES.map(({ plan }) => JSON.stringify(planSchema.parse(plan))),
  ]);
  await installTemplates(tx, DEFAULT_TEMPLATES, now);
}

interface SequenceRow {
  id: string;
  key: string;
  name: string;
  status: string;
  live_version: number | null;
  draft: unknown;
  plan: unknown;
}

const SEQUENCE = `
  select s.id, s.key, s.name, s.status, s.live_version, s.draft, v.plan from sequence s
  left join sequence_version v on v.shop_id = s.shop_id and v.sequence_id = s.id and v.version = s.live_version
  where s.shop_id = $1 and s.id = $2::uuid`;

const INSIDE = `
  select step_key as "stepKey", count(*)::int as count from enrollment_cursor
  where shop_id = $1 and sequence_id = $2::uuid group by step_key order by step_key`;

export interface SequenceDetail {
  id: string;
  key: string;
  name: string;
  on: boolean;
  liveVersion: number | null;
  /** The live plan; null before the first publishing. */
  live: Plan | null;
  /** The plan being edited; null when it equals the live one. May be unfinished: see `problems`. */
  draft: unknown;
  /** What keeps the draft from being published. */
  problems: Problem[];
  /** People inside now, by the step they stand at; '' has not begun. */
  inside: { stepKey: string; count: number }[];
}

/** See the door. */
export async function sequenceOf(tx: ShopTx, id: string): Promise<SequenceDetail | null> {
  const [row] = await tx.sql<SequenceRow>(SEQUENCE, [tx.shopId, id]);
  if (!row) return null;
  const live = row.plan === null ? null : parsePlan(row.plan);
  return {
    id: row.id,
    key: row.key,
    name: row.name,
    on: row.status === 'on',
    liveVersion: row.live_version,
    live: live && 'plan' in live ? live.plan : null,
    draft: row.draft,
    problems: row.draft === null ? [] : problemsOf(row.draft),
    inside: await tx.sql<{ stepKey: string; count: number }>(INSIDE, [tx.shopId, id]),
  };
}

function problemsOf(json: unknown): Problem[] {
  const parsed = parsePlan(json);
  return 'problems' in parsed ? parsed.problems : [];
}

const SWITCH = `
  update sequence set status = $3, updated_at = $4 where shop_id = $1 and id = $2::uuid and live_version is not null`;

const UNPARK = `
  update enrollment_cursor set due_at = $3 where shop_id = $1 and sequence_id = $2::uuid and due_at is null`;

/**
 * See the door. Switching off waits for the batch under way, then nothing is planned any more: rows that come due are
 * parked as they are met. Switching on lets those go on; what is useless by then is left out, step by step.
 */
export async function switchSequence(
  tx: ShopTx,
  id: string,
  on: boolean,
  now: Date,
): Promise<'switched' | 'unknown' | 'unpublished'> {
  const [row] = await tx.sql<SequenceRow>(`${SEQUENCE} for no key update of s`, [tx.shopId, id]);
  if (!row) return 'unknown';
  if (row.live_version === null) return 'unpublished';
  await tx.sql(SWITCH, [tx.shopId, id, on ? 'on' : 'off', now]);
  if (on) await tx.sql(UNPARK, [tx.shopId, id, now]);
  await keepWatch(tx, now);
  return 'switched';
}

const SAVE = `
  update sequence set draft = $3::jsonb, name = coalesce($4, name), updated_at = $5
  where shop_id = $1 and id = $2::uuid returning id`;

/** See the door. */
export async function saveDraft(
  tx: ShopTx,
  id: string,
  draft: { name?: string; plan: unknown },
  now: Date,
): Promise<{ outcome: 'saved'; problems: Problem[] } | { outcome: 'unknown' }> {
  const plan = JSON.stringify(draft.plan ?? null);
  const [row] = await tx.sql<{ id: string }>(SAVE, [tx.shopId, id, plan, draft.name ?? null, now]);
  return row ? { outcome: 'saved', problems: problemsOf(draft.plan) } : { outcome: 'unknown' };
}

/** See the door. What keeps a plan from being published: its shape, and the rules of law and platforms. @param id of its sequence */
export async function problemsIn(tx: ShopTx, json: unknown, id: string): Promise<Problem[]> {
  const parsed = parsePlan(json);
  if ('problems' in parsed) return parsed.problems;
  const [row] = await tx.sql<SequenceRow>(SEQUENCE, [tx.shopId, id]);
  return rulesBrokenByPlan(tx, parsed.plan, row?.key ?? null);
}

export type PublishResult =
  | { outcome: 'published'; version: number; moved: number }
  | { outcome: 'problems'; problems: Problem[] }
  | { outcome: 'unknown' }
  | { outcome: 'unchanged' };

const PUBLISH = `
  with version as (
    insert into sequence_version (shop_id, sequence_id, version, plan, published_at)
    values ($1::bigint, $2::uuid, $3::int, $4::jsonb, $5::timestamptz)
  )
  update sequence set live_version = $3::int, draft = null, updated_at = $5::timestamptz
  where shop_id = $1::bigint and id = $2::uuid`;

const NEWEST = `select max(version)::int as version from sequence_version where shop_id = $1 and sequence_id = $2::uuid`;

/** See the door. */
export async function publish(
  tx: ShopTx,
  id: string,
  { inside }: { inside: 'stay' | 'move' },
  now: Date,
): Promise<PublishResult> {
  const [row] = await tx.sql<SequenceRow>(`${SEQUENCE} for no key update of s`, [tx.shopId, id]);
  if (!row) return { outcome: 'unknown' };
  if (row.draft === null) return { outcome: 'unchanged' };
  const parsed = parsePlan(row.draft);
  if ('problems' in parsed) return { outcome: 'problems', problems: parsed.problems };
  const broken = await rulesBrokenByPlan(tx, parsed.plan, row.key);
  if (broken.length > 0) return { outcome: 'problems', problems: broken };
  const [newest] = await tx.sql<{ version: number | null }>(NEWEST, [tx.shopId, id]);
  const version = (newest?.version ?? 0) + 1;
  await tx.sql(PUBLISH, [tx.shopId, id, version, JSON.stringify(parsed.plan), now]);
  await keepWatch(tx, now);
  const moved = inside === 'move' ? await moveInside(tx, id, { version, plan: parsed.plan }, now) : 0;
  return { outcome: 'published', version, moved };
}
