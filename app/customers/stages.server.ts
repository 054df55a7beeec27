/** Keeps the stages of customers up to date, and the counters that they are computed from. */
import type { Db, SqlTx } from '../db.server.ts';
import { recordEvents } from '../events.server.ts';
import type { CustomerRef, Stage } from './customer.ts';
import { asRecords } from './rows.server.ts';
import { liveRulesOf } from './stage-rules.server.ts';
import type { StageRules } from './stage-rules.ts';
import { nextSteps, stageOf, type StageAnswer, type StageFacts, type StageStory } from './stage.ts';
import { addTimeline } from './timeline.server.ts';
import type { TimelineReason } from './timeline.ts';

/** A customer as stages are computed from; columns of `STAGE_COLUMNS`. */
export interface StageRow {
  shop_id: bigint;
  id: string;
  stage: Stage;
  stage_at: Date | null;
  stage_reason: unknown;
  stage_due_at: Date | null;
  orders_count: number;
  total_spent: bigint;
  first_order_at: Date | null;
  last_order_at: Date | null;
  last_heard_at: Date | null;
  last_score: number | null;
  friends: number;
  answers: number;
  kind_words: number;
  reviews: number;
  photos: number;
  replies: number;
  healed: number;
  returned: number;
}

export const STAGE_COLUMNS = `shop_id, id, stage, stage_at, stage_reason, stage_due_at, orders_count, total_spent,
  first_order_at, last_order_at, last_heard_at, last_score, friends, answers, kind_words, reviews, photos, replies, healed,
  returned`;

const FACTS = `
  select ${STAGE_COLUMNS} from customer join unnest($1::bigint[], $2::uuid[]) as t(shop_id, id) using (shop_id, id)
  where erased_at is null and merged_into is null order by shop_id, id for no key update of customer`;

/** What is counted of a customer, as the rules read it. */
const stageFactsOf = (row: StageRow): StageFacts => ({
  orders: row.orders_count,
  firstOrderAt: row.first_order_at,
  lastOrderAt: row.last_order_at,
  spent: row.total_spent,
  lastHeardAt: row.last_heard_at,
  lastScore: row.last_score,
  answers: row.answers,
  kindWords: row.kind_words,
  reviews: row.reviews,
  photos: row.photos,
  replies: row.replies,
  healed: row.healed,
  friends: row.friends,
  returned: row.returned,
});

/** Where a customer comes to stand by these rules. */
export const stageNow = (row: StageRow, rules: StageRules, now: Date): StageAnswer =>
  stageOf(stageFactsOf(row), rules, { stage: row.stage, at: row.stage_at }, now);

/** How changes of stages are told. */
export interface Telling {
  /** Of a first sync: no event, no line. */
  history?: boolean;
  /** By a change of the rules: the house hears of it, but no sequence begins. */
  quiet?: boolean;
}

/**
 * Computes the stages anew by the rules of their shops; writes `customer.stage-changed` and a line where one has changed.
 * @returns how many have changed
 */
export async function refreshStages(
  tx: SqlTx,
  customers: readonly CustomerRef[],
  now: Date,
  telling: Telling = {},
): Promise<number> {
  if (customers.length === 0) return 0;
  const unique = new Map(customers.map((customer) => [customer.id, customer]));
  const shopIds = [...unique.values()].map((customer) => customer.shopId);
  const rows = await tx.sql<StageRow>(FACTS, [shopIds, [...unique.keys()]]);
  const rulesOf = await liveRulesOf(tx, shopIds);
  const answered = rows.map((row) => ({ row, answer: stageNow(row, rulesOf(row.shop_id), now) }));
  return saveStages(tx, answered, now, telling);
}

interface Answered {
  row: StageRow;
  answer: StageAnswer;
}

const SAVE = `
  update customer c set stage = t.stage, stage_reason = t.reason::jsonb, stage_due_at = t.due_at,
    stage_at = case when c.stage = t.stage then coalesce(c.stage_at, $6) else $6 end
  from unnest($1::bigint[], $2::uuid[], $3::text[], $4::text[], $5::timestamptz[]) as t(shop_id, id, stage, reason, due_at)
  where c.shop_id = t.shop_id and c.id = t.id`;

/** Saves what has changed and tells of it. Rows are locked by the caller. @returns how many stand elsewhere now */
export async function saveStages(
  tx: SqlTx,
  answered: readonly Answered[],
  now: Date,
  { history = false, quiet = false }: Telling = {},
): Promise<number> {
  const news = answered.filter(
    ({ row, answer }) =>
      row.stage !== answer.stage ||
      isOther(row.stage_reason, answer.reason) ||
      isDueElsewhere(row, answer, now),
  );
  if (news.length === 0) return 0;
  await tx.sql(SAVE, [
    news.map(({ row }) => row.shop_id),
    news.map(({ row }) => row.id),
    news.map(({ answer }) => answer.stage),
    news.map(({ answer }) => JSON.stringify(answer.reason)),
    news.map(({ answer }) => answer.until),
    now,
  ]);
  const changes = news.filter(({ row, answer }) => row.stage !== answer.stage);
  if (!history) await announce(tx, changes, now, quiet);
  return changes.length;
}

