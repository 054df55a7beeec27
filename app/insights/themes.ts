/**
 * What customers speak of: subjects that were put on conversations, and words, counted against the time before. No language
 * model: a word counts once a person, in their own language, and what says nothing is left out. Pure.
 */
import { isEmptyWord } from './stop-words.ts';

/** Something that was said. */
export interface SaidText {
  /** Whose it is: one person's ten mails are one voice. */
  who: string;
  text: string;
  language: string | null;
  /** 1…5 */
  score: number | null;
}

export interface Theme {
  kind: 'subject' | 'words';
  /** What the inbox is asked for: a subject's code, or the words. */
  key: string;
  name: string;
  /** People, in the period and in the one before, of the same length. */
  people: number;
  before: number;
  /** Mean of the scores that came with it; null where fewer than three have one. */
  score: number | null;
}

/** Said by fewer than these, it is somebody's own. */
export const ENOUGH_PEOPLE = 3;
/** Of each kind. */
export const MOST_THEMES = 12;
const LONGEST = 40;

/** Languages without spaces between words. */
const UNSPACED = /^(ja|zh|th|lo|km|my)\b/;
const segmenters = new Map<string, Intl.Segmenter>();

function wordsIn(text: string, language: string | null): string[] {
  const lower = text.normalize('NFC').toLowerCase();
  if (language === null || !UNSPACED.test(language))
    return lower.replaceAll('’', "'").match(/\p{L}[\p{L}\p{M}'-]*/gu) ?? [];
  let segmenter = segmenters.get(language);
  if (!segmenter)
    segmenters.set(language, (segmenter = new Intl.Segmenter(language, { granularity: 'word' })));
  return [...segmenter.segment(lower)].flatMap(({ segment, isWordLike }) => (isWordLike ? [segment] : []));
}

/** Words that say something, and pairs of them that stand side by side; each once. */
export function termsOf({ text, language }: Pick<SaidText, 'text' | 'language'>): Set<string> {
  const isUnspaced = language !== null && UNSPACED.test(language);
  const least = isUnspaced ? 2 : 3;
  const terms = new Set<string>();
  // Addresses say nothing, and a sentence's end parts what stands side by side.
  for (const sentence of text.replace(/https?:\/\/\S+|\S+@\S+/g, ' ').split(/[.!?;:,\n。！？、]+/)) {
    let last: string | null = null;
    for (const word of wordsIn(sentence, language)) {
      const says = [...word].length >= least && word.length <= LONGEST && !isEmptyWord(word, language);
      if (says) terms.add(word);
      if (says && last !== null) terms.add(isUnspaced ? `${last}${word}` : `${last} ${word}`);
      last = says ? word : null;
    }
  }
  return terms;
}

interface Heard {
  people: Set<string>;
  scores: number[];
}

function heardIn(texts: readonly SaidText[]): Map<string, Heard> {
  const heard = new Map<string, Heard>();
  for (const said of texts)
    for (const term of termsOf(said)) {
      let one = heard.get(term);
      if (!one) heard.set(term, (one = { people: new Set(), scores: [] }));
      one.people.add(said.who);
      if (said.score !== null) one.scores.push(said.score);
    }
  return heard;
}

/** Most people first; a word that is nearly always part of a pair gives way to the pair. */
export function wordThemes(now: readonly SaidText[], before: readonly SaidText[]): Theme[] {
  const heard = heardIn(now);
  const heardBefore = heardIn(before);
  const enough = [...heard].filter(([, { people }]) => people.size >= ENOUGH_PEOPLE);
  const pairs = enough.filter(([term]) => term.includes(' '));
  const isCovered = (term: string, { people }: Heard) =>
    pairs.some(([pair, of]) => pair.split(' ').includes(term) && of.people.size >= people.size * 0.8);
  return enough
    .filter(([term, one]) => term.includes(' ') || !isCovered(term, one))
    .map(([term, { people, scores }]): Theme => ({
      kind: 'words',
      key: term,
      name: term,
      people: people.size,
      before: heardBefore.get(term)?.people.size ?? 0,
      score: meanOf(scores),
    }))
    .toSorted(byPeople)
    .slice(0, MOST_THEMES);
}

export const byPeople = (a: Theme, b: Theme): number =>
  b.people - a.people || a.before - b.before || (a.key < b.key ? -1 : 1);

function meanOf(scores: readonly number[]): number | null {
  if (scores.length < ENOUGH_PEOPLE) return null;
  return scores.reduce((sum, score) => sum + score, 0) / scores.length;
}
