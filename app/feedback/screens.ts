/** One question at a time, as a page shows them: an optional sentence of one's own stands under the question before it. */
import type { Question } from './question.ts';

/** Questions in the groups in which they are shown; the first one stands alone. */
export function screensOf(asked: readonly Question[]): Question[][] {
  const screens: Question[][] = [];
  for (const question of asked) {
    const last = screens.at(-1);
    const isRemark = question.kind === 'text' && !question.required;
    if (isRemark && screens.length > 1 && last!.length === 1 && last![0]!.kind !== 'text')
      last!.push(question);
    else screens.push([question]);
  }
  return screens;
}
