/** What follows in this house from an answer whose order is confirmed: wishes for contact hold at once, and it settles. */
import { preferencesOf, savePreferences } from '../customers/customers.server.ts';
import type { SqlTx } from '../db.server.ts';
import { recordEvents } from '../events.server.ts';
import type { Answers } from './survey.ts';
import { surveyAt } from './surveys.server.ts';

/** So long a page may be left alone before its answer is taken as whole. */
const PATIENCE_MS = 10 * 60_000;

interface Row {
  shop_id: bigint;
  id: string;
  key: string;
  survey_id: string;
  survey_version: number;
  customer_id: string | null;
  order_id: bigint | null;
  answers: Answers;
  score: number | null;
  whole: boolean;
}

const READ = `
  select a.shop_id, a.id, s.key, a.survey_id, a.survey_version, a.customer_id, a.order_id, a.answers, a.score::int as score,
    a.whole
  from unnest($1::bigint[], $2::uuid[]) as t(shop_id, id) join answer a on a.shop_id = t.shop_id and a.id = t.id
  join survey s on s.shop_id = a.shop_id and s.id = a.survey_id
  where a.verified_at is not null and a.customer_id is not null`;

/** On `answer.verified` and `answer.amended`. */
export async function settleAnswers(
  tx: SqlTx,
  answers: readonly { shopId: bigint; answerId: string }[],
  now: Date,
): Promise<void> {
  const rows = await tx.sql<Row>(READ, [
    answers.map(({ shopId }) => shopId),
    answers.map(({ answerId }) => answerId),
  ]);
  for (const row of rows) {
    await holdWishes(tx, row, now);
    const data = { answerId: row.id, surveyKey: row.key, score: row.score };
    const { shop_id: shopId, customer_id: customerId, order_id: orderId } = row;
    const dueAt = row.whole ? now : new Date(now.getTime() + PATIENCE_MS);
    await recordEvents(tx, [{ shopId, kind: 'answer.settled', customerId, orderId, data, at: now }], dueAt);
  }
}

/** What was wished for in a survey is a preference like one of the page of preferences; what was not said stays. */
async function holdWishes(tx: SqlTx, row: Row, now: Date): Promise<void> {
  const survey = await surveyAt(tx, row.shop_id, row.survey_id, row.survey_version);
  for (const { kind, key } of survey?.content.questions ?? []) {
    const wish = row.answers[key];
    if (kind !== 'contact' || typeof wish !== 'object' || Array.isArray(wish)) continue;
    const customer = { shopId: row.shop_id, id: row.customer_id! };
    const before = await preferencesOf(tx, customer);
    const { channel, frequency, hour } = wish;
    await savePreferences(
      tx,
      customer,
      {
        ...before,
        ...(channel === 'email' || channel === 'sms' ? { channel } : {}),
        ...(frequency === 'all' || frequency === 'fewer' || frequency === 'order-news' ? { frequency } : {}),
        ...(hour === undefined ? {} : { hour: hour === '' ? null : Number(hour) }),
      },
      now,
    );
  }
}
