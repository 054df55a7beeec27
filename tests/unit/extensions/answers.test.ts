// @vitest-environment node
import { expect, test } from 'vitest';
import {
  asked,
  byOnePress,
  isEnough,
  missing,
  screens,
  toSend,
  type Answers,
  type AskView,
} from '../../../extensions/thank-you/src/answers.ts';
import type { BlockQuestion } from '../../../app/feedback/block.ts';
import { ask } from '../../e2e/extension-views.ts';

const view = ask as AskView;
const [first, ...more] = view.questions;
const keysOf = (questions: readonly { key: string }[]) => questions.map(({ key }) => key);

test.each([
  [1, ['better', 'comment']],
  [3, ['better', 'comment']],
  [4, ['liked']],
  [5, []],
])('after %i comes %j', (value, keys) => {
  expect(keysOf(asked(view, { experience: value }).slice(1))).toEqual(keys);
});

test('nothing follows from no answer', () => {
  expect(keysOf(asked(view, {}))).toEqual(['experience']);
});

test('empty and blank answers are neither sent nor taken for answers', () => {
  const answers = { experience: 1, better: [], comment: '  ' };
  expect(toSend(asked(view, answers), answers)).toEqual([{ question: 'experience', value: 1 }]);
  expect(
    missing(
      [
        { ...more[0]!, required: true },
        { ...more[1]!, required: true },
      ],
      answers,
    ),
  ).toEqual(['better', 'comment']);
});

test('answers to questions that are no longer on screen are not sent', () => {
  expect(toSend([first!], { experience: 5, comment: 'left over' })).toEqual([
    { question: 'experience', value: 5 },
  ]);
});

test.each([
  [{}, false],
  [{ experience: 1 }, true],
  [{ experience: 1, comment: 'Well' }, false],
  [{ experience: 4 }, false], // what follows has to be answered
  [{ experience: 5 }, true],
])('whether %j is enough: %s', (answers, enough) => {
  expect(isEnough(view, answers)).toBe(enough);
});

test('scales and single choices are answered by one press', () => {
  expect(byOnePress(first!)).toBe(true);
  expect(more.map(byOnePress)).toEqual([false, false, false]);
});

test('one question at a time; an optional sentence stands under the question before it', () => {
  const shown = (answers: Answers) => screens(view, answers).map(keysOf);
  expect(shown({})).toEqual([['experience']]);
  expect(shown({ experience: 2 })).toEqual([['experience'], ['better', 'comment']]);
  expect(shown({ experience: 4 })).toEqual([['experience'], ['liked']]);
});

test('rules look at what is asked: of lists at any, of a ranking at the first, and a question that fell away is none', () => {
  const [, choice] = view.questions;
  const after = (rule: object): AskView => ({
    ...view,
    questions: [first!, choice!, { ...more[2]!, key: 'last', when: [rule] } as BlockQuestion],
  });
  const isAsked = (rule: object, answers: Answers) => keysOf(asked(after(rule), answers)).includes('last');
  const price = { question: 'better', is: 'one-of', values: ['price'] };
  expect(isAsked(price, { experience: 1, better: ['finding', 'price'] })).toBe(true);
  expect(isAsked(price, { experience: 5, better: ['price'] })).toBe(false);
  expect(isAsked({ question: 'better', is: 'answered', values: [] }, { experience: 1, better: [] })).toBe(
    false,
  );
  expect(isAsked({ question: 'better', is: 'skipped', values: [] }, { experience: 1 })).toBe(true);
  const ranked = after(price);
  ranked.questions[1] = { ...choice!, kind: 'ranking' } as BlockQuestion;
  expect(keysOf(asked(ranked, { experience: 1, better: ['finding', 'price'] }))).not.toContain('last');
});

test('of a grid every row is wanted', () => {
  const label = 'x';
  const grid: BlockQuestion = {
    key: 'grid',
    kind: 'matrix',
    text: label,
    help: '',
    required: true,
    when: [],
    rows: [
      { value: 'fit', label },
      { value: 'look', label },
    ],
    columns: [{ value: 1, label }],
  };
  expect(missing([grid], { grid: { fit: 1 } })).toEqual(['grid']);
  expect(missing([grid], { grid: { fit: 1, look: 1 } })).toEqual([]);
});
