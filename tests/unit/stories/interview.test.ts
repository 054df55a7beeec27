/** What interviews ask: ours until the merchant has questions of their own, and what cannot be asked. */
import { expect, test } from 'vitest';
import { shopSettingsSchema } from '../../../app/shops/settings.ts';
import { interviewQuestions, questionFor, questionsSchema } from '../../../app/stories/interview.ts';

const why = { key: 'why', text: { en: 'Why?', de: ' Warum? ', fr: '' } };

test('ours are asked until there are others, and again when these are gone', () => {
  expect(interviewQuestions(shopSettingsSchema.parse({}).stories.questions)).toHaveLength(4);
  expect(interviewQuestions([])).toHaveLength(4);
  expect(interviewQuestions([why]).map(({ key }) => key)).toEqual(['why']);
  expect(shopSettingsSchema.parse({ stories: { questions: [why] } }).stories.questions).toEqual([why]);
});

test('what is asked in no language is left out, and what cannot be asked is named', () => {
  expect(questionsSchema.parse([why])).toEqual([{ key: 'why', text: { en: 'Why?', de: 'Warum?' } }]);
  const wrong = (questions: unknown) => {
    const [issue] = questionsSchema.safeParse(questions).error?.issues ?? [];
    return [issue?.path[0], issue?.message];
  };
  expect(wrong([why, { key: 'b', text: { en: ' ' } }])).toEqual([1, 'ask it in one language at least']);
  expect(wrong([{ key: 'b', text: { en: 'x'.repeat(201) } }])).toEqual([0, 'at most 200 characters']);
  expect(wrong([why, why])).toEqual([undefined, 'each question once']);
  expect(wrong(Array.from({ length: 9 }, (_, i) => ({ ...why, key: `q${i}` })))).toEqual([
    undefined,
    'at most 8 questions',
  ]);
});

test('a kept question is read in the language of who reads it, and stays as it was when it is asked no more', () => {
  const read = (kept: string, locale: string, own: (typeof why)[] | null = null) =>
    questionFor(kept, own, locale, 'en');
  expect(read('When do you reach for it?', 'de-AT')).toBe('Wann greifen Sie dazu?');
  expect(read('Why?', 'en', [why])).toBe('Why?');
  expect(read('When do you reach for it?', 'fr', [why])).toBe('À quels moments vous en servez-vous ?');
  expect(read('What is its name?', 'de', [why])).toBe('What is its name?');
});
