/** What makes a conversation somebody's at once. Pure. */
import type { Cue } from './settings.ts';

/** What of a conversation and its customer cues look at. */
export interface CueFacts {
  /** All that was said in the voice at hand. */
  text: string;
  score: number | null;
  /** Of the order, in whole units of the shop's currency; null without one. */
  value: number | null;
  stage: string | null;
  /** How often the person has spoken about it. */
  contacts: number;
}

/** The first cue that fits, with why; null when none does. */
export function cueFor(cues: readonly Cue[], facts: CueFacts): { cue: Cue; why: string } | null {
  for (const cue of cues) {
    const why = fits(cue, facts);
    if (why) return { cue, why };
  }
  return null;
}

function fits({ kind, value }: Cue, facts: CueFacts): string | null {
  switch (kind) {
    case 'words': {
      const word = wordsOf(value).find((each) => holdsWord(facts.text, each));
      return word ? `They wrote “${word}”.` : null;
    }
    case 'score':
      return facts.score !== null && facts.score <= Number(value) ? `They gave ${facts.score} of 5.` : null;
    case 'value':
      return facts.value !== null && facts.value >= Number(value)
        ? `Their order is worth ${facts.value}.`
        : null;
    case 'stage':
      return facts.stage === value ? `They are ${value}.` : null;
    case 'contacts':
      return facts.contacts >= Number(value) ? `They have written ${facts.contacts} times.` : null;
  }
}

/** "lawyer, refund" as words; empty ones left out. */
export const wordsOf = (list: string): string[] =>
  list
    .split(',')
    .map((word) => word.trim())
    .filter(Boolean);

/** Written without spaces between words: there a word stands wherever its letters do. */
const UNSPACED = /[\p{sc=Han}\p{sc=Hira}\p{sc=Kana}\p{sc=Thai}]/u;

/** Whether a text holds a word or a phrase as such, in any case: "late" is not in "chocolate". */
export function holdsWord(text: string, word: string): boolean {
  const [plain, whole] = [word, text].map((each) => each.toLowerCase().replace(/\s+/g, ' '));
  const escaped = plain!.replace(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);
  const [first = '', last = ''] = [[...word].at(0), [...word].at(-1)];
  const before = UNSPACED.test(first) ? '' : String.raw`(?<![\p{L}\p{N}])`;
  const after = UNSPACED.test(last) ? '' : String.raw`(?![\p{L}\p{N}])`;
  return new RegExp(`${before}${escaped}${after}`, 'u').test(whole!);
}
