/** Which language a text is in. Loaded with its first use: most processes never ask. */
import type { Detect } from './hints.ts';

/** Shorter texts are guesses. */
const LEAST_LETTERS = 24;
/** The share of what was recognised that has to speak for one language. */
const SURE = 0.5;

/** @returns two-letter codes; null where nothing is sure */
export async function languageDetector(): Promise<Detect> {
  const { detectAll } = await import('tinyld/light');
  return (text) => {
    const words = text.replace(/https?:\/\/\S+|\S+@\S+/g, ' ').slice(0, 2000);
    if ((words.match(/\p{L}/gu) ?? []).length < LEAST_LETTERS) return null;
    const [best] = detectAll(words);
    return best && best.accuracy >= SURE ? best.lang : null;
  };
}
