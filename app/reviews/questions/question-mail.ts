/** The mail that tells whoever asked of an answer: their own words, the answer, and the way out of further ones. */
import type { Shop } from '../../shops/shop.ts';
import { textFor } from '../../shops/translations.ts';
import { QUESTION_TEXTS } from './question-texts.ts';
import type { AnswerToTell } from './mails.server.ts';

type Told = Pick<AnswerToTell, 'question' | 'answer' | 'by' | 'name' | 'product' | 'productUrl' | 'locale'>;

/** @param ownUrl page of the question for whoever asked */
export function questionMail(
  told: Told,
  shop: Pick<Shop, 'locale' | 'name' | 'domain'>,
  ownUrl: string,
): { subject: string; text: string } {
  const { question, answer, by, name, product, productUrl, locale } = told;
  const say = (key: keyof typeof QUESTION_TEXTS, values: Record<string, string> = {}) =>
    textFor(QUESTION_TEXTS[key], locale, shop.locale).replace(
      /\{(\w+)\}/g,
      (_, word: string) => values[word] ?? '',
    );
  const shopName = shop.name || shop.domain;
  const who = by === 'merchant' ? shopName : (name ?? say('somebody'));
  const about = product ?? shopName;
  const text = [
    `${say('mailAsked', { product: about })}\n“${question}”`,
    `${say(by === 'merchant' ? 'mailShop' : 'mailOwner', { name: who })}\n${answer}`,
    productUrl,
    `${say('mailOwn')}\n${ownUrl}`,
    shopName,
  ];
  return { subject: say('mailSubject', { product: about }), text: text.filter(Boolean).join('\n\n') };
}
