/** Answers as rows: saved once by operation and once by subject, tied to their order when it is known. */
import { addTimeline } from '../customers/customers.server.ts';
import type { TimelineEntry } from '../customers/timeline.ts';
import type { SqlTx } from '../db.server.ts';
import { recordEvents } from '../events.server.ts';
import type { NewEvent } from '../events.ts';
import { newId } from '../ids.ts';
import type { Said, Value } from './said.ts';
import type { Proof, Subject } from './subject.server.ts';

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
  values: Record<string, Value>;
  at: Date;
  verifiedAt: Date | null;
}

const INSERT = `
  insert into answer (shop_id, id, survey_id, survey_version, subject, operation_id, customer_id, order_id, checkout_token,
    proof, source, locale, country, score, comment, answers, at, verified_at)
  values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16::jsonb, $17, $18)
  on conflict do nothing returning id`;

/** What somebody proved to be theirs takes the place of what somebody merely claimed. */
const REPLACE_CLAIM = `
  update answer set survey_version = $4, operation_id = $6, customer_id = $7, order_id = $8, checkout_token = $9, proof = $10,
    source = $11, locale = $12, country = $13, score = $14, comment = $15, answers = $16::jsonb, at = $17, verified_at = $18
  where shop_id = $1 and survey_id = $3 and subject = $5 and proof = 'word' and $10 <> 'word'
    and not exists (select 1 from answer other where other.shop_id = $1 and other.operation_id = $6) and $2::uuid is not null
  returning id`;

/** @returns whether it was new; the first answer about a subject stays */
export async function saveAnswer(tx: SqlTx, answer: NewAnswer, now: Date): Promise<boolean> {
  const values = rowOf(answer, now);
  const [inserted] = await tx.sql<{ id: string }>(INSERT, values);
  const saved = inserted ?? (await tx.sql<{ id: string }>(REPLACE_CLAIM, values))[0];
  if (!saved) return false;
  await announce(tx, [announcementOf(answer, saved.id, now)], now);
  return true;
}

const REVISE = `
  update answer set score = $3, comment = coalesce($4, comment), answers = $5::jsonb
  where shop_id = $1 and id = $2 and answers is distinct from $5::jsonb returning id`;

/** Somebody pressed the wrong one: the house hears of the new answer as of any other. */
export async function reviseAnswer(
  tx: SqlTx,
  given: Pick<StoredAnswer, 'id'>,
  answer: NewAnswer,
  now: Date,
): Promise<void> {
  const { shopId, said } = answer;
  const [row] = await tx.sql(REVISE, [shopId, given.id, said.score, said.comment, said.values]);
  if (row) await announce(tx, [{ ...announcementOf(answer, given.id, now), again: true }], now);
}

/** What was said first stays. */
const SUPPLEMENT = `
  update answer a set comment = coalesce(a.comment, $3), answers = $4::jsonb || a.answers
  from answer before where a.shop_id = $1 and a.id = $2 and before.shop_id = $1 and before.id = $2
  returning a.customer_id, a.order_id, before.comment is null and a.comment is not null as said`;

/** Adds follow-ups to an answer; words that come with them are news for whoever answers them. */
export async function supplementAnswer(
  tx: SqlTx,
  shopId: bigint,
  given: Pick<StoredAnswer, 'id'>,
  said: Said,
  now: Date,
): Promise<void> {
  interface Row {
    customer_id: string | null;
    order_id: bigint | null;
    said: boolean;
  }
  const [row] = await tx.sql<Row>(SUPPLEMENT, [shopId, given.id, said.comment, said.values]);
  if (!row?.said) return;
  const base = { shopId, customerId: row.customer_id, orderId: row.order_id, at: now };
  await recordEvents(tx, [{ ...base, kind: 'answer.commented', data: { answerId: given.id } }], now);
}

function rowOf(answer: NewAnswer, now: Date): unknown[] {
  const { survey, subject, said } = answer;
  return [
    answer.shopId,
    newId(now),
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
  ];
}

/** What the rest of the house hears of an answer. */
export interface Announcement {
  shopId: bigint;
  answerId: string;
  surveyKey: string;
  score: number | null;
  label: string;
  customerId: string | null;
  orderId: bigint | null;
  at: Date;
  /** Not yet: `answer.given` only. Now: both. Late: `answer.verified` only, the order came after the answer. */
  verified: 'no' | 'now' | 'late';
  /** It was said before, and is said otherwise now. */
  again?: boolean;
}

function announcementOf(answer: NewAnswer, answerId: string, now: Date): Announcement {
  const { shopId, survey, subject, said, label, verified } = answer;
  return {
    shopId,
    answerId,
    surveyKey: survey.key,
    score: said.score,
    label,
    customerId: verified ? subject.customerId : null,
    orderId: verified ? subject.orderId : null,
    at: now,
    verified: verified ? 'now' : 'no',
  };
}

/** Events, and a line in the customer's story. */
export async function announce(tx: SqlTx, all: readonly Announcement[], now: Date): Promise<void> {
  await recordEvents(tx, all.flatMap(eventsOf), now);
  const known = all.filter((each) => each.verified !== 'no' && each.customerId !== null);
  if (known.length === 0) return;
  await addTimeline(tx, known.map(lineOf), now);
}

function eventsOf(each: Announcement): NewEvent[] {
  const { shopId, customerId, orderId, answerId, surveyKey, score, at } = each;
  const base = { shopId, customerId, orderId, at };
  const data = { answerId, surveyKey, score, ...(each.again ? { again: true } : {}) };
  const events: NewEvent[] = [];
  if (each.verified !== 'late') events.push({ ...base, kind: 'answer.given', data });
  if (each.verified !== 'no')
    events.push({ ...base, kind: 'answer.verified', data: { ...data, late: each.verified === 'late' } });
  return events;
}

function lineOf(each: Announcement): TimelineEntry {
  const { shopId, customerId, orderId, at, answerId, surveyKey: survey, score, label } = each;
  const data = { answerId, survey, score, label };
  return { shopId, customerId: customerId!, orderId, at, kind: 'answer', code: 'answer-given', data };
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
  answers: Record<string, Value>;
  at: Date;
  verified_at: Date | null;
}

const FIND = `
  select id, survey_id, survey_version, customer_id, order_id, proof, source, score, comment, answers, at,
    verified_at
  from answer where shop_id = $1 and survey_id = $2 and subject = any($3::text[])
  order by (proof = 'word'), at limit 1`;

/** What was said under one of these subjects; what is proven goes first. */
export async function answerOn(
  tx: SqlTx,
  shopId: bigint,
  surveyId: string,
  subjects: readonly string[],
): Promise<StoredAnswer | null> {
  const [row] = await tx.sql<AnswerRow>(FIND, [shopId, surveyId, subjects]);
  if (!row) return null;
  return {
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
  };
}
