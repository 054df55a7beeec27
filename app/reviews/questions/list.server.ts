/** Questions as the staff read them: a page with their answers, what needs one, and all of them as CSV. */
import { cursorOf, readCursor } from '../../cursor.ts';
import type { Db, SqlTx } from '../../db.server.ts';
import { csvOf, type Cell } from '../../shops/csv.ts';
import type { HoldReason, ReviewState } from '../review.ts';
import type { QuestionFilter } from './wanted.ts';

interface Kept {
  id: string;
  text: string | null;
  at: Date;
  name: string | null;
  state: ReviewState;
  reason: HoldReason | null;
  heldBy: string | null;
  dueAt: Date | null;
}

export interface AnswerCard extends Kept {
  by: 'merchant' | 'buyer';
  customerId: string | null;
  /** none | waiting | sent | refused */
  mail: string;
}

export interface QuestionCard extends Kept {
  productId: bigint;
  product: string | null;
  customerId: string | null;
  customerName: string | null;
  /** Whether they are told of answers by mail. */
  isTold: boolean;
  locale: string | null;
  answers: AnswerCard[];
}

export interface QuestionAsk {
  shopId: bigint;
  show?: QuestionFilter | null;
  productId?: bigint | null;
  customerId?: string | null;
  /** Words of the question or of the name. */
  text?: string;
  before?: string | null;
  limit?: number;
}

const ANSWERS = `
  array(select json_build_object('id', a.id, 'by', a.by, 'text', a.text, 'name', a.author_name, 'at', a.at, 'state', a.state,
      'reason', a.hold_reason, 'heldBy', a.held_by, 'dueAt', a.due_at, 'mail', a.tell_state, 'customerId', a.customer_id)
    from question_answer a where a.shop_id = q.shop_id and a.question_id = q.id order by a.at limit 50)`;

const LIST = `
  select q.id, q.text, q.at, q.author_name as name, q.state, q.hold_reason as reason, q.held_by as "heldBy",
    q.due_at as "dueAt", q.product_id as "productId", nullif(p.title, '') as product, q.customer_id as "customerId",
    coalesce(nullif(trim(concat_ws(' ', c.first_name, c.last_name)), ''), c.email) as "customerName",
    q.email is not null as "isTold", q.locale, ${ANSWERS} as answers
  from product_question q
  left join product p on p.shop_id = q.shop_id and p.id = q.product_id
  left join customer c on c.shop_id = q.shop_id and c.id = q.customer_id
  where q.shop_id = $1
    and case $2 when 'held' then q.state = 'held' or exists (select 1 from question_answer a
        where a.shop_id = q.shop_id and a.question_id = q.id and a.state = 'held')
      when 'hidden' then q.state = 'hidden'
      when 'unanswered' then q.state <> 'hidden' and not exists (select 1 from question_answer a
        where a.shop_id = q.shop_id and a.question_id = q.id and a.by = 'merchant')
      else true end
    and ($3::bigint is null or q.product_id = $3) and ($4::uuid is null or q.customer_id = $4)
    and ($5 = '' or concat_ws(' ', q.text, q.author_name) ilike '%' || $5 || '%')
    and ($6::timestamptz is null or (q.at, q.id) < ($6, $7::uuid))
  order by q.at desc, q.id desc limit $8::int`;

/** Newest first. */
export async function listQuestions(
  tx: SqlTx,
  ask: QuestionAsk,
): Promise<{ questions: QuestionCard[]; next: string | null }> {
  const limit = Math.min(ask.limit ?? 20, 1000);
  const before = readCursor(ask.before);
  const rows = await tx.sql<QuestionCard>(LIST, [
    ask.shopId,
    ask.show ?? '',
    ask.productId ?? null,
    ask.customerId ?? null,
    (ask.text ?? '').trim().replace(/[\\%_]/g, '\\$&'),
    before?.at ?? null,
    before?.id ?? null,
    limit + 1,
  ]);
  const questions = rows.slice(0, limit);
  const last = questions.at(-1);
  return { questions, next: rows.length > limit && last ? cursorOf(last.at, last.id) : null };
}

const SUMMARY = `
  select count(*)::int as asked, count(*) filter (where not answered and state <> 'hidden')::int as unanswered,
    count(*) filter (where state = 'held')::int as held
  from (select q.state, exists (select 1 from question_answer a
    where a.shop_id = q.shop_id and a.question_id = q.id and a.by = 'merchant') as answered
    from product_question q where q.shop_id = $1) s`;

export interface QuestionSummary {
  asked: number;
  /** By the shop. */
  unanswered: number;
  held: number;
}

export async function questionSummary(tx: SqlTx, shopId: bigint): Promise<QuestionSummary> {
  const [row] = await tx.sql<QuestionSummary>(SUMMARY, [shopId]);
  return row!;
}

const HEAD = [
  'question_id',
  'asked_at',
  'product_id',
  'product_title',
  'question',
  'asked_by',
  'state',
  'hold_reason',
  'locale',
  'answered_by',
  'answer_name',
  'answered_at',
  'answer',
  'answer_state',
];
const CSV_PAGE = 500;

/** All of them as CSV, a row an answer; a question without one has a row too. */
export function questionsCsv(db: Db, ask: Omit<QuestionAsk, 'before' | 'limit'>): AsyncGenerator<string> {
  return csvOf(HEAD, async (before) => {
    const page = await db.inShop(ask.shopId, (tx) => listQuestions(tx, { ...ask, before, limit: CSV_PAGE }));
    return { rows: page.questions.flatMap(rowsOf), next: page.next };
  });
}

function rowsOf(question: QuestionCard): Cell[][] {
  const { id, at, productId, product, text, name, state, reason, locale, answers } = question;
  const asked: Cell[] = [id, at, String(productId), product, text, name, state, reason, locale];
  if (answers.length === 0) return [[...asked, null, null, null, null, null]];
  return answers.map((answer) => [
    ...asked,
    answer.by,
    answer.name,
    new Date(answer.at),
    answer.text,
    answer.state,
  ]);
}
