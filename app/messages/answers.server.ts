/** Every answer of permission is a row with its reason; what is moved leaves a line in the customer's timeline. */
import { addTimeline } from '../customers/customers.server.ts';
import type { SqlTx } from '../db.server.ts';
import { newId } from '../ids.ts';
import type { MessageChannel, Reason } from './message.ts';

export interface Answer {
  shopId: bigint;
  messageId: string;
  answer: 'yes' | 'later' | 'never';
  /** Empty for a plain yes. */
  reason: Reason | Record<string, never>;
  /** Of `later` */
  until: Date | null;
}

const REMEMBER = `
  insert into permission_answer (shop_id, message_id, id, answer, reason, until, at)
  select shop_id, message_id, id, answer, reason::jsonb, until, $7
  from unnest($1::bigint[], $2::uuid[], $3::uuid[], $4::text[], $5::text[], $6::timestamptz[])
    as t(shop_id, message_id, id, answer, reason, until)`;

export async function rememberAnswers(tx: SqlTx, answers: readonly Answer[], now: Date): Promise<void> {
  if (answers.length === 0) return;
  await tx.sql(REMEMBER, [
    answers.map((one) => one.shopId),
    answers.map((one) => one.messageId),
    answers.map(() => newId(now)),
    answers.map((one) => one.answer),
    answers.map((one) => JSON.stringify(one.reason)),
    answers.map((one) => one.until),
    now,
  ]);
}

/** A message that goes later than it was to. */
export interface Move {
  shopId: bigint;
  customerId: string;
  orderId: bigint | null;
  messageId: string;
  template: string;
  channel: MessageChannel;
  from: Date;
  until: Date;
  reason: Reason;
}

/** The lines in the timelines. */
export async function tellMoved(tx: SqlTx, moves: readonly Move[], now: Date): Promise<void> {
  const lines = moves.map(
    ({ shopId, customerId, orderId, messageId, template, channel, from, until, reason }) => ({
      shopId,
      customerId,
      orderId,
      at: now,
      kind: 'message' as const,
      code: 'message-moved' as const,
      data: { messageId, template, channel, from: from.toISOString(), until: until.toISOString(), reason },
    }),
  );
  if (lines.length > 0) await addTimeline(tx, lines, now);
}
