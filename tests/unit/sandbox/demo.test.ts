/** The demo shop's story is believable and the same in every run. */

import { expect, test } from 'vitest';
import { fillForm } from '../../../sandbox/demo/forms.ts';
import { people } from '../../../sandbox/demo/people.ts';
import { DAYS, story } from '../../../sandbox/demo/story.ts';

const cast = people();
const countries = cast.map((person) => person.address!.country);
const chapters = story(countries);

test('thirty people in six countries, each with an address of their own at an example domain', () => {
  expect(cast).toHaveLength(30);
  expect(new Set(countries).size).toBe(6);
  expect(new Set(cast.map((person) => person.locale))).toEqual(
    new Set(['en', 'de', 'fr', 'es', 'pt-BR', 'ja']),
  );
  expect(new Set(cast.map((person) => person.email)).size).toBe(30);
  expect(cast.every((person) => /^[a-z]+\.[a-z]+@example\.(com|org|net)$/.test(person.email ?? ''))).toBe(
    true,
  );
});

test('sixty orders at all stages over four months', () => {
  expect(chapters).toHaveLength(60);
  expect(new Set(chapters.map((c) => c.buyer)).size).toBe(30);
  expect(new Set(chapters.map((c) => c.outcome))).toEqual(
    new Set([
      'delivered',
      'in-transit',
      'packed',
      'open',
      'cancelled',
      'refunded',
      'part-refunded',
      'returned',
      'lost',
    ]),
  );
  expect(new Set(chapters.map((c) => c.source))).toEqual(new Set(['web', 'pos', 'shopify_draft_order']));
  expect(chapters.filter((c) => c.giftTo)).toHaveLength(4);
  expect(chapters.every((c) => c.day > 0 && c.day < DAYS)).toBe(true);
  expect(chapters.filter((c) => c.wantsCode && c.day > DAYS - 14).length).toBeGreaterThan(1);
});

test('told twice, it is the same', () => {
  expect(story(countries)).toEqual(chapters);
});

test('a form is filled in as its fields want it', () => {
  const page = `<form method="post"><input type="hidden" name="t" value="1"><input type="radio" name="going" value="4">
    <input type="radio" name="going" value="5"><textarea name="why"></textarea></form>`;
  expect([...(fillForm(page, 4, 'Good') ?? [])]).toEqual([
    ['t', '1'],
    ['going', '4'],
    ['why', 'Good'],
  ]);
  expect(fillForm('<p>Thank you</p>', 4, null)).toBeNull();
});
