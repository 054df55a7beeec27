/**
 * The door of feedback: surveys, answers, scores. See README.md for words and invariants.
 * The code for friends and the link to preferences come from elsewhere and are handed in as `BlockNeeds`.
 */
import type { SqlTx } from '../db.server.ts';
import type { Shop } from '../shops/shop.ts';
import { installSurveys } from './surveys.server.ts';

export { answersCsv, listAnswers, type AnswerAsk, type AnswerCard } from './answer-list.server.ts';
export { scoresBy, scoresByCsv } from './group-scores.server.ts';
export { funnelCsv, scoresOf, type ScoreAsk } from './scores.server.ts';
export { answer, answerLocks, blockView, tellParcel, tellRedeem, tellShared } from './block.server.ts';
export { answerInputSchema, parcelInputSchema, redeemInputSchema, sharedInputSchema } from './block-input.ts';
export type { AnswerResult, BlockAsk, BlockNeeds, ReferralShown } from './block.server.ts';
export { heardFrom, heardQuestion } from './heard.server.ts';
export { feedbackLinks, type FeedbackLinks } from './links.ts';
export { answerByPage, answerPage, type AnswerPage } from './survey-page.server.ts';
export type { PageLink } from './respondent.server.ts';
export { answersSaid, type SaidAnswer } from './voices.server.ts';
export { forgetAskings } from './asking.server.ts';
export { mailQuestions } from './mail-question.server.ts';
export { resultsCsv, resultsOf, trialOf } from './results.server.ts';
export { settleAnswers } from './settle.server.ts';
export { tellShopify } from './tell.server.ts';
export { verifyAnswers } from './verify.server.ts';
export {
  createSurvey,
  deleteSurvey,
  editedSurveys,
  answeredSurvey,
  listSurveys,
  orderSurveys,
  publishSurvey,
  saveSurveyDraft,
  surveyByKey,
  switchSurvey,
  type EditedSurvey,
  type LiveSurvey,
} from './surveys.server.ts';

/** Gives a new shop its surveys; what it has stays as it is. On `shop.installed`. */
export async function installDefaults(tx: SqlTx, shop: Shop, now: Date): Promise<void> {
  await installSurveys(tx, shop.id, now);
}

const MERGE_ANSWERS = `
  update answer set customer_id = t.into_id from unnest($1::bigint[], $2::uuid[], $3::uuid[]) as t(shop_id, from_id, into_id)
  where answer.shop_id = t.shop_id and answer.customer_id = t.from_id`;
/** Follows a merge: what `from` said, `into` has said. On `customer.merged`. */
export async function mergeCustomers(
  tx: SqlTx,
  merges: readonly { shopId: bigint; from: string; into: string }[],
): Promise<void> {
  const values = [merges.map((m) => m.shopId), merges.map((m) => m.from), merges.map((m) => m.into)];
  await tx.sql(MERGE_ANSWERS, values);
}
