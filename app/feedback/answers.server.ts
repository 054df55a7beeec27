/** Answers as rows: saved once by operation and once by subject, tied to their order when it is known. */
import { insertTimeline, timelineValues } from '../customers/customers.server.ts';
import type { SqlTx } from '../db.server.ts';
import { eventValues, insertEvents } from '../events.server.ts';
import { newId } from '../ids.ts';
import {
  announce,
  announceMore,
  announcementOf,
  announceWords,
  eventsOf,
  linesOf,
  type ChangedRow,
} from './announcing.server.ts';
import type { Value } from './question.ts';
import type { Said } from './said.ts';
import type { Proof, Subject } from './subject.server.ts';
import type { Answers } from './survey.ts';

export type AnswerSource = 'thank-you' | 'order-status' | 'mail' | 'page' | 'checkout';

/** An answer to be saved. */
export interface NewAnswer {
  shopId: bigint;
  survey: { id: string; key: string; version: number };
  subject: Subject & { name: string };
  operationId: string;
  source: AnswerSource;
  locale: string | null;
  country: string | null;
  said: Said;
  /** The first answer in words, for the timeline. */
  label: string;
  /** Whether the order behind it is confirmed. */
  verified: boolean;
  /** Which wording was shown, while two are tried. */
  variant?: 'a' | 'b' | undefined;
  /** Of several sent under one operation id. */
  part?: number | undefined;
}

export interface StoredAnswer {
  id: string;
  surveyId: string;
  surveyVersion: number;
  customerId: string | null;
  orderId: bigint | null;
  proof: Proof;
  source: AnswerSource;
  score: number | null;
  comment: string | null;
  values: Answers;
  at: Date;
  verifiedAt: Date | null;
}

/** One statement: the answer, what the house hears of it, its line in the customer's story. They come by the hundred a second. */
const INSERT = `
  with saved as (
    insert into answer (shop_id, id, survey_id, survey_version, subject, operation_id, customer_id, order_id, checkout_token,
      proof, source, locale, country, score, comment, answers, at, verified_at, variant, part, whole)
    values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16::jsonb, $17, $18, $19, $20, $21)
    on conflict do nothing returning id),
  told as (${insertEvents(23)} where exists (select from saved)),
  lined as (${insertTimeline(31)} where exists (select from saved))
  select id, not exists (
    select from answer o where o.shop_id = $1 and o.survey_id = $3 and o.subject = any($22::text[])) as "isOnly" from saved`;

/** What somebody proved to be theirs takes the place of what somebody merely claimed. */
const REPLACE_CLAIM = `
  update answer set survey_version = $4, operation_id = $6, customer_id = $7, order_id = $8, checkout_token = $9, proof = $10,
    source = $11, locale = $12, country = $13, score = $14, comment = $15, answers = $16::jsonb, at = $17, verified_at = $18,
    variant = $19, part = $20, whole = $21
  where shop_id = $1 and survey_id = $3 and subject = $5 and proof = 'word' and $10 <> 'word'
    and not exists (select 1 from answer other where other.shop_id = $1 and other.operation_id = $6) and $2::uuid is not null
  returning id`;

/**
 * @param subjects all names that its subject has
 * @returns the answer if it was new; the first one about a subject stays. `isOnly`: nothing was said under the other names
 */
export async function saveAnswer(
  tx: SqlTx,
  answer: NewAnswer,
  now: Date,
  subjects: readonly string[] = [],
): Promise<(StoredAnswer & { isOnly: boolean }) | null> {
  const id = newId(now);
  const values = rowOf(answer, id, now);
  const news = announcementOf(answer, id, now);
  const [inserted] = await tx.sql<{ isOnly: boolean }>(INSERT, [
    ...values,
    subjects,
    ...eventValues(eventsOf(news), now),
    ...timelineValues(linesOf(news), now),
  ]);
  const replaced = inserted ? null : (await tx.sql<{ id: string }>(REPLACE_CLAIM, values))[0];
  if (!inserted && !replaced) return null;
  if (replaced) await announce(tx, [{ ...news, answerId: replaced.id }], now);
  const { survey, subject, said, source } = answer;
  return {
    id: replaced?.id ?? id,
    isOnly: inserted?.isOnly ?? false,
    surveyId: survey.id,
    surveyVersion: survey.version,
    customerId: subject.customerId,
    orderId: subject.orderId,
    proof: subject.proof,
    source,
    score: said.score,
    comment: said.comment,
    values: said.values,
    at: now,
    verifiedAt: answer.verified ? now : null,
  };
}

const REVISE = `
  update answer a set score = $3, comment = $4, answers = $5::jsonb, part = coalesce($6::int, a.part), whole = $7
  from answer before where a.shop_id = $1 and a.id = $2 and before.shop_id = $1 and before.id = $2
    and ($6::int is null or a.part <= $6) and (a.answers is distinct from $5::jsonb or a.whole <> $7)
  returning a.customer_id, a.order_id, a.verified_at, before.comment is null and a.comment is not null as said`;

/**
 * Takes what is said now in the place of what was said before. The house hears of another first answer as of any other,
 * of the rest as of something added. A part that comes late changes nothing.
 * @param before what was known, of the row that is changed
 */
