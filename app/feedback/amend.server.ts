/**
 * What follows the first answer of a page, under the same operation id. The first press is saved at once, so that a page
 * that is left loses nothing; later words are added to it, another press changes it.
 */
import type { SqlTx } from '../db.server.ts';
import { reviseAnswer, supplementAnswer, type NewAnswer } from './answers.server.ts';
import type { Value } from './said.ts';

/** Of this operation and about this subject only: the id alone opens nobody else's answer. */
const BEGUN = `
  select id, answers from answer
  where shop_id = $1 and operation_id = $2 and survey_id = $3 and subject = any($4::text[]) for update`;

/**
 * Twice is once. The house hears of it only when the first answer is another one.
 * @param of `subjects`: all names that what is answered may have been saved under
 */
export async function amendAnswer(
  tx: SqlTx,
  answer: NewAnswer,
  of: { subjects: readonly string[]; firstQuestion: string },
  now: Date,
): Promise<void> {
  const { shopId, operationId, survey, said } = answer;
  const first = of.firstQuestion;
  const [begun] = await tx.sql<{ id: string; answers: Record<string, Value> }>(BEGUN, [
    shopId,
    operationId,
    survey.id,
    of.subjects,
  ]);
  if (!begun) return;
  if (begun.answers[first] === said.values[first]) await supplementAnswer(tx, shopId, begun, said, now);
  else await reviseAnswer(tx, begun, answer, now);
}
