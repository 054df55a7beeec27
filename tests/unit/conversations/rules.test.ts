/** Rules of conversations: which voices join, what suggests a tag, who is told at once, thanks, worth, texts. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { cueFor, holdsWord } from '../../../app/conversations/cues.ts';
import { filterFrom, wordsAsQuery } from '../../../app/conversations/filter.ts';
import { filledMacro, macroProblem, type MacroFields } from '../../../app/conversations/macros.ts';
import { clockOf, joins, matterOf, moreUrgent, type Candidate } from '../../../app/conversations/matters.ts';
import { noticeOf } from '../../../app/conversations/notices.ts';
import {
  FIRST_TAGS,
  isEmptyRule,
  keyOfName,
  newKey,
  suggestedTags,
  tagSchema,
} from '../../../app/conversations/tags.ts';
import { isPraise, nextThanks } from '../../../app/conversations/thanks.ts';
import { queryOfFilter } from '../../../app/conversations/views.ts';
import { worthOf, type Outcome } from '../../../app/conversations/worth.ts';
import { readHours, hoursText } from '../../../app/ui/inbox/hoursText.ts';
import {
  cueLines,
  cueRows,
  personLines,
  personRows,
  stepLines,
  stepRows,
} from '../../../app/ui/inbox/peopleLines.ts';
import { formOf, readForm } from '../../../app/ui/inbox/settingsForm.ts';
import { inboxSettingsSchema, readInboxSettings } from '../../../app/conversations/settings.ts';

const at = new Date('2026-06-01T10:00:00Z');
const days = (n: number) => new Date(at.getTime() + n * 86_400_000);

describe('one thread a matter', () => {
  const candidate = (more: Partial<Candidate> = {}): Candidate => ({
    id: 'a',
    state: 'open',
    matter: 'order:1',
    customerId: null,
    heardAt: at,
    channel: 'mail',
    ...more,
  });

  test('a thread wins over everything; a merged one does not', () => {
    const thread = candidate({ id: 't', state: 'solved', matter: null });
    expect(joins({ at: days(300) }, 'order:1', [thread], [candidate()])?.id).toBe('t');
    expect(joins({ at }, 'order:1', [candidate({ id: 't', state: 'merged' })], [candidate()])?.id).toBe('a');
  });

  test('an order that was settled lately is taken up again, one of long ago is another matter', () => {
    const solved = candidate({ state: 'solved' });
    expect(joins({ at: days(14) }, 'order:1', [], [solved])?.id).toBe('a');
    expect(joins({ at: days(15) }, 'order:1', [], [solved])).toBeNull();
    expect(joins({ at: days(15) }, 'order:1', [], [candidate({ id: 'open', heardAt: at }), solved])?.id).toBe(
      'open',
    );
    expect(joins({ at }, 'order:2', [], [candidate()])).toBeNull();
    expect(joins({ at }, null, [], [candidate({ matter: null })])).toBeNull();
  });

  test('who names no order means the same thing for three days, while it is open', () => {
    const person = candidate({ matter: 'person:mail:x' });
    expect(joins({ at: days(3) }, 'person:mail:x', [], [person])?.id).toBe('a');
    expect(joins({ at: days(4) }, 'person:mail:x', [], [person])).toBeNull();
    expect(joins({ at }, 'person:mail:x', [], [{ ...person, state: 'solved' }])).toBeNull();
  });

  test('each review is a matter of its own, also about one order; a follow-up is not', () => {
    const voice = { customerId: 'c', orderId: 1n, from: null, channel: 'review' as const };
    const of = (kind: 'review' | 'answer', source: string) => matterOf({ ...voice, kind, source });
    expect([of('review', 'review:1'), of('review', 'review:2'), of('review', 'review:1:again')]).toEqual([
      'review:review:1',
      'review:review:2',
      'review:review:1',
    ]);
    const mention = (source: string) => matterOf({ ...voice, kind: 'mention', source });
    expect(mention('mention:mastodon:a/1')).not.toBe(mention('mention:mastodon:a/2'));
    expect(of('answer', 'answer:1')).toBe('order:1');
    expect(
      matterOf({ ...voice, kind: 'mail', source: 'm', orderId: null, customerId: null, from: null }),
    ).toBeNull();
  });

  test('what becomes a complaint stays one', () => {
    expect(clockOf({ kind: 'review', score: 1 })).toBe('complaint');
    expect(clockOf({ kind: 'review', score: 5 })).toBe('review');
    expect(clockOf({ kind: 'answer', score: 4 })).toBe('praise');
    expect(clockOf({ kind: 'answer', score: 3 })).toBe('message');
    expect(moreUrgent('praise', 'complaint')).toBe('complaint');
    expect(moreUrgent('complaint', 'praise')).toBe('complaint');
  });
});

describe('words', () => {
  test('a word is a word, in any case and script, and what somebody typed is no pattern', () => {
    expect([
      holdsWord('It was LATE.', 'late'),
      holdsWord('chocolate', 'late'),
      holdsWord('ZU SPÄT!', 'spät'),
      holdsWord('It does not\n fit', 'does not fit'),
      holdsWord('蓋が壊れていました', '壊れ'),
    ]).toEqual([true, false, true, true, true]);
    fc.assert(
      fc.property(fc.string({ minLength: 1 }), (word) => {
        expect(typeof holdsWord('any text', word)).toBe('boolean');
      }),
    );
  });

  test('the first tags suggest themselves, and their codes are fit to be kept', () => {
    expect(FIRST_TAGS.every((tag) => tagSchema.safeParse(tag).success)).toBe(true);
    const facts = { score: null, language: null, product: null };
    expect(
      suggestedTags(FIRST_TAGS, { ...facts, text: 'La taza llegó rota… está roto', kind: 'mail' }),
    ).toEqual(['damaged']);
    expect(suggestedTags(FIRST_TAGS, { ...facts, text: '', kind: 'not-arrived' })).toEqual(['delivery']);
    expect([keyOfName('Zu groß & zu klein!'), keyOfName('日本')]).toEqual(['zu-gro-zu-klein', 'subject']);
    const others = [
      { key: 'fit', name: 'Size and fit' },
      { key: 'subject', name: '返品' },
      { key: 'subject-2', name: '配送' },
    ];
    const keys = ['Fit', 'New', '破損', ' size AND fit '].map((name) => newKey(name, others));
    expect(keys).toEqual(['fit-2', 'new', 'subject-3', null]);
  });

  test('a rule fits when all that it says is so: words, kind, score, language, product', () => {
    const said = {
      text: 'The lid is loose',
      kind: 'review' as const,
      score: 2,
      language: 'en-GB',
      product: '7',
    };
    const fits = (rule: object) => {
      const tag = tagSchema.parse({ code: 'lid', name: 'Lid', rules: [rule] });
      return suggestedTags([tag], said).length === 1;
    };
    const whole = {
      words: 'lid, cover',
      kinds: ['review'],
      score: 2,
      languages: ['en'],
      products: ['7', '8'],
    };
    expect(fits(whole)).toBe(true);
    for (const other of [
      { words: 'handle' },
      { kinds: ['mail'] },
      { score: 1 },
      { languages: ['de'] },
      { products: ['9'] },
    ])
      expect(fits({ ...whole, ...other })).toBe(false);
    expect(fits({ languages: ['en'] })).toBe(true);
    for (const junk of [
      {},
      { words: ' ' },
      { words: 7 },
      { languages: ['English'] },
      { products: ['x'] },
      null,
    ])
      expect(tagSchema.safeParse({ code: 'a', name: 'A', rules: [junk] }).success).toBe(false);
    expect([
      isEmptyRule({ words: ' ', kinds: [] }),
      isEmptyRule({ words: 7 }),
      isEmptyRule({ score: 2 }),
    ]).toEqual([true, false, false]);
  });

  test('cues fit by words, score, worth, stage and the third contact, the first one wins', () => {
    const facts = { text: 'I call my lawyer', score: 2, value: 500, stage: 'family', contacts: 3 };
    const to = 'a@example.com';
    const fits = (kind: 'words' | 'score' | 'value' | 'stage' | 'contacts', value: string) =>
      cueFor([{ kind, value, to }], facts) !== null;
    expect([
      fits('words', 'press, lawyer'),
      fits('score', '2'),
      fits('value', '500'),
      fits('stage', 'family'),
      fits('contacts', '3'),
    ]).toEqual([true, true, true, true, true]);
    expect([
      fits('words', 'law'),
      fits('score', '1'),
      fits('value', '501'),
      fits('stage', 'friend'),
      fits('contacts', '4'),
    ]).toEqual([false, false, false, false, false]);
    const no = { text: '', score: null, value: null, stage: null, contacts: 1 };
    expect(
      cueFor(
        [
          { kind: 'score', value: '5', to },
          { kind: 'value', value: '0', to },
        ],
        no,
      ),
    ).toBeNull();
  });

  test('whatever is typed into the search is a query that the database can read', () => {
    expect(wordsAsQuery('Ana broken')).toBe(`'ana':* & 'broken':*`);
    expect(wordsAsQuery('  ')).toBe('');
    expect(wordsAsQuery('IMG_12.jp a.b@x.de')).toBe(`('img_12.jp':* | 'img' & '12' & 'jp':*) & 'a.b@x.de':*`);
    const word = `'(''|[^'])+'`;
    const wanted = `(${word}:\\*|\\(${word}:\\* \\|( ${word} &)+ ${word}:\\*\\))`;
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(wordsAsQuery(text)).toMatch(new RegExp(`^(${wanted}( & ${wanted})*)?$`));
      }),
    );
  });

  test('a filter survives its own address, and junk filters nothing', () => {
    const filter = filterFrom(new URLSearchParams('view=late&q=vase&tag=fit&kind=review&channel=mail'));
    expect(filterFrom(new URLSearchParams(queryOfFilter(filter)))).toEqual(filter);
    expect(filterFrom(new URLSearchParams(`view=x&customer=1&kind=${'y'.repeat(99)}`))).toMatchObject({
      view: 'to-answer',
      customer: null,
      clock: null,
    });
  });
});

describe('thanks', () => {
  test('are for praise and nothing else', () => {
    const praise = { kind: 'review' as const, score: 5, text: 'Lovely' };
    expect(isPraise(praise)).toBe(true);
    expect([
      isPraise({ ...praise, text: 'Blue?' }),
      isPraise({ ...praise, score: 4 }),
      isPraise({ ...praise, kind: 'mail' }),
      isPraise({ ...praise, isAutomatic: true }),
    ]).toEqual([false, false, false, false]);
  });

  test('are never the same twice in a row, in whatever language', () => {
    fc.assert(
      fc.property(fc.constantFrom('en', 'de-AT', 'fr', 'es', 'ja', null), fc.nat(), (language, seed) => {
        let last: string | null = null;
        for (let round = 0; round < 6; round++) {
          const next = nextThanks({}, { language, shopLocale: 'en', last, seed });
          expect(next).not.toBeNull();
          expect(next).not.toBe(last);
          last = next;
        }
      }),
    );
    expect(
      nextThanks({ en: ['Only'] }, { language: 'en', shopLocale: 'en', last: 'Only', seed: 1 }),
    ).toBeNull();
  });
});

describe('worth', () => {
  const outcomes = (count: number, late: boolean, again: number): Outcome[] =>
    Array.from({ length: count }, (_, index) => ({
      late,
      asked: true,
      score: late ? 2 + (index % 2) : 4 + (index % 2),
      again: index < again,
    }));

  test('is not told before there is enough of both', () => {
    expect(worthOf([])).toEqual({ enough: false, missing: 30 });
    expect(worthOf([...outcomes(100, false, 50), ...outcomes(29, true, 2)])).toEqual({
      enough: false,
      missing: 1,
    });
  });

  test('is a difference with its interval', () => {
    const worth = worthOf([...outcomes(100, false, 50), ...outcomes(100, true, 20)]);
    expect(worth).toMatchObject({
      enough: true,
      inTime: { matters: 100, again: 0.5 },
      late: { again: 0.2 },
      again: { difference: 0.3 },
    });
    if (!worth.enough) return;
    expect(worth.again.low).toBeCloseTo(0.175, 2);
    expect(worth.again.high).toBeCloseTo(0.425, 2);
    expect(worth.score?.difference).toBeCloseTo(2, 5);
  });
});

describe('texts to answer with', () => {
  const fields: MacroFields = {
    customer: { first_name: 'Ana', last_name: null },
    shop: { name: 'Linden', url: 'https://x.test', email: null, signature: 'Jo' },
    order: null,
    shipment: null,
    product: null,
  };
  test('are filled in; what nobody knows stands in brackets', () => {
    expect(filledMacro('Hello {{ customer.first_name }}, {{ order.name }} of {{ shop.name }}', fields)).toBe(
      'Hello Ana, [order.name] of Linden',
    );
    expect(filledMacro('{{ shop.name | append: shipment.carrier }}!', fields)).toBe('[shipment.carrier]!');
    expect(filledMacro('{% if order.name %}{{ order.name }}{% else %}Your order{% endif %}', fields)).toBe(
      'Your order',
    );
  });
  test('are refused with what is wrong', () => {
    expect([macroProblem('Hello {{ customer.first_name }}'), macroProblem('{{ customer.email }}')]).toEqual([
      null,
      'unknown field customer.email',
    ]);
    expect(macroProblem('{% include "x" %}')).toContain('{% include %} is not known here');
    expect(macroProblem('{{ ')).not.toBeNull();
  });
});

test('a notice says who waits, until when, where to answer, and nothing where nobody is told', () => {
  const about = {
    personName: 'Ana',
    personAddress: null,
    preview: 'Where is it?',
    replyDueAt: at,
    resolutionDueAt: null,
  };
  const around = { zone: 'Europe/Berlin', link: 'https://admin.test/1' };
  expect(noticeOf({ kind: 'warn' }, about, around)).toEqual({
    subject: 'Ana waits for an answer until Mon 12:00',
    text: 'The promised time is nearly over.\n\n“Where is it?”\n\nhttps://admin.test/1',
  });
  expect(noticeOf({ kind: 'late' }, about, around)).toBeNull();
});

describe('the page of promises', () => {
  test('hours are read as people type them', () => {
    expect(readHours('9-12:30, 13:30-18')).toEqual([
      { from: '09:00', to: '12:30' },
      { from: '13:30', to: '18:00' },
    ]);
    expect([readHours(''), readHours('24-25'), readHours('12-9'), readHours('nine')]).toEqual([
      [],
      null,
      null,
      null,
    ]);
    expect(hoursText(readHours('0-24')!)).toBe('00:00-24:00');
    expect(hoursText(readHours('9.30-12, 13.15-18')!)).toBe('09:30-12:00, 13:15-18:00');
    const daysOff = (day: string) => inboxSettingsSchema.safeParse({ closedDays: [day] }).success;
    expect(['2028-02-29', '2026-02-29', '2026-13-01'].map(daysOff)).toEqual([true, false, false]);
  });

  test('what is stored comes back as it was typed, and what is wrong is named by its field', () => {
    const settings = readInboxSettings({
      people: [{ name: 'Ana', email: 'ana@example.com', userId: '7' }],
      chain: [{ lateBy: 60, to: 'ana@example.com' }],
      cues: [{ kind: 'words', value: 'lawyer, press', to: 'ana@example.com' }],
    });
    const form = formOf(settings, '7');
    expect(readForm(form, settings, '7')).toEqual({ settings });
    const wrong = readForm(
      {
        ...form,
        chain: 'ana',
        week: form.week.with(0, 'x'),
        people: 'nobody',
        targets: { ...form.targets, review: { reply: '0', resolution: '' } },
      },
      settings,
      '7',
    );
    expect('errors' in wrong && Object.keys(wrong.errors).sort()).toEqual([
      'chain',
      'people',
      'targets.review.reply',
      'week.0',
    ]);
  });
});

test('who answers is lines in the form and rows on the page, and neither loses what is half typed', () => {
  const people = 'Ana Lima <ana@example.com>\nNora <>\n <b@example.com>';
  expect(personRows(people)[1]).toEqual({ name: 'Nora', email: '' });
  expect(personLines(personRows(people))).toBe(people);
  const chain = '60 ana@example.com\n b@example.com\n120 ';
  expect(stepRows(chain)[1]).toEqual({ lateBy: '', to: 'b@example.com' });
  expect(stepLines(stepRows(chain))).toBe(chain);
  const cues = 'words: lawyer, a > b > ana@example.com\nscore: 1 > b@example.com\nwords:  > ';
  expect(cueRows(cues)[0]).toEqual({ kind: 'words', value: 'lawyer, a > b', to: 'ana@example.com' });
  expect(cueLines(cueRows(cues))).toBe(cues);
  expect([personRows(''), stepRows(''), cueRows('')]).toEqual([[], [], []]);
});
