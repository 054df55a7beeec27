import { expect, test } from 'vitest';
import { searchOf, wordsOf, writtenAnswers } from '../../../app/wording/answers.ts';
import { readBrandVoice } from '../../../app/wording/brand-voice.ts';
import { askFor } from '../../../app/wording/draft.ts';

const known = {
  channel: 'mail',
  language: 'en',
  firstName: 'Ana',
  lastName: 'Lima',
  email: 'ana@example.com',
  phone: '+4930123456',
  order: '#1001',
};
const said = [
  {
    kind: 'voice',
    text: 'I am Ana Lima (ana@example.com, work@lima.example, +49 30 123 456 78). Where is #1001? https://shop.example/o?key=1 Banana.',
  },
  { kind: 'reply', text: 'Dear Ana, soon.' },
];

test('a model is told nobody’s name, address, number or order unless the merchant allows it', () => {
  const asked = askFor(readBrandVoice({ dos: 'Thank first', banned: ['cheap'] }), known, said);
  expect(asked).toMatchObject({
    version: 1,
    customer: {},
    voice: { dos: 'Thank first', neverUse: ['cheap'] },
  });
  expect(asked.turns).toEqual([
    {
      by: 'customer',
      text: 'I am [name] [name] ([address], [address], [number]). Where is [order]? [link] Banana.',
    },
    { by: 'shop', text: 'Dear [name], soon.' },
  ]);
  expect(JSON.stringify(asked)).not.toMatch(/Ana\b|Lima|example\.com|1001/);
});

test('with leave it is told first names and orders, and nothing more', () => {
  const voice = readBrandVoice({ model: { url: 'https://x.example', tellsName: true, tellsOrder: true } });
  const asked = askFor(voice, known, said);
  expect(asked.customer).toEqual({ firstName: 'Ana', order: '#1001' });
  expect(asked.turns[0]?.text).toBe(
    'I am Ana [name] ([address], [address], [number]). Where is #1001? [link] Banana.',
  );
});

test('a written answer is offered when a third of its question has been said', () => {
  const answers = [
    { question: 'Can it be washed in the dishwasher?', answer: 'At 60 °C.' },
    { question: 'Do you ship to Norway?', answer: 'Yes.' },
  ];
  expect(writtenAnswers('May I wash the bowl in my dishwashers?', answers, 2)).toEqual([
    { from: 'brand', question: answers[0]!.question, text: 'At 60 °C.' },
  ]);
  expect(writtenAnswers('Hello', answers, 2)).toEqual([]);
});

test('what is searched by is words alone', () => {
  expect(wordsOf('The mug, the MUG & it broke!')).toEqual(['broke']);
  expect(searchOf("Broken'); drop table --")).toBe('broken:* | table:* | drop:*');
  expect(searchOf('Hi!')).toBeNull();
});
