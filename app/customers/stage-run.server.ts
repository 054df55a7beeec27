/**
 * A run over all customers of a shop: what a draft of rules would make of them, or bringing them in line with rules that
 * were switched to. A page a transaction; it goes on where it stood, and starts again when its rules were changed.
 */
import type { Db, ShopTx } from '../db.server.ts';
import type { JobResult } from '../jobs/catalog.ts';
import type { Queue } from '../jobs/queue.server.ts';
import { parseStageRules } from './stage-rules.ts';
import { NOTHING_TRIED, withMoves, type StageTrial } from './stage-trial.ts';
import { saveStages, stageNow, STAGE_COLUMNS, type StageRow } from './stages.server.ts';

const PAGE = 2000;
const BEGINNING = '00000000-0000-0000-0000-000000000000';

const BEGIN = `
  update stage_rules set cursor = '${BEGINNING}', done = 0, outcome = null,
    total = (select count(*) from customer where shop_id = $1 and merged_into is null and erased_at is null)
  where shop_id = $1 and version = $2 and state = $3 returning version`;

/** Asks what the draft would make of everybody. @returns false when there is no such draft */
export async function tryRules(tx: ShopTx, queue: Queue, version: number): Promise<boolean> {
  const begun = await tx.sql(BEGIN, [tx.shopId, version, 'draft']);
  if (begun.length === 0) return false;
  await enqueueRun(tx, queue, version);
  return true;
}

const RETIRE = `update stage_rules set state = 'past', cursor = null where shop_id = $1 and state = 'live'`;
const GO_LIVE = `
  update stage_rules set state = 'live', live_at = $3, announce = $4
  where shop_id = $1 and version = $2 and state = 'draft' returning version`;

/**
 * From now on the shop goes by this draft; everybody is brought in line behind it.
 * `announce`: stages that change by it set sequences off, as if they had changed by themselves.
 * @returns false when there is no such draft
 */
export async function switchRules(
  tx: ShopTx,
  queue: Queue,
  { version, announce }: { version: number; announce: boolean },
  now: Date,
): Promise<boolean> {
  const [draft] = await tx.sql(`${DRAFT} for update`, [tx.shopId, version]);
  if (!draft) return false;
  await tx.sql(RETIRE, [tx.shopId]);
  await tx.sql(GO_LIVE, [tx.shopId, version, now, announce]);
  await tx.sql(BEGIN, [tx.shopId, version, 'live']);
  await enqueueRun(tx, queue, version);
  return true;
}

const DRAFT = `select version from stage_rules where shop_id = $1 and version = $2 and state = 'draft'`;

const enqueueRun = (tx: ShopTx, queue: Queue, version: number) =>
  queue.enqueue(tx, 'customers.stages', { shopId: String(tx.shopId), version }, `${tx.shopId}:${version}`);

const RUN = `
  select content, state, announce, cursor, outcome from stage_rules
  where shop_id = $1 and version = $2 and cursor is not null for update`;

interface Run {
  content: unknown;
  state: 'draft' | 'live' | 'past';
  announce: boolean;
  cursor: string;
  outcome: StageTrial | null;
}

const CUSTOMERS = `
  select ${STAGE_COLUMNS} from customer
  where shop_id = $1 and id > $2 and merged_into is null and erased_at is null order by id limit ${PAGE}`;

const MOVE_ON = `
  update stage_rules set cursor = $3, done = done + $4, outcome = $5::jsonb where shop_id = $1 and version = $2`;

/** One page, in the caller's transaction. @returns whether there is more */
async function runPage(tx: ShopTx, version: number, now: Date): Promise<boolean> {
  const [run] = await tx.sql<Run>(RUN, [tx.shopId, version]);
  if (!run) return false;
  const parsed = parseStageRules(run.content);
  if (!('rules' in parsed)) return false;
  const isTrial = run.state === 'draft';
  const rows = await tx.sql<StageRow>(isTrial ? CUSTOMERS : `${CUSTOMERS} for no key update`, [
    tx.shopId,
    run.cursor,
  ]);
  const answered = rows.map((row) => ({ row, answer: stageNow(row, parsed.rules, now) }));
  if (!isTrial) await saveStages(tx, answered, now, { quiet: !run.announce });
  const moves = answered.flatMap(({ row, answer }) =>
    row.stage === answer.stage
      ? []
      : [{ customerId: row.id, from: row.stage, to: answer.stage, reason: answer.reason }],
  );
  const next = rows.length < PAGE ? null : rows.at(-1)!.id;
  const outcome = withMoves(run.outcome ?? NOTHING_TRIED, moves);
  await tx.sql(MOVE_ON, [tx.shopId, version, next, rows.length, JSON.stringify(outcome)]);
  return next !== null;
}

/** The chore: page after page until everybody was looked at. */
export async function runStages(
  { db }: { db: Db },
  { shopId, version }: { shopId: string; version: number },
  now: () => Date,
): Promise<JobResult> {
  while (await db.inShop(BigInt(shopId), (tx) => runPage(tx, version, now())));
  return { outcome: 'done' };
}
