/** A mail as it came (RFC 5322, MIME in whatever charset) as the rules look at it. Never throws for what a mail can hold. */
import { compile } from 'html-to-text';
import { simpleParser, type AddressObject, type Attachment, type ParsedMail } from 'mailparser';
import type { IncomingMail, LeftOut, MailPart } from '../../../correspondence/incoming-mail.ts';
import { MAX_MAIL_BYTES, MAX_WORDS } from '../../../correspondence/incoming-mail.ts';
import { headerText } from '../../../messages/address.ts';

/** Says of a mail that was cut down how large it had been. */
const CUT_HEADER = 'x-everafter-cut';
/** Names something that was cut off: its bytes, its kind, its name in base64. */
const LOST_HEADER = 'x-everafter-lost';
/** Answers longer than this are cut before they are made text: nobody reads a megabyte of markup. */
const MAX_HTML = 512 * 1024;
const MAX_PARTS = 30;
/** Of those that are not kept so many are named. */
const MAX_NAMED = 50;
const MAX_TO = 50;

/** Quotes go before markup does: afterwards only guesses can tell them from what is new. */
const textOfHtml = compile({
  wordwrap: false,
  // A picture that came along has its place; one that lies elsewhere is none of the mail's.
  formatters: {
    place(element, _walk, builder) {
      const [, cid] = /^cid:([^\s\]]{1,300})$/i.exec(element.attribs?.['src'] ?? '') ?? [];
      if (cid) builder.addInline(`[cid:${decoded(cid)}]`, { noWordTransform: true });
    },
  },
  limits: { maxInputLength: MAX_HTML, maxDepth: 60, maxChildNodes: 2000, ellipsis: '' },
  selectors: [
    { selector: 'a', options: { ignoreHref: true } },
    { selector: 'img', format: 'place' },
    { selector: 'style', format: 'skip' },
    { selector: 'script', format: 'skip' },
    ...['blockquote', 'div.gmail_quote', 'div.yahoo_quoted', 'div#divRplyFwdMsg', 'div.moz-cite-prefix'].map(
      (selector) => ({ selector, format: 'skip' }),
    ),
    { selector: 'table', format: 'dataTable', options: { uppercaseHeaderCells: false } },
  ],
});

/** Markup is made text here, not there; what servers write for servers comes as a part of its own. */
const READING = {
  skipHtmlToText: true,
  skipTextToHtml: true,
  skipImageLinks: true,
  keepDeliveryStatus: true,
} as const;

export async function readMail(raw: Buffer, recipient: string | null): Promise<IncomingMail> {
  const parsed = await simpleParser(raw, READING);
  const headers = headersOf(parsed);
  const report = reportOf(parsed);
  const from = parsed.from?.value.flatMap((one) => (one.group ? one.group : [one]))[0];
  return {
    messageId: bracketed(parsed.messageId),
    from: from?.address
      ? { name: headerText(from.name).slice(0, 200) || null, address: headerText(from.address).slice(0, 320) }
      : null,
    to: [
      ...new Set([
        ...(recipient ? [recipient] : []),
        ...addressesOf(parsed.to),
        ...addressesOf(parsed.cc),
        ...['delivered-to', 'x-original-to', 'envelope-to', 'x-forwarded-to'].flatMap(
          (name) => headers.get(name)?.replace(/[<>]/g, '') ?? [],
        ),
      ]),
    ].slice(0, MAX_TO),
    subject: headerText(parsed.subject ?? '').slice(0, 500) || null,
    headers,
    answers: answersOf(parsed),
    text: wordsOf(parsed).slice(0, MAX_WORDS * 2),
    attachments: report ? [] : partsOf(parsed).slice(0, MAX_PARTS).map(partOf),
    leftOut: named([
      ...parsed.headerLines.flatMap(lostOf),
      ...(report ? [] : partsOf(parsed).slice(MAX_PARTS).map(leftOutOf)),
    ]),
    report,
    tooLarge: Number(headers.get(CUT_HEADER) ?? 0) || null,
  };
}

/** A mail that is too large, as one that is not: what it says and who says it, its attachments gone. */
export async function cutDown(raw: Buffer, size: number = raw.length): Promise<Buffer> {
  if (size <= MAX_MAIL_BYTES) return raw;
  const parsed = await simpleParser(raw, READING);
  const kept = parsed.headerLines
    .filter(({ key }) => !/^(content-|mime-version|x-everafter)/.test(key))
    .map(({ line }) => line);
  const words = Buffer.from(wordsOf(parsed).slice(0, MAX_WORDS));
  // Where only its beginning was brought, the last of them may be no whole one.
  const lost = partsOf(parsed)
    .slice(0, MAX_NAMED)
    .map(({ filename, contentType, content }) => {
      const name = Buffer.from(nameOf(filename) ?? '').toString('base64');
      return `X-Everafter-Lost: ${content.length} ${/^[\w.+-]+\/[\w.+-]+$/.exec(contentType)?.[0] ?? 'x/x'} ${name}`;
    });
  const head = [
    ...kept,
    ...lost,
    `X-Everafter-Cut: ${size}`,
    'MIME-Version: 1.0',
    'Content-Type: text/plain; charset=utf-8',
    'Content-Transfer-Encoding: base64',
  ];
  return Buffer.from(
    `${head.join('\r\n')}\r\n\r\n${words.toString('base64').replace(/(.{76})/g, '$1\r\n')}\r\n`,
  );
}

