import { expect, test } from 'vitest';
import { clockIn } from '../../../app/products/clock-form.ts';

const posted = (some: object = {}) => ({
  firstUseDays: 1,
  readyToJudgeDays: null,
  usefulLifeDays: 200,
  eventEndsAt: null,
  careGuide: {},
  ...some,
});
const guide = (some: object) => ({ careGuide: { de: { title: '', text: '', url: '', ...some } } });

test('a guide is kept whole; a language without a word has none', () => {
  const de = { title: 'Pflege', text: 'Mit Salz.', url: 'https://example.com/pflege' };
  const en = { title: ' ', text: '', url: '' };
  expect(clockIn(posted({ careGuide: { de, en } }))).toEqual({
    clock: {
      firstUseDays: 1,
      readyToJudgeDays: null,
      usefulLifeDays: 200,
      eventEndsAt: null,
      careGuide: { de },
    },
  });
  expect(clockIn(posted(guide({ title: 'Pflege', text: 'Mit Salz.' })))).toMatchObject({
    clock: { careGuide: { de: { url: null } } },
  });
});

test.each([
  [
    'a day that there is not',
    posted({ eventEndsAt: '2026-13-01T10:00' }),
    { eventEndsAt: 'There is no such moment.' },
  ],
  ['a title alone', guide({ title: 'Pflege' }), { 'careGuide.de.text': 'The guide needs its text.' }],
  ['a text alone', guide({ text: 'Mit Salz.' }), { 'careGuide.de.title': 'The guide needs a title.' }],
  [
    'an address that is none',
    guide({ title: 'Pflege', text: 'x', url: 'nonsense' }),
    { 'careGuide.de.url': 'This is not a web address. It begins with https://' },
  ],
  [
    'an address that would run',
    guide({ title: 'Pflege', text: 'x', url: 'javascript:alert(1)' }),
    { 'careGuide.de.url': 'This is not a web address. It begins with https://' },
  ],
  ['half a day', { firstUseDays: 0.5 }, { firstUseDays: 'A whole number of days, up to 3650.' }],
])('%s is said beside its field, and nothing is dropped', (_what, wrong, errors) => {
  expect(clockIn(posted(wrong))).toEqual({ errors });
});
