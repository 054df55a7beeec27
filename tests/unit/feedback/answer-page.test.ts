/** What was sent and cannot be kept comes back as it was sent, and the page says why. */
import { expect, test } from 'vitest';
import type { BlockQuestion } from '../../../app/feedback/block.ts';
import { answerPageResponse } from '../../../app/ui/answerPage.ts';
import { answersIn } from '../../../app/ui/questionFields.ts';
import { shopSettingsSchema } from '../../../app/shops/settings.ts';
import type { Shop } from '../../../app/shops/shop.ts';

const shop = { name: 'Leaf', locale: 'en', settings: shopSettingsSchema.parse({}) } as unknown as Shop;
const named = (...values: string[]) => values.map((value) => ({ value, label: value }));
const base = { text: 'Which?', help: '', required: false };
const ranking = { ...base, kind: 'ranking', key: 'rank', options: named('price', 'look', 'fit') };
const words = { ...base, kind: 'text', key: 'why', placeholder: '', maxLength: 100 };
const questions = [ranking, words] as unknown as BlockQuestion[];

async function sent(form: Record<string, string>, locale: string): Promise<string> {
  const page = {
    state: 'ask',
    questions,
    number: 2,
    said: null,
    back: null,
    values: {},
    survey: { version: 1, variant: null },
    reader: { locale },
  } as unknown as Parameters<typeof answerPageResponse>[0]['page'];
  const wrong = answersIn(questions, new URLSearchParams(form));
  const response = answerPageResponse({ shop, page, visit: null, chosen: null, wrong });
  expect(response.status).toBe(422);
  return (await response.text()).replaceAll(/\s+/g, ' ');
}

test('two on one place come back in an order that can be agreed to, with what was typed beside them', async () => {
  const form = { 'rank.price': '2', 'rank.look': '1', 'rank.fit': '2', why: 'Cosy <b>' };
  const drawn = await sent(form, 'de');
  expect(drawn).toContain('Zwei davon hatten denselben Platz. Ist das die Reihenfolge, die Sie meinen?');
  const chosen = [...drawn.matchAll(/name="rank\.(\w+)">(.*?)<\/select>/g)].map(([, name, options]) => [
    name,
    /value="(\d)" selected/.exec(options!)?.[1],
  ]);
  expect(chosen).toEqual([
    ['price', '2'],
    ['look', '1'],
    ['fit', '3'],
  ]);
  expect(drawn).toContain('Cosy &#60;b&#62;');
});

test('whatever else cannot be kept is only looked at again', async () => {
  expect(await sent({ 'rank.price': '1', why: 'x' }, 'fr')).toContain('Veuillez revoir votre réponse.');
});
