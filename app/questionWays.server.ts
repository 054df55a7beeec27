/** How answers to questions leave: in public under the question, and by mail to whoever asked. */
import type { SendReply } from './conversations/sending.ts';
import { mailWay } from './correspondence/correspondence.server.ts';
import type { QuestionLink } from './reviews/links.ts';
import { questionMail } from './reviews/questions/question-mail.ts';
import * as reviews from './reviews/reviews.server.ts';
import { shopById } from './shops/shops.server.ts';
import type { App } from './wiring.server.ts';

/** In public, under the question that it answers; whoever asked is told by the loop below. */
export const underQuestion =
  ({ db }: Pick<App, 'db'>): SendReply =>
  async ({ shopId, source, id, text, at }) => {
    const questionId = /^question:([0-9a-f-]{36})$/.exec(source ?? '')?.[1];
    if (!questionId) return { outcome: 'by-hand' };
    const said = await db.inShop(shopId, (tx) =>
      reviews.answerAsShop(tx, shopId, { questionId, id, text }, at),
    );
    if (said.outcome === 'answered') return { outcome: 'sent', ref: source };
    return { outcome: 'refused', reason: said.outcome === 'gone' ? 'question-gone' : 'not-taken' };
  };

/** The worker's loop that tells whoever asked, where they have left an address. Service: nothing is wanted of them. */
export function questionMailLoop(app: App): (now: Date) => Promise<number> {
  const { db, email, texts, config, reviewLinks } = app;
  const way = mailWay({
    db,
    email,
    texts,
    from: config.MAIL_FROM,
    addresses: null,
    suppressionKey: app.key('suppression'),
  });
  const urlOf = (link: QuestionLink) => reviewLinks.question(link);
  return reviews.makeTellingLoop(db, async (answer, now) => {
    const shop = await db.inShop(answer.shopId, (tx) => shopById(tx, answer.shopId));
    if (!shop) return 'refused';
    const { shopId, id, customerId, attempts, locale } = answer;
    const sent = await way({
      ...questionMail(answer, shop, urlOf({ shopId, questionId: answer.questionId })),
      shopId,
      id,
      customerId,
      attempts,
      language: locale,
      conversationId: answer.questionId,
      kind: 'help',
      address: answer.email,
      thread: [],
      source: null,
      link: null,
      at: now,
    });
    return sent.outcome === 'sent' || sent.outcome === 'later' ? sent.outcome : 'refused';
  });
}
