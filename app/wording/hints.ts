/**
 * What a colleague would say of an answer before it goes: rules, no language model. Hints never hold an answer back; those
 * of the kind "careful" are worth a second look because they cannot be taken back.
 */
import type { BrandVoice } from './brand-voice.ts';

export type HintCode =
  /** A word the merchant never wants to use. `detail`: the word */
  | 'banned-word'
  /** Money is promised back. */
  | 'refund-promised'
  /** E-mail address, number, card, IBAN or order number; in public also the customer's name. `detail`: what it is */
  | 'private-data'
  /** Somebody was kind, or wrote a review, and is not thanked. */
  | 'no-thanks'
  /** `detail`: the language it seems to be in; `expected`: the one they wrote in */
  | 'other-language'
  /** Word for word, or nearly, what was answered to somebody before. */
  | 'said-before'
  /** `detail`: {{ first_name }}, [name] */
  | 'left-open';

export interface Hint {
  code: HintCode;
  tone: 'careful' | 'note';
  detail?: string;
  expected?: string;
}

export interface Draft {
  text: string;
  /** Everybody can read it: under a review, on a social network. */
  isPublic: boolean;
  /** What is answered is kind: a review of four stars or more, praise. */
  isKind: boolean;
  /** A review gets thanks whatever it says. */
  isReview: boolean;
  /** BCP 47; null: nobody knows which they speak. */
  language: string | null;
  customer: {
    firstName: string | null;
    lastName: string | null;
    email: string | null;
    phone: string | null;
  } | null;
  /** The newest answers of the shop, newest first. */
  last: readonly string[];
}

/** The language of a text as a two-letter code; null while it is too short to tell. */
export type Detect = (text: string) => string | null;

/** The last ten count. */
const MOST_BEFORE = 10;

export function hintsFor(
  draft: Draft,
  voice: Pick<BrandVoice, 'banned' | 'mayPromiseRefunds'>,
  detect: Detect,
): Hint[] {
  if (draft.text.trim() === '') return [];
  return [
    ...bannedIn(draft.text, voice.banned),
    ...(voice.mayPromiseRefunds || !PROMISED.test(draft.text) ? [] : [careful('refund-promised')]),
    ...privateIn(draft),
    ...leftOpenIn(draft.text),
    ...languageOf(draft, detect),
    ...(wantsThanks(draft) && !THANKS.test(draft.text) ? [note('no-thanks')] : []),
    ...(draft.last.slice(0, MOST_BEFORE).some((other) => isAlike(draft.text, other))
      ? [note('said-before')]
      : []),
  ];
}

const careful = (code: HintCode, detail?: string): Hint => ({
  code,
  tone: 'careful',
  ...(detail ? { detail } : {}),
});
const note = (code: HintCode, more: Partial<Hint> = {}): Hint => ({ code, tone: 'note', ...more });

/** A phrase is the same over the end of a line, and with a space too many. */
const plain = (text: string) => text.normalize('NFKC').toLowerCase().replace(/\s+/g, ' ');

function bannedIn(text: string, banned: readonly string[]): Hint[] {
  const words = plain(text);
  return banned
    .filter((word) => standsIn(words, plain(word).trim()))
    .map((word) => note('banned-word', { detail: word }));
}

const WORD = /[\p{L}\p{N}]/u;

/** As a word of its own; in scripts without spaces anywhere. */
function standsIn(text: string, word: string): boolean {
  if (word === '') return false;
  for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1)) {
    const isBound = (inside: string | undefined, outside: string | undefined) =>
      !inside ||
      !outside ||
      !WORD.test(inside) ||
      !WORD.test(outside) ||
      /[\p{sc=Han}\p{sc=Hira}\p{sc=Kana}\p{sc=Thai}]/u.test(inside);
    if (isBound(word.at(0), text[at - 1]) && isBound(word.at(-1), text[at + word.length])) return true;
  }
  return false;
}

/** Promises, not policies: "you get your money back", not "our refund policy". */
const PROMISED = new RegExp(
  [
    String.raw`\b(we|i)('ll| will|'ve| have)?( gladly| happily| of course| already)? (refund(ed)?|reimburse(d)?)\b`,
    String.raw`\b(get|give you|have) (your|the) money back\b`,
    String.raw`\b(we|i)(’re|'re| are|’m|'m| am) (going to refund|refunding)\b`,
    String.raw`\b(full|complete) refund\b`,
    String.raw`\b(you('ll| will)?) (get|receive|be) (a |your )?(full )?refund(ed)?\b`,
    String.raw`\b(erstatten|erstatte) (wir|ich)?\b|\bgeld zurück\b|\berstattung (ist|wird|wurde)\b|\bzurückerstatte[nt]`,
    String.raw`\b(bekommen|erhalten|kriegen|bekommst|erhältst|kriegst) (?:(?!kein)\S+ ){0,5}(erstattet|rückerstattung)\b`,
    String.raw`\b(nous (?:allons |pouvons )?vous rembours\w+|je (?:vais )?vous rembours\w+|vous serez remboursée?|remboursement (complet|intégral))`,
    String.raw`\b(l[eo]s? (reembols\w+|devolv(?:emos|eremos|eré))|te (reembols\w+|devolv(?:emos|eremos|eré))|vamos a (?:devolver|reembolsar)(?:te|l[eo]s?)|devolución completa|reembolso (completo|total))`,
  ].join('|'),
  'iu',
);