function headersOf(parsed: ParsedMail): Map<string, string> {
  const headers = new Map<string, string>();
  for (const { key, line } of parsed.headerLines) {
    if (headers.has(key)) continue;
    headers.set(
      key,
      line
        .slice(line.indexOf(':') + 1)
        .replace(/\s+/g, ' ')
        .trim()
        .slice(0, 2000),
    );
  }
  return headers;
}

/** Plain text where a program has written some; an empty part beside full markup is a trap of some programs. */
function wordsOf(parsed: ParsedMail): string {
  const plain = parsed.text?.trim() ?? '';
  if (plain || !parsed.html) return plain;
  return textOfHtml(parsed.html.slice(0, MAX_HTML));
}

const addressesOf = (field: AddressObject | AddressObject[] | undefined): string[] =>
  [field ?? []]
    .flat()
    .flatMap(({ value }) => value.flatMap((one) => one.group ?? [one]))
    .flatMap(({ address }) => (address ? [address] : []));

const bracketed = (id: string | undefined) => {
  const inner = /[^<>\s\p{Cc}]{3,400}/u.exec(id ?? '')?.[0];
  return inner ? `<${inner}>` : null;
};

function answersOf({ inReplyTo, references }: ParsedMail): string[] {
  const told = [references ?? []].flat();
  const all = [inReplyTo, ...told.toReversed()].flatMap((id) => bracketed(id) ?? []);
  return [...new Set(all)].slice(0, 50);
}

/** What mail programs sign with says nothing to people. */
const SIGNATURES = /^application\/(x-)?(pkcs7-signature|pgp-signature|pgp-keys)$/i;

const partsOf = ({ attachments }: ParsedMail): Attachment[] =>
  attachments.filter(({ contentType }) => !SIGNATURES.test(contentType));

const nameOf = (filename: string | false | undefined) => headerText(filename || '').slice(0, 200) || null;

const partOf = ({ filename, contentType, content, cid }: Attachment): MailPart => ({
  name: nameOf(filename),
  type: contentType,
  bytes: content,
  cid: cid ?? null,
});

const leftOutOf = ({ filename, contentType: type, content }: Attachment): LeftOut => ({
  name: nameOf(filename),
  type,
  bytes: content.length,
  why: 'many',
});

/** So many of them, the last of which says how many more there were. */
function named(all: readonly LeftOut[]): LeftOut[] {
  if (all.length <= MAX_NAMED) return [...all];
  const rest = all.slice(MAX_NAMED - 1);
  const bytes = rest.reduce((sum, one) => sum + one.bytes, 0);
  return [...all.slice(0, MAX_NAMED - 1), { ...rest[0]!, name: `${rest.length} more files`, bytes }];
}

/** @param line as {@link cutDown} has written it */
function lostOf({ key, line }: { key: string; line: string }): LeftOut[] {
  const [, bytes, type, name] = /:\s*(\d{1,12})\s+(\S{3,200})\s*([A-Za-z0-9+/=]*)\s*$/.exec(line) ?? [];
  if (key !== LOST_HEADER || !bytes || !type) return [];
  const called = headerText(Buffer.from(name ?? '', 'base64').toString('utf8')).slice(0, 200);
  return [{ name: called || null, type, bytes: Number(bytes), why: 'mail-size' }];
}

/** An address in a page is written with percent signs, the header of a part is not. */
function decoded(cid: string): string {
  try {
    return decodeURIComponent(cid);
  } catch (error) {
    if (error instanceof URIError) return cid;
    throw error;
  }
}

function reportOf(parsed: ParsedMail): IncomingMail['report'] {
  const part = (type: string) => parsed.attachments.find(({ contentType }) => contentType === type);
  const delivery = part('message/delivery-status') ?? part('message/global-delivery-status');
  const feedback = part('message/feedback-report');
  const said = delivery ?? feedback;
  if (!said) return null;
  const original = part('message/rfc822') ?? part('text/rfc822-headers') ?? part('message/rfc822-headers');
  const utf8 = ({ content }: Attachment) => content.subarray(0, 64 * 1024).toString('utf8');
  return {
    kind: delivery ? 'delivery' : 'feedback',
    text: utf8(said),
    original: original ? utf8(original) : null,
  };
}