/**
 * Whether the moment at which somebody has to look again must be written. It may be too early, which costs a look, so that
 * an order, which moves it by a little, need not write it.
 */
const isDueElsewhere = ({ stage_due_at: due }: StageRow, { until }: StageAnswer, now: Date) =>
  until === null ? due !== null : due === null || due > until || due <= now;

const isOther = (stored: unknown, reason: TimelineReason) => {
  const before = (stored ?? {}) as Partial<TimelineReason>;
  return Object.entries(reason).some(([name, value]) => String(before[name]) !== String(value));
};

async function announce(tx: SqlTx, changes: readonly Answered[], now: Date, quiet: boolean) {
  await addTimeline(
    tx,
    changes.map(({ row, answer }) => ({
      shopId: row.shop_id,
      customerId: row.id,
      at: now,
      kind: 'stage',
      code: 'stage-changed',
      data: { from: row.stage, to: answer.stage, reason: answer.reason },
    })),
    now,
  );
  await recordEvents(
    tx,
    changes.map(({ row, answer }) => ({
      shopId: row.shop_id,
      kind: 'customer.stage-changed',
      customerId: row.id,
      data: { from: row.stage, to: answer.stage, ...(quiet ? { quiet } : {}) },
      at: now,
    })),
    now,
  );
}

const DUE = `
  select shop_id, id from customer
  where stage_due_at <= $1 and stage_due_at is not null and merged_into is null and erased_at is null
  order by stage_due_at limit 500`;

/** The loop that lets stages fade, and ends what was kept for a while. */
export function makeStageLoop({ db }: { db: Db }): (now: Date) => Promise<number> {
  return async (now) => {
    const due = await db.sqlAcrossShops<{ shop_id: bigint; id: string }>(DUE, [now]);
    const customers = due.map((row) => ({ shopId: row.shop_id, id: row.id }));
    if (customers.length > 0) await db.acrossShops((tx) => refreshStages(tx, customers, now));
    return customers.length;
  };
}

/** Signs that are counted one by one. */
const COUNTED_SIGNS = [
  'friends',
  'answers',
  'kindWords',
  'reviews',
  'photos',
  'replies',
  'healed',
  'returned',
] as const;

/** A sign of life or of closeness. Of what is counted: how many more, less than 0 when something was taken back. */
export interface Sign extends CustomerRef, Partial<Record<(typeof COUNTED_SIGNS)[number], number>> {
  heardAt?: Date;
  /** 1…5; counts together with `heardAt`. */
  score?: number | null;
}

const COLUMN = { kindWords: 'kind_words' } as Record<string, string>;
const columns = COUNTED_SIGNS.map((sign) => COLUMN[sign] ?? sign);

const NOTE = `
  update customer c set
    last_heard_at = greatest(c.last_heard_at, t.heard_at),
    last_score = case when t.score is not null and t.heard_at >= coalesce(c.last_heard_at, '-infinity') then t.score
      else c.last_score end,
    ${columns.map((column) => `${column} = greatest(0, c.${column} + coalesce(t.${column}, 0))`).join(',\n    ')}
  from jsonb_to_recordset($1::jsonb) as t(shop_id bigint, id uuid, heard_at timestamptz, score int,
    ${columns.map((column) => `${column} int`).join(', ')})
  where c.shop_id = t.shop_id and c.id = t.id and c.erased_at is null`;

/** Notes signs, counted by whoever hears them; follow with `refreshStages`. */
export async function noteSigns(tx: SqlTx, signs: readonly Sign[]): Promise<void> {
  for (const sign of signs) {
    const { shopId, id, heardAt, score, kindWords, ...counted } = sign;
    const record = { ...counted, shop_id: shopId, id, heard_at: heardAt, score, kind_words: kindWords };
    await tx.sql(NOTE, [asRecords([record])]);
  }
}

/** What would bring a customer closer. */
export async function stageStory(tx: SqlTx, { shopId, id }: CustomerRef): Promise<StageStory> {
  const [row] = await tx.sql<StageRow>(
    `select ${STAGE_COLUMNS} from customer where shop_id = $1 and id = $2`,
    [shopId, id],
  );
  if (!row) return { next: null };
  const rulesOf = await liveRulesOf(tx, [shopId]);
  return { next: nextSteps(stageFactsOf(row), rulesOf(shopId), row.stage) };
}