const wantsThanks = ({ isKind, isReview }: Draft) => isKind || isReview;

const THANKS =
  /\b(thank|thanks|thx|grateful|appreciate|danke|dank|merci|remerci\w*|gracias|agradec\w*|obrigad\w+|grazie|ringrazi\w*|bedankt|dankjewel|tack|takk?|kiitos|dzięk\w*)\b|ありがとう|感謝|谢谢|感谢|감사|спасибо/iu;

const EMAIL = /[\p{L}\p{N}._%+-]+@[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)+/iu;
const PHONE = /(?<![\p{L}\p{N}])(?:\+|00)\d[\d\s().-]{7,}\d/u;
const ORDER = /#\d{3,}/;
const IBAN = /\b[A-Z]{2}\d{2}(?:\s?[A-Z0-9]{4}){3,7}(?:\s?[A-Z0-9]{1,3})?\b/;
const CARD = /(?:\d[ -]?){13,19}/g;

/** In a mail to themselves a customer's own address is no secret; a card's number always is. */
function privateIn({ text, isPublic, customer }: Draft): Hint[] {
  const found: string[] = [];
  if ([...text.matchAll(CARD)].some(([digits]) => isCard(digits))) found.push('card');
  if (IBAN.test(text)) found.push('iban');
  if (isPublic) {
    if (EMAIL.test(text)) found.push('email');
    if (PHONE.test(text)) found.push('phone');
    if (ORDER.test(text)) found.push('order');
    const { lastName } = customer ?? {};
    if (lastName && lastName.length > 2 && standsIn(plain(text), plain(lastName))) found.push('name');
  } else if (isOthersAddress(text, customer?.email ?? null)) found.push('email');
  return found.map((what) => careful('private-data', what));
}

/** Somebody else's address in a mail; the shop's own is not known here, so that only free mail is meant. */
function isOthersAddress(text: string, own: string | null): boolean {
  const address = EMAIL.exec(text)?.[0]?.toLowerCase();
  if (!address || address === own?.toLowerCase()) return false;
  return /@(gmail|googlemail|outlook|hotmail|live|yahoo|icloud|me|gmx|web|aol|proton|protonmail)\.[a-z.]+$/.test(
    address,
  );
}

/** Luhn: not every long number is a card's. */
function isCard(text: string): boolean {
  const digits = text.replace(/\D/g, '');
  if (digits.length < 13 || digits.length > 19 || /^(\d)\1+$/.test(digits)) return false;
  const sum = [...digits].toReversed().reduce((total, digit, index) => {
    const value = Number(digit) * (index % 2 === 1 ? 2 : 1);
    return total + (value > 9 ? value - 9 : value);
  }, 0);
  return sum % 10 === 0;
}

function leftOpenIn(text: string): Hint[] {
  const open =
    /\{\{[^}]*\}\}|\[(?:(?:customer|shop|order|shipment|product)\.[a-z_]+|name|vorname|first ?name|nom|nombre|order|bestellnummer|x{2,}|\.{3}|…)\]|\bXXX+\b/iu.exec(
      text,
    )?.[0];
  return open ? [note('left-open', { detail: open })] : [];
}

function languageOf({ text, language }: Draft, detect: Detect): Hint[] {
  const expected = language?.split('-', 1)[0]?.toLowerCase();
  const spoken = expected ? detect(text) : null;
  return spoken && expected && spoken !== expected
    ? [note('other-language', { detail: spoken, expected })]
    : [];
}

/** Nearly the same letters: a name changed is no other answer. Short thanks may be alike. */
function isAlike(text: string, other: string): boolean {
  const [a, b] = [threesOf(text), threesOf(other)];
  if (a.size < 12 || b.size < 12) return squeezed(text) === squeezed(other);
  const shared = [...a].filter((three) => b.has(three)).length;
  return shared / (a.size + b.size - shared) >= 0.75;
}

const squeezed = (text: string) =>
  plain(text)
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();

function threesOf(text: string): Set<string> {
  const letters = squeezed(text).slice(0, 3000);
  return new Set(
    Array.from({ length: Math.max(0, letters.length - 2) }, (_, at) => letters.slice(at, at + 3)),
  );
}
