// @vitest-environment node
import { expect, test } from 'vitest';
import {
  byOnePress,
  followUps,
  isEnough,
  missing,
  toSend,
  type AskView,
} from '../../../extensions/thank-you/src/answers.ts';
import { ask } from '../../e2e/extension-views.ts';

const view = ask as AskView;
const more = view.followUps[0]!.questions;

test.each([
  [1, ['better', 'comment']],
  [3, ['better', 'comment']],
  [4, ['liked']],
  [5, []],
])('after %i comes %j', (value, keys) => {
  expect(followUps(view, { experience: value }).map(({ key }) => key)).toEqual(keys);
});

test('nothing follows from no answer', () => {
  expect(followUps(view, {})).toEqual([]);
});

test('empty and blank answers are neither sent nor taken for answers', () => {
  const answers = { experience: 1, better: [], comment: '  ' };
  expect(toSend([view.question, ...more], answers)).toEqual([{ question: 'experience', value: 1 }]);
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
  expect(toSend([view.question], { experience: 5, comment: 'left over' })).toEqual([
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
  expect(byOnePress(view.question)).toBe(true);
  expect(more.map(byOnePress)).toEqual([false, false]);
});
