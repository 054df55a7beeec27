/** A programme's offer as sentences in a reader's language. */
import { formatMoney } from '../shops/money.ts';
import { offText as valueOff } from '../shops/discount-value.ts';
import { closestTag, textFor } from '../shops/translations.ts';
import { OFFER_TEXTS } from './offer-texts.ts';
import type { Terms, Value } from './program.ts';

/** The customer's code with its offer: `BlockReferral` of the block's API. */
export interface Offer {
  code: string;
  shareUrl: string;
  shareText: string;
  offer: string;
  progress: string;
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
  const friend = offText(terms.friend, shop, locale);
  return {
    code,
    shareUrl: shareUrl(shop, code),
    shareText: say('share', shop, locale, { friend, shop: shop.name, code }),
    offer: say('offer', shop, locale, { friend, advocate: offText(terms.advocate, shop, locale) }),
    progress: progressText(shop, friends, locale),
  };
}

/** Through the app proxy, on the shop's own domain. */
const shareUrl = (shop: Pick<OfferShop, 'domain' | 'url'>, code: string): string =>
  `${(shop.url ?? `https://${shop.domain}`).replace(/\/$/, '')}/apps/friends/${encodeURIComponent(code)}`;

/** "15 % off" */
const offText = (value: Value, shop: OfferShop, locale: string): string =>
  valueOff(value, locale, shop.locale);

/** "A gift from a friend: 15 % off" */
export function welcomeText(shop: OfferShop, terms: Terms, locale: string): string {
  return say('welcome', shop, locale, { friend: offText(terms.friend, shop, locale) });
}

/** Everything on the page that a shared link opens. */
export function landingTexts(shop: OfferShop, terms: Terms, locale: string) {
  const friend = offText(terms.friend, shop, locale);
  const language = languageFor(shop, locale);
  const minimum = terms.minimum === null ? null : formatMoney(terms.minimum, shop.currency, language);
  return {
    language,
    title: say('landingTitle', shop, locale, {}),
    text: say('landingText', shop, locale, { friend, shop: shop.name }),
    minimum: minimum === null ? null : say('landingMinimum', shop, locale, { minimum }),
    codeLabel: say('landingCode', shop, locale, {}),
    button: say('landingButton', shop, locale, {}),
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
