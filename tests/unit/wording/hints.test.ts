import fc from 'fast-check';
import { expect, test } from 'vitest';
import { MACRO_FIELDS } from '../../../app/conversations/macros.ts';
import { brandVoiceIn, readBrandVoice } from '../../../app/wording/brand-voice.ts';
import { hintsFor, type Draft } from '../../../app/wording/hints.ts';
import { languageDetector } from '../../../app/wording/language.server.ts';

const detect = await languageDetector();
const draft = (text: string, change: Partial<Draft> = {}): Draft => ({
  text,
  isPublic: false,
  isKind: false,
  isReview: false,
  language: 'en',
  customer: { firstName: 'Ana', lastName: 'Lima', email: 'ana@example.com', phone: '+4930123456' },
  last: [],
  ...change,
});
const codes = (one: Draft, voice = readBrandVoice({ banned: ['cheap', 'No problem', '安い'] })) =>
  hintsFor(one, voice, detect).map(({ code, detail }) => (detail ? `${code} ${detail}` : code));

test.each([
  ['It is cheap.', ['banned-word cheap']],
  ['CHEAP!', ['banned-word cheap']],
  ['It is cheaper elsewhere.', []],
  ['no problem, it leaves today', ['banned-word No problem']],
  ['It is no\n problem', ['banned-word No problem']],
  ['この鍋は安いです', ['banned-word 安い']],
])('words that are never used: %s', (text, expected) => {
  expect(codes(draft(text, { language: null }))).toEqual(expected);
});

test.each([
  ['We will refund you today.', true],
  ['You will get your money back within a week.', true],
  ['I have refunded the order.', true],
  ['Wir erstatten Ihnen den Betrag.', true],
  ['Sie bekommen Ihr Geld zurück.', true],
  ['Nous vous remboursons tout de suite.', true],
  ['Le devolvemos el dinero.', true],
  ['We’re going to refund the rest.', true],
  ['Sie bekommen den Betrag morgen erstattet.', true],
  ['Nous allons vous rembourser.', true],
  ['Te devolveremos el dinero.', true],
  ['Vamos a reembolsarle.', true],
  ['We cannot refund this.', false],
  ['Sie erhalten dafür leider keine Rückerstattung.', false],
  ['Our refund policy is on the page.', false],
  ['Have you asked for a refund already?', false],
  ['Wie lange dauert eine Erstattung bei Ihnen?', false],
])('money promised back: %s', (text, isPromise) => {
  expect(codes(draft(text, { language: null })).includes('refund-promised')).toBe(isPromise);
  const may = readBrandVoice({ mayPromiseRefunds: true });
  expect(codes(draft(text, { language: null }), may)).not.toContain('refund-promised');
});

test('in public nothing private is said; in a mail a card is still a card', () => {
  const open = { isPublic: true };
  expect(codes(draft('Write to help@shop.example, Ana', open))).toEqual(['private-data email']);
  expect(codes(draft('Call +49 30 123 45 67', open))).toEqual(['private-data phone']);
  expect(codes(draft('Your order #1001 is on its way', open))).toEqual(['private-data order']);
  expect(codes(draft('Dear Mrs Lima, it is on its way', open))).toEqual(['private-data name']);
  expect(codes(draft('Dear Mrs Lima, your order #1001, ana@example.com'))).toEqual([]);
  expect(codes(draft('The card 4111 1111 1111 1111 was charged'))).toEqual(['private-data card']);
  expect(codes(draft('Parcel 4111 1111 1111 1112 is on its way'))).toEqual([]);
  expect(codes(draft('It was paid to DE89 3704 0044 0532 0130 00'))).toEqual(['private-data iban']);
  expect(codes(draft('You used eve@gmail.com last time'))).toEqual(['private-data email']);
});

test('kindness and reviews are thanked, in whatever language', () => {
  for (const thanks of ['Thank you so much!', 'Vielen Dank!', 'Merci !', '¡Gracias!', 'ありがとう'])
    expect(codes(draft(thanks, { isKind: true, language: null }))).toEqual([]);
  expect(codes(draft('We will look into it.', { isReview: true, language: null }))).toEqual(['no-thanks']);
  expect(codes(draft('We will look into it.', { language: null }))).toEqual([]);
});

test('an answer in another language than theirs is noticed, and short or unclear ones are left alone', () => {
  const german = 'Liebe Ana, der neue Becher ist heute unterwegs zu dir und kommt morgen an.';
  expect(codes(draft(german, { language: 'en-GB' }))).toEqual(['other-language de']);
  expect(codes(draft(german, { language: 'de-AT' }))).toEqual([]);
  expect(codes(draft(german, { language: null }))).toEqual([]);
  expect(codes(draft('OK, danke!', { language: 'en' }))).toEqual([]);
  expect(
    codes(draft('Dear Ana, sorry to hear that the mug broke. A new one leaves today.', { language: 'en' })),
  ).toEqual([]);
  expect(codes(draft('Merci beaucoup pour votre message, nous sommes désolés.', { language: 'fr' }))).toEqual(
    [],
  );
});

test('the same answer once more is noticed, also with another name in it', () => {
  const before = 'Dear Jo, sorry to hear that the mug broke. A new one leaves today, with our apologies.';
  const again = before.replace('Jo', 'Ana');
  expect(codes(draft(again, { last: [before] }))).toEqual(['said-before']);
  expect(
    codes(
      draft(again, {
        last: Array.from({ length: 10 }, () => 'Something else altogether, really').concat(before),
      }),
    ),
  ).toEqual([]);
  expect(
    codes(
      draft('Dear Ana, the pan needs some oil before it is used for the first time.', { last: [before] }),
    ),
  ).toEqual([]);
  expect(codes(draft('Yes!', { last: ['yes'] }))).toEqual(['said-before']);
});

test('what was left open is noticed', () => {
  expect(codes(draft('Dear {{ first_name }}, hello'))).toEqual(['left-open {{ first_name }}']);
  expect(codes(draft('Dear [Name], hello'))).toEqual(['left-open [Name]']);
  // What a text to begin with leaves where something is not known of the customer.
  for (const field of MACRO_FIELDS)
    expect(codes(draft(`About [${field}]: see [1], [sic]`, { language: null }))).toEqual([
      `left-open [${field}]`,
    ]);
});

test('nothing is said of nothing, and any text is judged', () => {
  expect(codes(draft('  '))).toEqual([]);
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 300 }), (text) => {
      expect(Array.isArray(codes(draft(text, { isPublic: true, isKind: true, last: [text] })))).toBe(true);
    }),
    { numRuns: 50 },
  );
});

test('what a form sends is held to its limits, by field', () => {
  expect(brandVoiceIn({ banned: ['a', 'a'] })).toMatchObject({ voice: { banned: ['a'] } });
  expect(brandVoiceIn({ dos: 'x'.repeat(2001), model: { url: 'http://x.example' } })).toEqual({
    errors: { dos: 'At most 2000', 'model.url': expect.any(String) },
  });
  expect(brandVoiceIn({ answers: [{ question: '', answer: 'x' }] })).toEqual({
    errors: { 'answers.0.question': 'Write something, or take it away' },
  });
  expect(brandVoiceIn('nonsense')).toHaveProperty('errors');
});
