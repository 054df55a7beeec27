/** The newest of what somebody has said in public, for their page. */
import type { SqlTx } from './db.server.ts';
import { listQuestions, listReviews } from './reviews/reviews.server.ts';

const NEWEST = 3;
const MOST_TEXT = 160;

const cut = (text: string | null) =>
  text && [...text].length > MOST_TEXT ? `${[...text].slice(0, MOST_TEXT).join('')}…` : text;

export async function saidInPublic(tx: SqlTx, shopId: bigint, customerId: string) {
  const ask = { shopId, customerId, limit: NEWEST };
  const { reviews } = await listReviews(tx, ask);
  const { questions } = await listQuestions(tx, ask);
  return {
    reviews: reviews.map(({ id, stars, productId, product, title, text, state }) => ({
      id,
      stars,
      state,
      about: productId === null ? 'Your shop' : (product ?? 'A product that is gone'),
      text: cut(title ?? text),
    })),
    questions: questions.map(({ id, product, text, state, answers }) => ({
      id,
      state,
      about: product ?? 'A product that is gone',
      text: cut(text),
      answers: answers.length,
    })),
  };
}
