import { simpleParser } from 'mailparser';
import { beforeEach, expect, test } from 'vitest';
import { mimeOf } from '../../../app/adapters/email/smtp.server.ts';
import {
  hearText,
  mailWay,
  textWay,
  type WayDeps,
} from '../../../app/correspondence/correspondence.server.ts';
import type { OutgoingAnswer } from '../../../app/correspondence/answers.ts';
import {
  hear,
  installDefaults,
  listConversations,
  makeReplyLoop,
  troubledAnswers,
} from '../../../app/conversations/conversations.server.ts';
import { filterFrom } from '../../../app/conversations/filter.ts';
import { timelineOf } from '../../../app/customers/customers.server.ts';
import { fieldsOf } from '../../../app/fields.server.ts';
import { doInInbox } from '../../../app/inboxDeeds.server.ts';
import { replyAddresses } from '../../../app/correspondence/reply-address.ts';
import type { Heard } from '../../../app/correspondence/voices.ts';
import { unsubscribe } from '../../../app/messages/messages.server.ts';
import type { OutgoingText, TextProvider } from '../../../app/messages/provider.ts';
import type { Shop } from '../../../app/shops/shop.ts';
import { timelineSentence } from '../../../app/ui/timelineSentence.ts';
import { aShop } from '../../builders.ts';
import { testDb } from '../../database.ts';
import { after, aRecipient, noon, RememberingMail, testKey } from '../../messages.ts';
import { aVoice, conversationsOf, entriesOf } from '../../voices.ts';
import { insertRow } from '../rows.ts';

const t = testDb();
const addresses = replyAddresses('replies@in.example.com', [testKey]);
const id = '0197d2a4-0000-7000-8000-000000000001';
const conversationId = '0197d2a4-0000-7000-8000-000000000002';

let shop: Shop;
let customerId: string;
let email: RememberingMail;
let texts: TextProvider & { sent: OutgoingText[] };
let deps: WayDeps;

beforeEach(async () => {
  shop = await aShop(t.db, { settings: { sender: { name: 'Linden', email: 'hello@linden.example' } } });
  customerId = await aRecipient(t.db, shop, { email: 'ana@example.com', phone: '+4930123456' });
  email = new RememberingMail();
  const sent: OutgoingText[] = [];
  texts = {
    name: 'remembering',
    memoryMs: 0,
    sent,
    async send(text, beforeCommit) {
      if (!(await beforeCommit())) return { kind: 'withdrawn' };
      sent.push(text);
      return { kind: 'accepted', providerId: 't1' };
    },
    async close() {},
  };
  deps = { db: t.db, email, texts, from: 'app@everafter.example', addresses, suppressionKey: testKey };
});

const answer = (change: Partial<OutgoingAnswer> = {}): OutgoingAnswer => ({
  shopId: shop.id,
  id,
  conversationId,
  kind: 'reply',
  customerId,
  address: 'ana@example.com',
  subject: 'Where is it?',
  text: 'Dear Ana,\nit is on its way: https://track.example/1?a=1&b=<2>.\n\nKind <b>regards</b>',
  language: 'en',
  thread: ['mail:<first@x.example>', 'mail:<second@x.example>'],
  source: null,
  link: null,
  at: noon,
  attempts: 1,
  ...change,
});

test('an answer goes from the shop, in its thread, and what is answered to it comes back to it', async () => {
  const sent = await mailWay(deps)(answer());
  expect(sent).toEqual({ outcome: 'sent', ref: 'p1', names: [`mail:<${id}@linden.example>`] });
  const parsed = await simpleParser(await mimeOf(email.accepted[0]!));
  expect(parsed.from?.text).toBe('"Linden" <hello@linden.example>');
  expect(parsed.messageId).toBe(`<${id}@linden.example>`);
  expect(parsed.inReplyTo).toBe('<second@x.example>');
  expect(parsed.references).toEqual(['<first@x.example>', '<second@x.example>']);
  expect(parsed.subject).toBe('Re: Where is it?');
  expect(parsed.headers.get('x-everafter')).toBe(String(shop.id));
  expect(parsed.headers.has('auto-submitted')).toBe(false);
  expect(addresses.read(parsed.replyTo!.value[0]!.address!)).toEqual({
    kind: 'conversation',
    shopId: shop.id,
    id: conversationId,
  });
  expect(parsed.html).toContain('<a href="https://track.example/1?a=1&#38;b="');
  expect(parsed.html).toContain('Kind &#60;b&#62;regards&#60;/b&#62;');
  expect(parsed.text?.trim()).toBe(answer().text);
});

