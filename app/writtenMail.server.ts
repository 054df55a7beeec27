/** The text of a mail as its editor posts it, saved or only looked at. */
import type { ShopTx } from './db.server.ts';
import type { Fields } from './fields.server.ts';
import { templateTextSchema, type TemplateText } from './messages/blocks.ts';
import { templatesOf } from './messages/messages.server.ts';
import type { Dressing } from './messages/render.ts';
import { QUESTION_ANSWERED } from './reviews/questions/question-mail.ts';
import { senderOfText } from './sequences/sequences.server.ts';
import { MAIL_LOCALES, type MailLocale } from './shops/settings.ts';

export interface WrittenMail {
  key: string;
  locale: MailLocale;
  text: TemplateText;
}

/**
 * @param key of the template
 * @returns what is wrong with the text, in words, where something is
 * @throws Response 400 for a language that no mail has
 */
export function writtenMail(fields: Fields, key: string): WrittenMail | { problems: string[] } {
  const text = templateTextSchema.safeParse(fields.json('text'));
  if (!text.success)
    return { problems: text.error.issues.map((issue) => `${issue.path.join(' ')}: ${issue.message}`) };
  const locale = MAIL_LOCALES.find((name) => name === fields.text('locale'));
  if (!locale) throw new Response('There is no such language', { status: 400 });
  return { key, locale, text: text.data };
}

/** @throws Response 404 where there is no such text */
export async function mustBeThere(tx: ShopTx, key: string): Promise<void> {
  if ((await templatesOf(tx, key)).length === 0) throw new Response('There is no such text', { status: 404 });
}

/** By which rules it goes: those of whoever sends it. */
export const kindOfText = async (tx: ShopTx, key: string): Promise<Dressing['class']> =>
  (await senderOfText(tx, key))?.class ?? classOf(key);

export const classOf = (key: string): Dressing['class'] => (key === QUESTION_ANSWERED ? 'answer' : 'service');
