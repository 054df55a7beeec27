/** How answers to questions leave: in public under the question, and by mail to whoever asked. */
import type { SendReply } from './conversations/sending.ts';
import { mailWay } from './correspondence/correspondence.server.ts';
import type { QuestionLink } from './reviews/links.ts';
import { written } from './messages/messages.server.ts';
import { QUESTION_TEMPLATES, questionFields } from './reviews/questions/question-mail.ts';
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
    const { shopId, id, customerId, attempts } = answer;
    const url = urlOf({ shopId, questionId: answer.questionId });
    const mail = await db.inShop(shopId, async (tx) => {
      const shop = await shopById(tx, shopId);
      const wanted = { own: QUESTION_TEMPLATES, language: answer.locale, class: 'answer' } as const;
      const fields = (locale: string) => questionFields(answer, shop!, url, locale);
      return shop && written(tx, { ...wanted, shop, fields }, now);
    });
    if (!mail) return 'refused';
    const sent = await way({
      subject: mail.subject,
      text: mail.text,
      html: mail.html,
      shopId,
      id,
      customerId,
      attempts,
      language: mail.locale,
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
