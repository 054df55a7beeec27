/** What the rest of the house hears of answers: events, and lines in customers' stories. */
import { addTimeline } from '../customers/customers.server.ts';
import type { TimelineEntry } from '../customers/timeline.ts';
import type { SqlTx } from '../db.server.ts';
import { recordEvents } from '../events.server.ts';
import type { NewEvent } from '../events.ts';
import type { NewAnswer } from './answers.server.ts';

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

export function announcementOf(answer: NewAnswer, answerId: string, now: Date): Announcement {
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
  await addTimeline(tx, all.flatMap(linesOf), now);
}

export function eventsOf(each: Announcement): NewEvent[] {
  const { shopId, customerId, orderId, answerId, surveyKey, score, at } = each;
  const base = { shopId, customerId, orderId, at };
  const data = { answerId, surveyKey, score, ...(each.again ? { again: true } : {}) };
  const events: NewEvent[] = [];
  if (each.verified !== 'late') events.push({ ...base, kind: 'answer.given', data });
  if (each.verified !== 'no')
    events.push({ ...base, kind: 'answer.verified', data: { ...data, late: each.verified === 'late' } });
  return events;
}

/** Of whom nothing is proven there is no story. */
export function linesOf(each: Announcement): TimelineEntry[] {
  const { shopId, customerId, orderId, at, answerId, surveyKey: survey, score, label } = each;
  if (each.verified === 'no' || customerId === null) return [];
  const data = { answerId, survey, score, label };
  return [{ shopId, customerId, orderId, at, kind: 'answer', code: 'answer-given', data }];
}

/** A row that was changed. */
export interface ChangedRow {
  customer_id: string | null;
  order_id: bigint | null;
  verified_at: Date | null;
  /** Words that were not there before. */
  said: boolean;
}

/** Words that come after the answer are news for whoever answers them. */
export async function announceWords(
  tx: SqlTx,
  shopId: bigint,
  answerId: string,
  row: ChangedRow,
  now: Date,
): Promise<void> {
  if (!row.said) return;
  const base = { shopId, customerId: row.customer_id, orderId: row.order_id, at: now };
  await recordEvents(tx, [{ ...base, kind: 'answer.commented', data: { answerId } }], now);
}

/** More was said, or something else. */
export async function announceMore(
  tx: SqlTx,
  of: { shopId: bigint; survey: { key: string }; answerId: string; score: number | null },
  row: ChangedRow,
  now: Date,
): Promise<void> {
  const isKnown = row.verified_at !== null;
  const event = {
    shopId: of.shopId,
    kind: 'answer.amended' as const,
    customerId: isKnown ? row.customer_id : null,
    orderId: isKnown ? row.order_id : null,
    data: { answerId: of.answerId, surveyKey: of.survey.key, score: of.score },
    at: now,
  };
  await recordEvents(tx, [event], now);
}
