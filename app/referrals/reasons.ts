/**
 * Why a friend's order counts, waits or does not: one text a reason, which merchant and advocate read in the same words,
 * on every page and in every mail. Nothing here names a person or tells a detail of the friend's.
 */
import { BLOCK_LOCALES, closestTag, type BlockLocale } from '../shops/translations.ts';
import { ROAD_TEXTS, STANDING_TEXTS, type Standing } from './reason-standings.ts';
import { SIGNAL_TEXTS } from './reason-signals.ts';
import { VERDICT_TEXTS } from './reason-verdicts.ts';

export type { Standing } from './reason-standings.ts';

type Words = Record<BlockLocale, string>;
const TEXTS: Record<string, Words> = { ...SIGNAL_TEXTS, ...VERDICT_TEXTS };

/** Every reason that may stand on a referral. */
export const REASONS = Object.keys(TEXTS);

/**
 * One reason as a sentence. An unknown one, written by a later release, is still told, without its name.
 * @param language BCP 47; what is not spoken here is told in English
 */
export function reasonText(reason: string, language: string): string {
  return wordsOf(TEXTS[reason] ?? VERDICT_TEXTS.unknown, language);
}

/** What a standing is called, for lists and badges. */
export const standingText = (standing: Standing, language: string): string =>
  wordsOf(STANDING_TEXTS[standing], language);

/** What happens next with an order that stands so, and what would change it. */
export const roadText = (standing: Standing, language: string): string =>
  wordsOf(ROAD_TEXTS[standing], language);

const wordsOf = (words: Words, language: string): string =>
  words[closestTag(BLOCK_LOCALES, language) as BlockLocale];
