import { expect, test } from 'vitest';
import type { TimelineLines, WrittenEntry } from '../../../app/customers/timeline.ts';
import { sentInWords } from '../../../app/ui/inbox/inboxWords.ts';
import { timelineSentence } from '../../../app/ui/timelineSentence.ts';

type Refund = TimelineLines['order']['order-refunded'];

const refund = (data: Partial<Refund>) =>
  timelineSentence(
    {
      id: '1',
      at: new Date('2026-05-08T08:00:00Z'),
      kind: 'order',
      code: 'order-refunded',
      data: { order: '#1001', amount: '5000', currency: 'EUR', full: true, total: '5500', ...data },
    } as WrittenEntry,
    { zone: 'UTC' },
  );

test.each<[string, Partial<Refund>]>([
  ['€50.00 of #1001 refunded, all its goods; the other €5.00 was not', {}],
  ['€55.00 of #1001 refunded, all of it', { amount: '5500' }],
  ['€20.00 of #1001 refunded', { amount: '2000', full: false }],
  ['Nothing is left of #1001; nothing was refunded', { amount: '0' }],
])('%s', (sentence, data) => {
  expect(refund(data)).toBe(sentence);
});

test('a line from before the total was kept says what it knows', () => {
  const { total: _total, ...before } = {
    order: '#1001',
    amount: '5000',
    currency: 'EUR',
    full: true,
    total: '',
  };
  const entry = { id: '1', at: new Date(0), kind: 'order', code: 'order-refunded', data: before };
  expect(timelineSentence(entry as WrittenEntry, { zone: 'UTC' })).toBe(
    '€50.00 of #1001 refunded, all its goods',
  );
});

test.each([
  ['Ordered #1001, €59.90', {}],
  ['Ordered #1001, €59.90 ($65.89 at the checkout)', { paid: { total: '6589', currency: 'USD' } }],
])('%s', (sentence, paid) => {
  const data = { order: '#1001', total: '5990', currency: 'EUR', source: 'web', test: false, ...paid };
  const entry = { id: '1', at: new Date(0), kind: 'order', code: 'order-placed', data };
  expect(timelineSentence(entry as WrittenEntry, { zone: 'UTC' })).toBe(sentence);
});

test.each([
  ['Was answered within a minute of working time', 0.2],
  ['Was answered after 1 h 5 min of working time', 65],
  ['Was answered', null],
])('%s', (sentence, minutes) => {
  const data = { conversationId: '1', minutes, late: false, by: 'staff:1' };
  const entry = { id: '1', at: new Date(0), kind: 'conversation', code: 'conversation-answered', data };
  expect(timelineSentence(entry as WrittenEntry, { zone: 'UTC' })).toBe(sentence);
});

test.each([
  ['on its way', 'to-send', null],
  [
    'on its way: the other side does not answer at the moment, it is tried again',
    'to-send',
    'provider-unavailable',
  ],
  ['not sent: the mail server has refused it', 'refused', 'provider-refused'],
  ['not sent: it was not taken', 'refused', 'some-new-reason'],
])('an answer that is %s', (sentence, state, problem) => {
  expect(sentInWords(state, problem)).toBe(sentence);
});
