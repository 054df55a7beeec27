import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { mayUse, rightsNow, termEnd, USES, usesIn, type Rights } from '../../../app/stories/rights.ts';
import { cleanText, readStory, type SentStory } from '../../../app/stories/story.ts';
import { storyLinks } from '../../../app/stories/links.ts';

const now = new Date('2026-03-01T10:00:00Z');
const blank: SentStory = { form: 'photos', title: '', text: '', name: '', answers: [], files: [] };
const photo = (id: string, field = 'files') => ({ id, field, kind: 'picture' as const });

describe('a story is read from a form', () => {
  test.each([
    ['a photo', { files: [photo('1')], text: ' Lovely ' }, { kind: 'photos', text: 'Lovely', title: null }],
    ['a film among photos', { files: [photo('1'), { ...photo('2'), kind: 'video' }] }, { kind: 'video' }],
    ['no file', {}, { problem: 'no-file' }],
    [
      'eleven files',
      { files: Array.from({ length: 11 }, (_, i) => photo(String(i))) },
      { problem: 'too-many-files' },
    ],
    ['too many words', { files: [photo('1')], text: 'x'.repeat(2001) }, { problem: 'too-long' }],
    [
      'a pair in any order',
      { form: 'before-after', files: [photo('2', 'after'), photo('1', 'before')] },
      {
        kind: 'before-after',
        files: [
          { id: '1', role: 'before' },
          { id: '2', role: 'after' },
        ],
      },
    ],
    ['half a pair', { form: 'before-after', files: [photo('1', 'before')] }, { problem: 'two-pictures' }],
    ['a post without a title', { form: 'guest-post', text: 'Once' }, { problem: 'no-text' }],
    ['a long post', { form: 'guest-post', title: 'Once', text: 'x'.repeat(9000) }, { kind: 'guest-post' }],
    [
      'an interview without answers',
      { form: 'interview', answers: [{ question: 'Why?', answer: ' ' }] },
      { problem: 'no-text' },
    ],
    [
      'an interview',
      {
        form: 'interview',
        answers: [
          { question: 'Why?', answer: 'So' },
          { question: 'When?', answer: '' },
        ],
      },
      { kind: 'interview', answers: [{ question: 'Why?', answer: 'So' }] },
    ],
  ] as const)('%s', (_name, sent, read) => {
    expect(readStory({ ...blank, ...sent } as SentStory)).toMatchObject(read);
  });

  test('texts keep what people type, and nothing else', () => {
    expect(cleanText(' a\r\nb\u0000\u0007c \ud800 👩‍🚀 ')).toBe('a\nbc  👩‍🚀');
    expect(cleanText('<script>alert(1)</script>')).toBe('<script>alert(1)</script>');
  });
});

describe('rights', () => {
  const granted: Rights = { rights: 'granted', uses: ['shop-page'], askedUses: [], rightsUntil: null };

  test.each([
    ['nothing', { ...granted, rights: 'none', uses: [] }, 'none', false],
    ['asked for the first time', { ...granted, rights: 'asked', uses: [] }, 'asked', false],
    ['granted', granted, 'granted', true],
    ['asked for more', { ...granted, rights: 'asked' }, 'asked', true],
    ['granted until later', { ...granted, rightsUntil: new Date('2026-03-01T10:00:01Z') }, 'granted', true],
    ['granted until now', { ...granted, rightsUntil: now }, 'ran-out', false],
    ['taken back', { ...granted, rights: 'withdrawn' }, 'withdrawn', false],
  ] as const)('%s', (_name, rights, state, may) => {
    expect(rightsNow(rights as Rights, now)).toBe(state);
    expect(mayUse({ ...(rights as Rights), state: 'shown' }, 'shop-page', now)).toBe(may);
    expect(mayUse({ ...(rights as Rights), state: 'withdrawn' }, 'shop-page', now)).toBe(false);
    expect(mayUse({ ...(rights as Rights), state: 'shown' }, 'ads', now)).toBe(false);
  });

  test('a term ends on the same day of a later year', () => {
    expect(termEnd('open', now)).toBeNull();
    expect(termEnd('2', now)).toEqual(new Date('2028-03-01T10:00:00Z'));
  });

  test('only known uses are read, each once', () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(fc.constantFrom(...USES), fc.string())), (sent) => {
        const uses = usesIn(sent);
        return new Set(uses).size === uses.length && uses.every((use) => sent.includes(use));
      }),
    );
  });
});

test('links say whose page it is, and nobody else makes one', () => {
  const links = storyLinks({ appUrl: 'https://app.test', key: new Uint8Array(32).fill(1) });
  const link = {
    shopId: 4n,
    customerId: '0195a0c0-0000-7000-8000-000000000001',
    orderId: 9_007_199_254_740_993n,
    productId: null,
  };
  const token = links.story(link).split('/s/')[1]!;
  expect(links.readStory(token)).toEqual(link);
  expect(links.readEvent(token)).toBeNull();
  expect(links.readStory(`${token.slice(0, -2)}AA`)).toBeNull();
});
