/** What a customer sends a friend: a text for each way of sending, in each language, in the merchant's words. */
import { z } from 'zod';
import {
  BLOCK_LOCALES,
  closestTag,
  inSixLanguages as t,
  textFor,
  type Texts,
} from '../shops/translations.ts';
import { givenText } from './given-texts.ts';
import { shareUrl, type OfferShop } from './offer.ts';
import type { Terms } from './terms.ts';

/** The ways of sending; a mail has a subject besides. */
export const SHARE_TEXTS = ['whatsapp', 'email', 'subject', 'text', 'copy'] as const;
export type ShareText = (typeof SHARE_TEXTS)[number];

/** What may stand in them. */
export const SHARE_FIELDS = ['offer', 'shop', 'code', 'link', 'name'] as const;

const text = z.string().trim().max(600);

/** By language, then by way; what the merchant has not written is ours. */
export const sharesSchema = z.record(
  z.string().regex(/^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/),
  z.partialRecord(z.enum(SHARE_TEXTS), text),
);
export type Shares = z.infer<typeof sharesSchema>;

export const OUR_SHARES: Record<ShareText, Texts> = {
  whatsapp: t(
    'I have something for you at {shop}: {offer}. Here is my invitation: {link}',
    'Ich habe etwas für dich bei {shop}: {offer}. Hier ist meine Einladung: {link}',
    'J’ai quelque chose pour toi chez {shop} : {offer}. Voici mon invitation : {link}',
    'Tengo algo para ti en {shop}: {offer}. Aquí va mi invitación: {link}',
    'Tenho algo para você na {shop}: {offer}. Aqui está o meu convite: {link}',
    '{shop}でお得なご案内があります：{offer}。招待はこちら：{link}',
  ),
  email: t(
    'Hello,\n\nI like what I bought at {shop}, and thought of you. With my code {code} there is this for you: {offer}.\n\n{link}\n\n{name}',
    'Hallo,\n\nmir gefällt, was ich bei {shop} gekauft habe, und ich musste an dich denken. Mit meinem Code {code} gibt es das für dich: {offer}.\n\n{link}\n\n{name}',
    'Bonjour,\n\nJ’aime ce que j’ai acheté chez {shop} et j’ai pensé à toi. Avec mon code {code}, voici pour toi : {offer}.\n\n{link}\n\n{name}',
    'Hola:\n\nMe gusta lo que compré en {shop} y pensé en ti. Con mi código {code} tienes esto: {offer}.\n\n{link}\n\n{name}',
    'Olá,\n\ngosto do que comprei na {shop} e pensei em você. Com o meu código {code} há isto para você: {offer}.\n\n{link}\n\n{name}',
    'こんにちは。\n\n{shop}で買ったものが気に入ったので、お知らせします。私のコード{code}で次の特典があります：{offer}。\n\n{link}\n\n{name}',
  ),
  subject: t(
    'Something for you at {shop}',
    'Etwas für dich bei {shop}',
    'Quelque chose pour toi chez {shop}',
    'Algo para ti en {shop}',
    'Algo para você na {shop}',
    '{shop}からのお得なご案内',
  ),
  text: t(
    '{offer} at {shop} with my code {code}: {link}',
    '{offer} bei {shop} mit meinem Code {code}: {link}',
    '{offer} chez {shop} avec mon code {code} : {link}',
    '{offer} en {shop} con mi código {code}: {link}',
    '{offer} na {shop} com o meu código {code}: {link}',
    '{shop}で使えるコード{code}：{offer} {link}',
  ),
  copy: t(
    '{offer} at {shop} with my code {code}: {link}',
    '{offer} bei {shop} mit meinem Code {code}: {link}',
    '{offer} chez {shop} avec mon code {code} : {link}',
    '{offer} en {shop} con mi código {code}: {link}',
    '{offer} na {shop} com o meu código {code}: {link}',
    '{shop}で使えるコード{code}：{offer} {link}',
  ),
};

/** The languages in which a customer's page is, and in which texts may be written. */
export const SHARE_LANGUAGES = BLOCK_LOCALES;

export interface Sharing {
  shop: OfferShop;
  program: { terms: Terms; shares: Shares };
  code: string;
  /** The advocate's first name, with which a mail ends. */
  name: string | null;
  locale: string;
}

/** The texts, filled in, each in the closest language in which it is written: the merchant's words before ours. */
export function sharedTexts(sharing: Sharing): Record<ShareText, string> {
  const { shop, program, code, name, locale } = sharing;
  const names: Record<string, string> = {
    offer: givenText(program.terms.friend, locale, shop.locale),
    shop: shop.name,
    code,
    link: shareUrl(shop, code),
    name: name ?? '',
  };
  const fill = (way: ShareText) =>
    wordsOf(program.shares, way, locale, shop.locale)
      .replace(/\{(\w+)\}/g, (whole, field: string) => names[field] ?? whole)
      .trim();
  return Object.fromEntries(SHARE_TEXTS.map((way) => [way, capital(fill(way))])) as Record<ShareText, string>;
}

const capital = (line: string) => line.slice(0, 1).toLocaleUpperCase() + line.slice(1);

function wordsOf(shares: Shares, way: ShareText, locale: string, shopLocale: string): string {
  const written: Texts = {};
  for (const [tag, texts] of Object.entries(shares)) if (texts[way]) written[tag] = texts[way];
  const mine = closestTag(Object.keys(written), locale);
  const ours = textFor(OUR_SHARES[way], locale, shopLocale);
  if (mine === null) return ours;
  // A text of the merchant's in another language is no answer to somebody whose own language we speak.
  const isClose =
    sameLanguage(mine, locale) || !Object.keys(OUR_SHARES[way]).some((tag) => sameLanguage(tag, locale));
  return isClose ? written[mine]! : ours;
}

const sameLanguage = (one: string, other: string) =>
  one.split('-', 1)[0]!.toLowerCase() === other.split('-', 1)[0]!.toLowerCase();

/** Where each way of sending leads: the phone's own programs, without a script. */
export function shareLinks(texts: Record<ShareText, string>): {
  whatsapp: string;
  email: string;
  text: string;
} {
  const encoded = (words: string) => encodeURIComponent(words);
  return {
    whatsapp: `https://wa.me/?text=${encoded(texts.whatsapp)}`,
    email: `mailto:?subject=${encoded(texts.subject)}&body=${encoded(texts.email.replace(/\n/g, '\r\n'))}`,
    text: `sms:?&body=${encoded(texts.text)}`,
  };
}

/** What is wrong with texts as they are written, by language and way: "de.whatsapp". */
export function shareProblems(shares: Shares): Record<string, string> {
  const found: Record<string, string> = {};
  for (const [tag, texts] of Object.entries(shares)) {
    for (const way of SHARE_TEXTS) {
      const words = texts[way];
      if (!words) continue;
      const unknown = [...words.matchAll(/\{(\w+)\}/g)].find(
        ([, field]) => !SHARE_FIELDS.some((each) => each === field),
      );
      if (unknown)
        found[`${tag}.${way}`] = `${unknown[0]} is no field. There are {${SHARE_FIELDS.join('}, {')}}.`;
      else if (way !== 'subject' && !/\{(link|code)\}/.test(words))
        found[`${tag}.${way}`] = 'Without {link} or {code} no friend can come by it.';
    }
  }
  return found;
}
