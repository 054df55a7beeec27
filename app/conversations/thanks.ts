/** Thanks that need nobody: never the same text twice in a row to the same person. Pure. */
import { closestTag } from '../shops/translations.ts';
import { HIGH_SCORE } from './matters.ts';
import type { Voice } from './voice.ts';

/** The house's own, several a language; fields as in mails. */
const THANKS: Record<string, readonly string[]> = {
  en: [
    'Thank you for these kind words. They made our day.',
    'How good to read this. Thank you for taking the time.',
    'Thank you. It is good to know that it has found a good home.',
  ],
  de: [
    'Danke für die lieben Worte. Sie haben uns den Tag verschönt.',
    'Wie schön, das zu lesen. Danke, dass Sie sich die Zeit genommen haben.',
    'Danke. Schön zu wissen, dass es gut angekommen ist.',
  ],
  fr: [
    'Merci pour ces mots gentils. Ils ont égayé notre journée.',
    'Quel plaisir de lire cela. Merci d’avoir pris le temps.',
    'Merci. C’est bon de savoir que cela vous plaît.',
  ],
  es: [
    'Gracias por estas palabras tan amables. Nos han alegrado el día.',
    'Qué bien leer esto. Gracias por tomarte el tiempo.',
    'Gracias. Es bueno saber que ha encontrado un buen hogar.',
  ],
};

/** Whether a voice is praise and nothing else: what asks something, or tells of trouble, waits for a person. */
export function isPraise({
  kind,
  score,
  text,
  isAutomatic,
}: Pick<Voice, 'kind' | 'score' | 'text' | 'isAutomatic'>) {
  if (isAutomatic || /[?？¿]/.test(text)) return false;
  return (kind === 'answer' || kind === 'review') && typeof score === 'number' && score > HIGH_SCORE;
}

/**
 * The next text for somebody: the one after what they had last, in their language; null when there is no other.
 * @param own the merchant's, by language; @param seed spreads the first of many people over the texts
 */
export function nextThanks(
  own: Readonly<Record<string, readonly string[]>>,
  {
    language,
    shopLocale,
    last,
    seed,
  }: { language: string | null; shopLocale: string; last: string | null; seed: number },
): string | null {
  const written = Object.fromEntries(Object.entries(own).filter(([, texts]) => texts.length > 0));
  const all = { ...THANKS, ...written };
  const tag = closestTag(Object.keys(all), language, shopLocale);
  const texts = (tag ? all[tag] : undefined) ?? [];
  const others = texts.filter((text) => text !== last);
  if (others.length === 0) return null;
  const at = last === null ? -1 : texts.indexOf(last);
  return at < 0 ? others[seed % others.length]! : texts[(at + 1) % texts.length]!;
}
