/** Short texts in several languages. */

/** By BCP 47 tag; at least one is there. */
export type Texts = Record<string, string>;

/** Languages of the blocks and of the pages in a customer's account; the first is the last resort. */
export const BLOCK_LOCALES = ['en', 'de', 'fr', 'es', 'pt-BR', 'ja'] as const;
export type BlockLocale = (typeof BLOCK_LOCALES)[number];

/** In the languages of mails and of the pages behind them. */
export const inFourLanguages = (en: string, de: string, fr: string, es: string): Texts => ({
  en,
  de,
  fr,
  es,
});

/** In the languages of the blocks: those of mails, Brazilian Portuguese and Japanese. */
export const inSixLanguages = (
  en: string,
  de: string,
  fr: string,
  es: string,
  pt: string,
  ja: string,
): Texts => ({ en, de, fr, es, 'pt-BR': pt, ja });

/** The text for a reader: their tag, their language in any region, then the other wishes in turn, then English, then any. */
export function textFor(texts: Texts, ...wishes: (string | null | undefined)[]): string {
  const tag = closestTag(Object.keys(texts), ...wishes);
  return tag === null ? '' : texts[tag]!;
}

/** The best of `available` for the reader; null only when there is none. */
export function closestTag(
  available: readonly string[],
  ...wishes: (string | null | undefined)[]
): string | null {
  for (const wish of [...wishes, 'en']) {
    if (!wish) continue;
    const exact = available.find((tag) => tag.toLowerCase() === wish.toLowerCase());
    const language = languageOf(wish);
    const close = exact ?? available.find((tag) => languageOf(tag) === language);
    if (close) return close;
  }
  return available[0] ?? null;
}

const languageOf = (tag: string) => tag.split('-', 1)[0]!.toLowerCase();
