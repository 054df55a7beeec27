/** A text made ready for sending, once, when it is published: Liquid inside HTML that MJML made, and inside plain text. */
import type { TemplateText } from './blocks.ts';
import { mailMjml } from './mail-document.ts';
import { Keeper } from './marked-text.ts';
import { mailText } from './plain-text.ts';

export interface Compiled {
  html: string;
  text: string;
}

/** MJML is large, and workers hardly ever publish: it is loaded when the first text is compiled. */
const loadMjml = async () => (await import('mjml')).default;

/** For processes that show mails being written: loading stands still for most of a second, which nobody should wait for. */
export const readyToCompile = async (): Promise<void> => void (await loadMjml());

export async function compile(text: TemplateText, locale: string): Promise<Compiled> {
  const mjml = await loadMjml();
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
