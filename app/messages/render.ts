/** A published text filled in for one customer. */
import { headerText } from './address.ts';
import { readableOn } from './color.ts';
import type { MergeFields } from './fields.ts';
import { fill, parse, type Parsed } from './liquid.ts';
import type { MessageClass, Reason } from './message.ts';
import { withLinks, withPixel } from './tracking.ts';

/** What is stored of a published text. */
export interface CompiledText {
  subject: string;
  html: string;
  text: string;
  /** For the channel sms. */
  sms: string;
}

/** Read once, filled in many times. */
export interface ParsedText {
  subject: Parsed;
  html: Parsed;
  text: Parsed;
  sms: Parsed;
}

export function parseText(compiled: CompiledText): ParsedText {
  return {
    subject: parse('text', compiled.subject),
    html: parse('html', compiled.html),
    text: parse('text', compiled.text),
    sms: parse('text', compiled.sms),
  };
}

/** What mails hold beside the fields that merchants name. */
export interface Dressing {
  /** answer: to somebody who has asked, and who may be no customer. */
  class: MessageClass | 'answer';
  brand: { logoUrl: string; color: string };
  postalAddress: string;
}

export interface Tracking {
  /** Leads a link through us; null: links lead where they say. */
  click: ((url: string) => string) | null;
  pixelUrl: string | null;
  /** Links that begin so are ours already. */
  ownOrigin: string;
}

export interface Rendered {
  subject: string;
  html: string;
  text: string;
}

/** The whole context of a mail, ready for Liquid. */
function contextOf(fields: MergeFields, dressing: Dressing): object {
  const { color, logoUrl } = dressing.brand;
  return {
    ...fields,
    shop: { ...fields.shop, address: dressing.postalAddress },
    message: { class: dressing.class },
    brand: { color, on_color: readableOn(color), logo: logoUrl },
  };
}

/** The mail, or the reason why it cannot be said: a field that is not known, a link that leads nowhere. */
export function renderMail(
  parsed: ParsedText,
  fields: MergeFields,
  dressing: Dressing,
  tracking: Tracking,
): Rendered | { missing: Reason } {
  const context = contextOf(fields, dressing);
  const subject = fill(parsed.subject, context);
  if ('missing' in subject) return missing(subject.missing);
  const html = fill(parsed.html, context);
  if ('missing' in html) return missing(html.missing);
  const text = fill(parsed.text, context);
  if ('missing' in text) return missing(text.missing);
  const linked = withLinks(html.text, { lead: tracking.click, ownOrigin: tracking.ownOrigin });
  if ('broken' in linked) return { missing: { code: 'broken-link', link: linked.broken.slice(0, 200) } };
  return {
    subject: headerText(subject.text),
    html: tracking.pixelUrl ? withPixel(linked.html, tracking.pixelUrl) : linked.html,
    text: tidy(text.text),
  };
}

/** A text message; it has no subject and nothing in it reports back. */
export function renderSms(
  parsed: ParsedText,
  fields: MergeFields,
  dressing: Dressing,
): Rendered | { missing: Reason } {
  const body = fill(parsed.sms, contextOf(fields, dressing));
  return 'missing' in body ? missing(body.missing) : { subject: '', html: '', text: tidy(body.text) };
}

const missing = (field: string) => ({ missing: { code: 'missing-field', field } });

/** Conditions and loops leave empty lines behind. */
const tidy = (text: string): string =>
  text
    .replace(/[ \t]+\n/g, '\n')
    .replace(/\n{3,}/g, '\n\n')
    .replace('\n--\n', '\n-- \n')
    .trim();
