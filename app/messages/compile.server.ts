/** A text made ready for sending, once, when it is published: Liquid inside HTML that MJML made, and inside plain text. */
import mjml from 'mjml';
import type { TemplateText } from './blocks.ts';
import { mailMjml } from './mail-document.ts';
import { Keeper } from './marked-text.ts';
import { mailText } from './plain-text.ts';

export interface Compiled {
  html: string;
  text: string;
}

export async function compile(text: TemplateText, locale: string): Promise<Compiled> {
  const keep = new Keeper();
  const { html } = await mjml(mailMjml(text, locale, keep), { validationLevel: 'skip', fonts: {} });
  return { html: keep.restore(slim(html)), text: mailText(text, locale) };
}

/** MJML indents generously, and mails are billed and clipped by their size. */
const slim = (html: string): string =>
  html
    .replace(/\n\s+/g, '\n')
    .replace(/\n{2,}/g, '\n')
    .replace(/>\n</g, '><')
    .replace(/ +(?=>)/g, '');