test('a question of the house says that a machine has sent it; a new thread has a subject of its own', async () => {
  await mailWay(deps)(answer({ kind: 'help', thread: [], subject: null, language: 'de' }));
  expect(email.accepted[0]).toMatchObject({
    subject: 'Ihre Nachricht an Linden',
    headers: { 'Auto-Submitted': 'auto-generated' },
  });
  expect(email.accepted[0]!.headers).not.toHaveProperty('In-Reply-To');
});

test('header injection finds no way into an answer', async () => {
  await mailWay(deps)(
    answer({
      subject: 'A\r\nBcc: eve@example.net',
      thread: ['mail:<x>\r\nBcc: e@e.co', 'mail:<ok@x.example>'],
    }),
  );
  const raw = (await mimeOf(email.accepted[0]!)).toString();
  expect(raw).not.toMatch(/^bcc:/im);
  expect(await mailWay(deps)(answer({ address: 'ana@example.com\r\nBcc: e@e.co' }))).toEqual({
    outcome: 'refused',
    reason: 'no-address',
  });
});

test('who wants no asks gets answers; an address that does not exist gets nothing, nor does somebody erased', async () => {
  const no = {
    shopId: shop.id,
    customerId,
    channel: 'email',
    classes: ['ask', 'offer'],
    source: 'one-click',
  } as const;
  await t.db.inShop(shop.id, (tx) => unsubscribe(tx, testKey, no, noon));
  expect(await mailWay(deps)(answer())).toMatchObject({ outcome: 'sent' });
  await t.db.sqlAcrossShops(
    `update suppression set classes = '{service,ask,offer}', reason = 'bounced' where shop_id = $1`,
    [shop.id],
  );
  expect(await mailWay(deps)(answer())).toEqual({ outcome: 'refused', reason: 'suppressed' });
  expect(await mailWay(deps)(answer({ kind: 'notice' }))).toMatchObject({ outcome: 'sent' });
  await t.db.sqlAcrossShops('delete from suppression where shop_id = $1', [shop.id]);
  await t.db.sqlAcrossShops('update customer set erased_at = $2 where id = $1', [customerId, noon]);
  expect(await mailWay(deps)(answer())).toEqual({ outcome: 'refused', reason: 'erased' });
  expect(await textWay(deps)(answer({ address: '+4930123456' }))).toEqual({
    outcome: 'refused',
    reason: 'erased',
  });
  expect(texts.sent).toEqual([]);
});

test.each([
  [{ kind: 'unavailable', retryAfterMs: null }, 1, { outcome: 'later', reason: 'provider-unavailable' }],
  [
    { kind: 'refused', permanent: true, reason: 'smtp-550', address: true },
    1,
    { outcome: 'refused', reason: 'address-unknown' },
  ],
  [
    { kind: 'refused', permanent: true, reason: 'smtp-554', address: false },
    1,
    { outcome: 'refused', reason: 'provider-refused' },
  ],
  [{ kind: 'uncertain' }, 5, { outcome: 'later', reason: 'no-answer' }],
] as const)('what a provider says: %j', async (said, attempts, outcome) => {
  email.answer = () => said;
  expect(await mailWay(deps)(answer({ attempts }))).toEqual(outcome);
});

test('to a provider that remembers nothing an answer nobody has heard of is said twice at most', async () => {
  email.memoryMs = 0;
  email.answer = () => ({ kind: 'uncertain' });
  expect(await mailWay(deps)(answer({ attempts: 1 }))).toMatchObject({ outcome: 'later' });
  expect(await mailWay(deps)(answer({ attempts: 2 }))).toEqual({ outcome: 'refused', reason: 'no-answer' });
});

test('a text goes to a number, and to nothing else; without a provider it is for a person', async () => {
  expect(await textWay(deps)(answer({ address: '+49 30 123456' }))).toEqual({
    outcome: 'sent',
    ref: 't1',
    names: [],
  });
  expect(texts.sent).toMatchObject([{ id, to: '+4930123456' }]);
  expect(await textWay(deps)(answer())).toEqual({ outcome: 'refused', reason: 'no-address' });
  expect(await textWay({ ...deps, texts: null })(answer())).toEqual({ outcome: 'by-hand' });
});

