/** A programme's offer as sentences in a reader's language. */
import { formatMoney } from '../shops/money.ts';
import { closestTag, textFor } from '../shops/translations.ts';
import { givenText } from './given-texts.ts';
import { OFFER_TEXTS } from './offer-texts.ts';
import type { Terms } from './terms.ts';

/** The customer's code with its offer: `BlockReferral` of the block's API. */
export interface Offer {
  code: string;
  shareUrl: string;
  shareText: string;
  offer: string;
  progress: string;
  /** The advocate's own page. */
  pageUrl?: string;
}

export interface OfferShop {
  name: string;
  domain: string;
  url: string | null;
  locale: string;
  currency: string;
}

type Sentence = keyof typeof OFFER_TEXTS;

/** @param friends who have come so far */
export function offerFor(
  shop: OfferShop,
  terms: Terms,
  code: string,
  friends: number,
  locale: string,
): Offer {
  const friend = givenText(terms.friend, locale, shop.locale);
  return {
    code,
    shareUrl: shareUrl(shop, code),
    shareText: capital(say('share', shop, locale, { friend, shop: shop.name, code })),
    offer: promiseText(shop, terms, locale),
    progress: progressText(shop, friends, locale),
  };
}

/** Through the app proxy, on the shop's own domain. */
export const shareUrl = (shop: Pick<OfferShop, 'domain' | 'url'>, code: string): string =>
  `${(shop.url ?? `https://${shop.domain}`).replace(/\/$/, '')}/apps/friends/${encodeURIComponent(code)}`;

/** "Your friend gets 15% off, you get €10 off when their order is settled." */
export const promiseText = (shop: OfferShop, terms: Terms, locale: string): string =>
  say('offer', shop, locale, {
    friend: givenText(terms.friend, locale, shop.locale),
    advocate: givenText(terms.advocate, locale, shop.locale),
  });

/** A sentence may begin with what is given. */
const capital = (text: string) => text.slice(0, 1).toLocaleUpperCase() + text.slice(1);

/** "A gift from a friend: 15 % off" */
export function welcomeText(shop: OfferShop, terms: Terms, locale: string): string {
  return say('welcome', shop, locale, { friend: givenText(terms.friend, locale, shop.locale) });
}

/**
 * Everything on the page that a shared link opens.
 * @param inviter the first name that stands in the code; null where none does
 */
export function landingTexts(shop: OfferShop, terms: Terms, locale: string, inviter: string | null = null) {
  const friend = givenText(terms.friend, locale, shop.locale);
  const language = languageFor(shop, locale);
  const minimum = terms.minimum === null ? null : formatMoney(terms.minimum, shop.currency, language);
  const title =
    inviter === null
      ? say('landingTitle', shop, locale, {})
      : say('landingBy', shop, locale, { name: inviter });
  const text = say(terms.friend.kind === 'discount' ? 'landingOff' : 'landingWith', shop, locale, {
    friend,
    order: say(terms.newCustomersOnly ? 'firstOrder' : 'nextOrder', shop, locale, {}),
    shop: shop.name,
  });
  const collections = new Intl.ListFormat(language).format(terms.collections.map((each) => each.title));
  return {
    language,
    title,
    text: capital(text),
    minimum: minimum === null ? null : say('landingMinimum', shop, locale, { minimum }),
    collections: collections === '' ? null : say('landingCollections', shop, locale, { collections }),
    codeLabel: say('landingCode', shop, locale, {}),
    button: say('landingButton', shop, locale, {}),
    remembered: say('landingRemembered', shop, locale, {}),
  };
}

function progressText(shop: OfferShop, friends: number, locale: string): string {
  if (friends === 0) return '';
  return say(friends === 1 ? 'oneFriend' : 'friends', shop, locale, { count: String(friends) });
}

/** The language that the sentences will be in, so that numbers are written the same way. */
const languageFor = (shop: OfferShop, locale: string): string =>
  closestTag(Object.keys(OFFER_TEXTS.offer), locale, shop.locale) ?? 'en';

function say(sentence: Sentence, shop: OfferShop, locale: string, names: Record<string, string>): string {
  return textFor(OFFER_TEXTS[sentence], locale, shop.locale).replace(
    /\{(\w+)\}/g,
    (_, name: string) => names[name] ?? '',
  );
}
