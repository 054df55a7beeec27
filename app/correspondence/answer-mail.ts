/** An answer as a mail: in its thread, from the shop, in plain text and in the shop's look. */
import { headerText, mailboxOf } from '../messages/address.ts';
import type { OutgoingMail } from '../messages/provider.ts';
import type { Shop } from '../shops/shop.ts';
import { closestTag } from '../shops/translations.ts';
import type { OutgoingAnswer } from './answers.ts';

interface MailFrame {
  shop: Shop;
  /** Address that mails come from where a shop has none of its own. */
  from: string;
  /** Where what is answered comes in. */
  replyTo: string | null;
  at: Date;
}

/** Mails that a thread's newest one names; readers put it together from a few. */
const MOST_REFERENCES = 20;

const SUBJECTS: Readonly<Record<string, string>> = {
  en: 'Your message to {shop}',
  de: 'Ihre Nachricht an {shop}',
  fr: 'Votre message à {shop}',
  es: 'Tu mensaje a {shop}',
};

/** @param answer whose address can be written to (mailboxOf) */
export function mailOfAnswer(answer: OutgoingAnswer & { address: string }, frame: MailFrame): OutgoingMail {
  const { shop, from, replyTo, at } = frame;
  const { sender } = shop.settings;
  const name = headerText(sender.name || shop.name || shop.domain);
  const thread = answer.thread.flatMap((named) => /^mail:(<[^<>\s]+>)$/.exec(named)?.[1] ?? []);
  const newest = thread.at(-1);
  return {
    id: answer.id,
    shopId: answer.shopId,
    from: { name, address: mailboxOf(sender.email) ?? from },
    to: answer.address,
    replyTo: replyTo ?? mailboxOf(sender.replyTo) ?? mailboxOf(sender.email) ?? mailboxOf(shop.email),
    at,
    subject: subjectOf(answer, name, shop.locale),
    html: answer.html ?? htmlOf(answer.text, answer.language ?? shop.locale, shop),
    text: answer.text,
    headers: {
      'X-Everafter': String(answer.shopId),
      ...(answer.kind === 'reply' ? {} : { 'Auto-Submitted': 'auto-generated' }),
      ...(newest ? { 'In-Reply-To': newest, References: thread.slice(-MOST_REFERENCES).join(' ') } : {}),
    },
  };
}

function subjectOf({ subject, language, kind, thread }: OutgoingAnswer, name: string, own: string): string {
  const told = headerText(subject ?? '');
  if (told) return kind === 'notice' || !thread.length || /^re:/i.test(told) ? told : `Re: ${told}`;
  const tag = closestTag(Object.keys(SUBJECTS), language, own) ?? 'en';
  return headerText((SUBJECTS[tag] ?? SUBJECTS['en']!).replace('{shop}', name));
}

const escaped = (text: string) => text.replace(/[&<>"']/g, (mark) => `&#${mark.charCodeAt(0)};`);

/** Addresses become links; what stands in a text is never markup. */
function lineOf(line: string, color: string): string {
  return line
    .split(/(https?:\/\/[^\s<>"']*[^\s<>"'.,;:!?)\]])/)
    .map((part, index) =>
      index % 2 === 1
        ? `<a href="${escaped(part)}" style="color:${color}">${escaped(part)}</a>`
        : escaped(part),
    )
    .join('');
}

/** As a person writes: paragraphs, no pictures but the shop's own mark, nothing that counts readers. */
function htmlOf(text: string, language: string, { name, settings: { brand } }: Shop): string {
  const paragraphs = text
    .split(/\n{2,}/)
    .map(
      (part) =>
        `<p>${part
          .split('\n')
          .map((line) => lineOf(line, brand.color))
          .join('<br>')}</p>`,
    )
    .join('');
  const logo = brand.logoUrl
    ? `<p style="margin-top:24px"><img src="${escaped(brand.logoUrl)}" alt="${escaped(name)}" height="32" style="height:32px"></p>`
    : '';
  return `<!doctype html><html lang="${escaped(language)}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"></head><body style="margin:0;padding:16px;font:16px/1.5 -apple-system,'Segoe UI',Roboto,Helvetica,Arial,sans-serif;color:#1f2124;background:#ffffff"><div style="max-width:600px;margin:0 auto;overflow-wrap:anywhere;word-break:break-word;border-top:3px solid ${brand.color};padding-top:16px">${paragraphs}${logo}</div></body></html>`;
}