test('a text is heard in the thread of what it answers; one that says stop is obeyed and opens nothing', async () => {
  await t.db.sqlAcrossShops('update customer set phone = null where shop_id <> $1', [shop.id]);
  const messageId = '0197d2a4-0000-7000-8000-0000000000aa';
  await insertRow(t.db, 'message', {
    shop_id: shop.id,
    id: messageId,
    customer_id: customerId,
    channel: 'sms',
    state: 'sent',
    handed_at: noon,
    order_id: 5n,
  });
  const heard: Heard[] = [];
  const hear = async (_tx: unknown, voices: readonly Heard[]) => void heard.push(...voices);
  const say = (text: string, from = '+4930123456') =>
    hearText({ db: t.db, hear, suppressionKey: testKey }, { id: 'g1', from, text }, noon);
  expect(await say('Wann kommt es?')).toBe('heard');
  expect(heard).toMatchObject([
    {
      kind: 'text',
      source: 'text:g1',
      customerId,
      orderId: 5n,
      threads: [`message:${messageId}`],
      channel: 'text',
    },
  ]);
  expect(await say('please stop the lamp from blinking')).toBe('heard');
  expect(await say(' STOP! ')).toBe('stopped');
  expect(heard).toHaveLength(2);
  const suppressed = await t.db.sqlAcrossShops(
    `select channel, classes from suppression where shop_id = $1`,
    [shop.id],
  );
  expect(suppressed).toEqual([{ channel: 'sms', classes: ['ask', 'offer'] }]);
  expect(await say('Hello', '+4930999999')).toBe('nobody');
  expect(await say('Hello', 'not a number')).toBe('nobody');
});

test('an answer that was refused for good is told, goes out again by one press, and once by two at once', async () => {
  await t.db.inShop(shop.id, (tx) => installDefaults(tx, shop.id, noon));
  const [asked] = await t.db.acrossShops((tx) => hear(tx, [aVoice(shop, noon, { customerId })], noon));
  const press = async (form: Record<string, string>, at: Date) => {
    const body = new URLSearchParams({ id: asked!, ...form });
    const fields = await fieldsOf(new Request('https://x.test', { method: 'POST', body }));
    return t.db.inShop(shop.id, (tx) => doInInbox(tx, fields, 'staff:1', at));
  };
  const replies = makeReplyLoop({ db: t.db, ways: { mail: mailWay(deps) } });
  const troubles = () => t.db.inShop(shop.id, (tx) => troubledAnswers(tx, noon));
  const rows = async () => {
    const ask = { ...filterFrom(new URLSearchParams('view=open')), me: null };
    return (await t.db.inShop(shop.id, (tx) => listConversations(tx, ask, after(1)))).rows;
  };

  email.answer = () => ({ kind: 'refused', permanent: true, reason: 'smtp-550', address: true });
  const words = { intent: 'reply', text: 'It is on its way.', solve: '1' };
  expect(await press(words, after(1))).toMatchObject({ toast: 'Answered' });
  await replies(after(1));
  expect(await conversationsOf(t.db, shop)).toMatchObject([{ state: 'open', awaiting_since: noon }]);
  expect(await troubles()).toEqual([{ kind: 'unsent', count: 1, newest: asked }]);
  expect(await rows()).toMatchObject([{ id: asked, isUnsent: true }]);
  const [refused] = await entriesOf(t.db, shop, 'reply');
  expect(refused).toMatchObject({ state: 'refused', data: { problem: 'address-unknown' } });
  const { entries: told } = await t.db.inShop(shop.id, (tx) =>
    timelineOf(tx, { shopId: shop.id, id: customerId }, { kinds: ['conversation'] }),
  );
  expect(told.map((entry) => timelineSentence(entry, { zone: 'UTC' }))).toContain(
    'The answer did not go out: the mail server does not know this address',
  );

  email.answer = () => ({ kind: 'accepted', providerId: 'p2' });
  const again = { intent: 'again', entry: refused!.id };
  const pressed = await Promise.all([press(again, after(2)), press(again, after(2))]);
  expect(pressed.map((one) => one?.toast).sort()).toEqual([
    'It has been answered already',
    'On its way again',
  ]);
  await replies(after(2));
  expect(email.accepted.map(({ to, text }) => [to, text.trim()])).toEqual([
    ['ana@example.com', 'It is on its way.'],
  ]);
  expect(await entriesOf(t.db, shop, 'reply')).toMatchObject([
    { id: refused!.id, state: 'refused' },
    { state: 'sent', text: 'It is on its way.', waited_minutes: 120, first: true },
  ]);
  expect(await conversationsOf(t.db, shop)).toMatchObject([{ awaiting_since: null }]);
  expect([await troubles(), (await rows()).map(({ isUnsent }) => isUnsent)]).toEqual([[], [false]]);

  // A window that was left open does not send it a second time, nor anything that is no refused answer of this thread.
  expect(await press(again, after(3))).toEqual({ toast: 'It has been answered already' });
  for (const { id: entry } of await entriesOf(t.db, shop))
    expect(await press({ intent: 'again', entry }, after(3))).toEqual({
      toast: 'It has been answered already',
    });
  await expect(press({ intent: 'again', entry: 'x' }, after(3))).rejects.toMatchObject({ status: 404 });
  await replies(after(3));
  expect(email.accepted).toHaveLength(1);
});
