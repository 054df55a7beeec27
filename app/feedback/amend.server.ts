/**
 * What follows the first answer of a page, under the same operation id. The first press is saved at once, so that a page
 * that is left loses nothing; later words are added to it, another press changes it.
 */
import type { SqlTx } from '../db.server.ts';
import { isSame, reviseAnswer, supplementAnswer, type NewAnswer } from './answers.server.ts';
import type { Answers } from './survey.ts';

/** Of this operation and about this subject only: the id alone opens nobody else's answer. */
const BEGUN = `
  select id, answers, score::int as score from answer
  where shop_id = $1 and operation_id = $2 and survey_id = $3 and subject = any($4::text[]) for update`;

/**
 * Twice is once. Parts that are counted replace each other in turn; those that are not (from before they were) add to the
 * first answer, or change it.
 * @param subjects all names that what is answered may have been saved under
 */
export async function amendAnswer(
  tx: SqlTx,
  answer: NewAnswer,
  subjects: readonly string[],
  now: Date,
): Promise<void> {
  const { shopId, operationId, survey, said } = answer;
  const [begun] = await tx.sql<{ id: string; answers: Answers; score: number | null }>(BEGUN, [
    shopId,
    operationId,
    survey.id,
    subjects,
  ]);
  if (!begun) return;
  const before = { id: begun.id, score: begun.score, values: begun.answers };
  const [first] = Object.keys(said.values);
  const goesOn = first !== undefined && isSame(begun.answers[first], said.values[first]);
  if (answer.part === undefined && goesOn) await supplementAnswer(tx, answer, before, said, now);
  else await reviseAnswer(tx, before, answer, now);
}