export async function reviseAnswer(
  tx: SqlTx,
  before: Pick<StoredAnswer, 'id' | 'score' | 'values'>,
  answer: NewAnswer,
  now: Date,
): Promise<void> {
  const { shopId, said, part } = answer;
  const values = [shopId, before.id, said.score, said.comment, said.values, part ?? null, said.isWhole];
  const [row] = await tx.sql<ChangedRow>(REVISE, values);
  if (!row) return;
  const [first] = Object.keys(said.values);
  const isOther = first === undefined || !isSame(before.values[first], said.values[first]);
  if (isOther) await announce(tx, [{ ...announcementOf(answer, before.id, now), again: true }], now);
  else await announceMore(tx, { ...answer, answerId: before.id, score: said.score }, row, now);
  await announceWords(tx, shopId, before.id, row, now);
}

export const isSame = (a: Value | undefined, b: Value | undefined): boolean =>
  JSON.stringify(a) === JSON.stringify(b);

/** What was said first stays. */
const SUPPLEMENT = `
  update answer a set comment = coalesce(a.comment, $3), answers = $4::jsonb || a.answers, whole = a.whole or $5
  from answer before where a.shop_id = $1 and a.id = $2 and before.shop_id = $1 and before.id = $2
    and (a.answers is distinct from $4::jsonb || a.answers or (not a.whole and $5))
  returning a.customer_id, a.order_id, a.verified_at, before.comment is null and a.comment is not null as said`;

/** Adds follow-ups to an answer; words that come with them are news for whoever answers them. */
export async function supplementAnswer(
  tx: SqlTx,
  { shopId, survey }: Pick<NewAnswer, 'shopId' | 'survey'>,
  given: Pick<StoredAnswer, 'id' | 'score'>,
  said: Said,
  now: Date,
): Promise<void> {
  const values = [shopId, given.id, said.comment, said.values, said.isWhole];
  const [row] = await tx.sql<ChangedRow>(SUPPLEMENT, values);
  if (!row) return;
  await announceMore(tx, { shopId, survey, answerId: given.id, score: given.score }, row, now);
  await announceWords(tx, shopId, given.id, row, now);
}

function rowOf(answer: NewAnswer, id: string, now: Date): unknown[] {
  const { survey, subject, said } = answer;
  return [
    answer.shopId,
    id,
    survey.id,
    survey.version,
    subject.name,
    answer.operationId,
    subject.customerId,
    subject.orderId,
    subject.checkoutToken,
    subject.proof,
    answer.source,
    answer.locale,
    answer.country,
    said.score,
    said.comment,
    said.values,
    now,
    answer.verified ? now : null,
    answer.variant ?? null,
    answer.part ?? 0,
    said.isWhole,
  ];
}

interface AnswerRow {
  id: string;
  survey_id: string;
  survey_version: number;
  customer_id: string | null;
  order_id: bigint | null;
  proof: Proof;
  source: AnswerSource;
  score: number | null;
  comment: string | null;
  answers: Answers;
  at: Date;
  verified_at: Date | null;
}

const COLUMNS = `id, survey_id, survey_version, customer_id, order_id, proof, source, score::int as score, comment, answers,
  at, verified_at`;

const FIND = `
  select ${COLUMNS} from answer where shop_id = $1 and survey_id = $2 and subject = any($3::text[])
  order by (proof = 'word'), at limit 1`;

/** What was said under one of these subjects; what is proven goes first. */
export async function answerOn(
  tx: SqlTx,
  shopId: bigint,
  surveyId: string,
  subjects: readonly string[],
): Promise<StoredAnswer | null> {
  const [row] = await tx.sql<AnswerRow>(FIND, [shopId, surveyId, subjects]);
  return row ? storedOf(row) : null;
}

/** Surveys of a shop are few: each is a look into one index. */
const IN_BLOCK = `
  select a.id, survey_id, survey_version, customer_id, order_id, proof, source, score::int as score, comment, answers, at, verified_at
  from survey s cross join lateral (
    select * from answer a where a.shop_id = s.shop_id and a.survey_id = s.id and a.subject = any($2::text[]) offset 0) a
  where s.shop_id = $1 and (a.source in ('thank-you', 'order-status')
    or coalesce(s.content -> 'places', case s.key when 'post-purchase' then '["thank-you"]'::jsonb else '[]'::jsonb end)
      ?| array['thank-you', 'order-status'])
  order by (proof = 'word'), at desc limit 1`;

/** What a block thanks for: the last answer about one of these subjects to a survey that is asked in blocks. */
export async function answerInBlock(
  tx: SqlTx,
  shopId: bigint,
  subjects: readonly string[],
): Promise<StoredAnswer | null> {
  if (subjects.length === 0) return null;
  const [row] = await tx.sql<AnswerRow>(IN_BLOCK, [shopId, subjects]);
  return row ? storedOf(row) : null;
}

const storedOf = (row: AnswerRow): StoredAnswer => ({
  id: row.id,
  surveyId: row.survey_id,
  surveyVersion: row.survey_version,
  customerId: row.customer_id,
  orderId: row.order_id,
  proof: row.proof,
  source: row.source,
  score: row.score,
  comment: row.comment,
  values: row.answers,
  at: row.at,
  verifiedAt: row.verified_at,
});
