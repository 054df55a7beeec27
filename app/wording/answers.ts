/** Answers that may fit what somebody has said: by the words that both share. */

/** Short ones say nothing of a subject, in any language that has spaces. */
const LEAST_LETTERS = 4;
const MOST_WORDS = 16;

/** The words by which a text is searched, longest first: long ones are rarer. */
export function wordsOf(text: string): string[] {
  const words =
    text
      .normalize('NFKC')
      .toLowerCase()
      .match(/[\p{L}\p{N}]+/gu) ?? [];
  const telling = [...new Set(words)].filter((word) => word.length >= LEAST_LETTERS && word.length <= 40);
  return telling.sort((a, b) => b.length - a.length || (a < b ? -1 : 1)).slice(0, MOST_WORDS);
}

/** For PostgreSQL: any of the words, beginnings too; null where there is nothing to search by. */
export function searchOf(text: string): string | null {
  const words = wordsOf(text);
  return words.length === 0 ? null : words.map((word) => `${word}:*`).join(' | ');
}

export interface Offered {
  /** Why it is offered: the merchant wrote it down for this question, or somebody was answered so. */
  from: 'brand' | 'past';
  question: string | null;
  text: string;
}

/** What the merchant has written down, best first; at least a third of the question's words have been said. */
export function writtenAnswers(
  said: string,
  answers: readonly { question: string; answer: string }[],
  most: number,
): Offered[] {
  const words = wordsOf(said);
  const scored = answers.map(({ question, answer }) => {
    const asked = wordsOf(question);
    const shared = asked.filter((word) => words.some((other) => other.startsWith(stemOf(word)))).length;
    return { question, answer, share: asked.length === 0 ? 0 : shared / asked.length };
  });
  return scored
    .filter(({ share }) => share >= 1 / 3)
    .sort((a, b) => b.share - a.share)
    .slice(0, most)
    .map(({ question, answer }) => ({ from: 'brand', question, text: answer }));
}

/** Endings change: "washed", "washing". */
const stemOf = (word: string) => word.slice(0, Math.max(LEAST_LETTERS, word.length - 3));
