/** The door of reviews: what buyers say in public of products and of the shop. See README.md for words and invariants. */
import type { ShopTx, SqlTx } from '../db.server.ts';
import { installTemplates } from '../messages/messages.server.ts';
import { QUESTION_TEMPLATES } from './questions/question-mail.ts';

export { reviewsSaid, type SaidReview } from './said.server.ts';
export { attributesIn, saveAttributes } from './attributes.server.ts';
export { decisionsAbout } from './decisions.server.ts';
export { reviewForm, type Reviewable, type ReviewForm } from './form.server.ts';
export {
  beginImport,
  firstPiece,
  forgetFiles,
  importById,
  listImports,
  problemsOf,
  receivePiece,
  startImport,
  type ReviewImport,
} from './import/file.server.ts';
export { previewOf, type Preview } from './import/preview.server.ts';
export { runImport, undoImport } from './import/run.server.ts';
export { listReviews, reviewsCsv, reviewSummary, type ReviewCard } from './list.server.ts';
export { beforeErasure } from './people.server.ts';
export { makeClockLoop, moderate, type Moderating } from './moderate.server.ts';
export { makePhotoLoop } from './photo-loop.server.ts';
export { picturesOf } from './photos.server.ts';
export { makeRatingLoop } from './rating-loop.server.ts';
export { tellAgain } from './ratings.server.ts';
export { answerAsOwner, answerAsShop, hasBought, type AnswerResult } from './questions/answer.server.ts';
export { askQuestion, type AskResult } from './questions/ask.server.ts';
export { ownQuestion, stopTelling, takeBack, type OwnQuestion } from './questions/asker.server.ts';
export { listQuestions, questionsCsv, questionSummary, type QuestionCard } from './questions/list.server.ts';
export { makeTellingLoop, type AnswerToTell, type Told } from './questions/mails.server.ts';
export {
  askedProduct,
  openQuestions,
  shownQuestions,
  type OpenQuestion,
  type PublicQuestion,
} from './questions/shown.server.ts';
export { questionsSaid } from './said.server.ts';
export { reply } from './reply.server.ts';
export { shownReviews, type PublicReview } from './shown.server.ts';
export { writeReviews, type WrittenReview, type WriteResult } from './write.server.ts';

/** Gives a new shop the mail that tells of an answer; one that was edited stays as it is. On `shop.installed`. */
export async function installDefaults(tx: ShopTx, now: Date): Promise<void> {
  await installTemplates(tx, QUESTION_TEMPLATES, now);
}

const MERGE = `
  update review set customer_id = t.into_id from unnest($1::bigint[], $2::uuid[], $3::uuid[]) as t(shop_id, from_id, into_id)
  where review.shop_id = t.shop_id and review.customer_id = t.from_id
    and not exists (select 1 from review r where r.shop_id = review.shop_id and r.order_id = review.order_id
      and r.product_id is not distinct from review.product_id and r.customer_id = t.into_id)`;
const MERGE_QUESTIONS = `
  update product_question set customer_id = t.into_id from unnest($1::bigint[], $2::uuid[], $3::uuid[]) as t(shop_id, from_id, into_id)
  where product_question.shop_id = t.shop_id and product_question.customer_id = t.from_id`;
const MERGE_ANSWERS = `
  update question_answer set customer_id = t.into_id from unnest($1::bigint[], $2::uuid[], $3::uuid[]) as t(shop_id, from_id, into_id)
  where question_answer.shop_id = t.shop_id and question_answer.customer_id = t.from_id`;

/** Follows a merge: what `from` said, `into` has said. On `customer.merged`. */
export async function mergeCustomers(
  tx: SqlTx,
  merges: readonly { shopId: bigint; from: string; into: string }[],
): Promise<void> {
  const values = [merges.map((m) => m.shopId), merges.map((m) => m.from), merges.map((m) => m.into)];
  await tx.sql(MERGE, values);
  await tx.sql(MERGE_QUESTIONS, values);
  await tx.sql(MERGE_ANSWERS, values);
}
