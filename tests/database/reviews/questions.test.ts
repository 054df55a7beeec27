/** Questions about products: asked by anybody, answered by the shop and by those who own it, told of by mail, erased. */
import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { makeReplyLoop, reply } from '../../../app/conversations/conversations.server.ts';
import { answerFromPage } from '../../../app/questionDeeds.server.ts';
import { questionMailLoop, underQuestion } from '../../../app/questionWays.server.ts';
import { saveTemplate } from '../../../app/messages/messages.server.ts';
import { QUESTION_ANSWERED } from '../../../app/reviews/questions/question-mail.ts';
import { reviewLinks, type QuestionLink } from '../../../app/reviews/links.ts';
import {
  answerAsOwner,
  answerAsShop,
  askQuestion,
  listQuestions,
  makeClockLoop,
  moderate,
  openQuestions,
  ownQuestion,
  questionsCsv,
  questionSummary,
  shownQuestions,
  stopTelling,
  takeBack,
} from '../../../app/reviews/reviews.server.ts';
import type { Shop } from '../../../app/shops/shop.ts';
import type { App } from '../../../app/wiring.server.ts';
import { STOP_PERSON } from '../../../app/stops.server.ts';
import { aShop } from '../../builders.ts';
import { watchLease } from '../../leases.ts';
import { testDb } from '../../database.ts';
import { anOrder, at, customerOf, newShopifyId, reactionsOf, takeIn } from '../../friends.ts';
import { RememberingMail } from '../../messages.ts';
import { conversationsOf } from '../../voices.ts';
import { requests } from '../shops/people.ts';

const t = testDb();
const now = at('20T12:00:00');
const later = (minutes: number) => new Date(now.getTime() + minutes * 60_000);
const key = Buffer.alloc(32, 3);

/** A shop with a pot, and somebody who owns it. */
async function stocked() {
  const shop = await aShop(t.db);
  await t.db.sqlAcrossShops(
    `insert into product (shop_id, id, handle, title, url, updated_at) values ($1, 11, 'pot', 'Pot', 'https://a.shop/products/pot', $2)`,
    [shop.id, now],
  );
  const shopifyId = newShopifyId();
  const email = `ana-${shopifyId}@example.com`;
  const order = anOrder(shop, { customerId: shopifyId, email });
  await takeIn(t.db, [order]);
  const customerId = await customerOf(t.db, order);
  await t.db.sqlAcrossShops(
    `update customer set first_name = 'Ana', last_name = 'Sanz' where shop_id = $1 and id = $2`,
    [shop.id, customerId],
  );
  return { shop, shopifyId, customerId, email, order };
}

const question = { text: 'Is it oven proof?', name: 'Jo', email: 'jo@example.org', trap: '', locale: 'en' };
const ask = (shop: Shop, with_: Partial<Parameters<typeof askQuestion>[2]> = {}, moment = now) =>
  t.db.inShop(shop.id, (tx) =>
    askQuestion(tx, shop, { ...question, productId: 11n, shopifyCustomerId: null, ...with_ }, moment),
  );
const idOf = (result: Awaited<ReturnType<typeof ask>>) => {
  if (!('id' in result)) throw new Error(result.outcome);
  return result.id;
};
const shown = async (shop: Shop) =>
  (await t.db.inShop(shop.id, (tx) => shownQuestions(tx, { shopId: shop.id, productId: 11n, after: null })))
    .questions;

/** What the loops need of the app. */
function house() {
  const email = new RememberingMail();
  const links = reviewLinks({ appUrl: 'https://app.example', key });
  const app = {
    db: t.db,
    email,
    texts: null,
    config: { MAIL_FROM: 'hello@everafter.test' },
    key: () => key,
    reviewLinks: links,
  } as unknown as App;
  /** A test's own; others' are due as well. */
  const mailsOf = (shop: Shop) => email.accepted.filter(({ shopId }) => shopId === shop.id);
  return {
    email,
    mailsOf,
    links,
    replies: makeReplyLoop({ db: t.db, ways: { question: underQuestion(app) } }),
    mails: questionMailLoop(app),
  };
}

test('a stranger asks, staff answer from the conversation, it stands under the question and goes by mail, once', async () => {
  const { shop } = await stocked();
  const { settle } = reactionsOf(t.db);
  const { email, mailsOf, replies, mails, links } = house();
  const isProlonged = watchLease(t.db, 'question_answer', 'tell_lease_until');
  email.answer = async () => {
    await isProlonged();
    return { kind: 'accepted', providerId: 'p1' };
  };
  const id = idOf(await ask(shop));
  await settle(now);
  const [conversation] = await conversationsOf(t.db, shop);
  expect(conversation).toMatchObject({ clock: 'question', channel: 'question', preview: question.text });
  const answer = { text: 'Yes, up to 250 degrees.', author: 'staff:7', solve: true };
  const said = { shopId: shop.id, conversationId: conversation!.id, ...answer };
  await t.db.inShop(shop.id, (tx) => reply(tx, said, later(5)));
  await replies(later(5));
  await replies(later(6));
  expect(await shown(shop)).toMatchObject([
    { text: question.text, name: 'Jo', answers: [{ text: answer.text, by: 'merchant', name: null }] },
  ]);
  await mails(later(6));
  await mails(later(7));
  expect(mailsOf(shop)).toHaveLength(1);
  const [mail] = mailsOf(shop);
  expect(mail).toMatchObject({ to: 'jo@example.org', subject: 'An answer about Pot' });
  expect(mail!.text).toContain(answer.text);
  const link = /https:\/\/app\.example\/k\/(\S+)/.exec(mail!.text)![1]!;
  expect(links.readQuestion(link)).toEqual({ shopId: shop.id, questionId: id });
  const [card] = (await t.db.inShop(shop.id, (tx) => listQuestions(tx, { shopId: shop.id }))).questions;
  expect(card).toMatchObject({ isTold: true, answers: [{ by: 'merchant', mail: 'sent' }] });
  const { questions } = await t.db.inShop(shop.id, (tx) =>
    listQuestions(tx, { shopId: shop.id, show: 'unanswered' }),
  );
  expect(questions).toEqual([]);
});

test('the mail of an answer is the merchant’s to edit, in the asker’s language; what cannot be said falls back', async () => {
  const { shop } = await stocked();
  const { mailsOf, mails, links } = house();
  const lines = 'Ja, <b>bis</b> 250 Grad.\nOhne Deckel.';
  const id = idOf(await ask(shop, { text: 'Ist er ofenfest?', locale: 'de-AT' }));
  let minute = 0;
  const told = async (text: string) => {
    minute += 10;
    const answer = { questionId: id, id: randomUUID(), text };
    await t.db.inShop(shop.id, (tx) => answerAsShop(tx, shop.id, answer, later(minute)));
    await mails(later(minute + 1));
    return mailsOf(shop).at(-1)!;
  };
  const first = await told(lines);
  expect(first.subject).toBe('Eine Antwort zu Pot');
  expect(first.text).toContain(`antwortet:**\n${lines}`.replace(':**', ':'));
  expect(first.text).toContain('„Ist er ofenfest?“');
  expect(first.text).toContain('für die Antwort Ihre Adresse angegeben');
  expect(first.html).toContain(
    '<span style="white-space:pre-line;">Ja, &lt;b&gt;bis&lt;/b&gt; 250 Grad.\nOhne Deckel.</span>',
  );
  expect(links.readQuestion(/https:\/\/app\.example\/k\/([\w.-]+)/.exec(first.html)![1]!)).toMatchObject({
    questionId: id,
  });

  const save = (text: string) =>
    t.db.inShop(shop.id, (tx) =>
      saveTemplate(
        tx,
        {
          key: QUESTION_ANSWERED,
          locale: 'de',
          text: { subject: 'Antwort', preheader: '', blocks: [{ kind: 'paragraph', text }] },
        },
        now,
      ),
    );
  expect(
    await save('Na, {{ shop.name }} sagt: {{ question.answer }} Hier: {{ question.url }}'),
  ).toMatchObject({ outcome: 'saved' });
  const second = await told('Auch ohne.');
  expect(second).toMatchObject({
    subject: 'Antwort',
    text: expect.stringContaining('sagt: Auch ohne. Hier: https://app'),
  });
  expect(await save('Bestellung {{ order.name }}: {{ question.answer }}')).toMatchObject({
    outcome: 'saved',
  });
  expect(await told('Und mit.')).toMatchObject({
    subject: 'Eine Antwort zu Pot',
    text: expect.stringContaining('Und mit.'),
  });
});

test('machines are told the same and keep nothing; the same words are one question; a day has a limit', async () => {
  const { shop } = await stocked();
  expect(await ask(shop, { trap: 'http://spam.example' })).toEqual({ outcome: 'ignored' });
  expect(await ask(shop, { productId: 99n })).toEqual({ outcome: 'no-product' });
  expect(await ask(shop, { text: 'eh' })).toEqual({ outcome: 'refused', problem: 'too-short' });
  const both = await Promise.all([ask(shop), ask(shop, { text: 'IS IT OVEN PROOF?' })]);
  expect(both.map(({ outcome }) => outcome).sort()).toEqual(['again', 'asked']);
  for (const n of [2, 3, 4, 5]) expect((await ask(shop, { text: `Question ${n}?` })).outcome).toBe('asked');
  expect(await ask(shop, { text: 'And a sixth?' })).toEqual({ outcome: 'refused', problem: 'too-many' });
  expect((await ask(shop, { text: 'And a sixth?' }, later(25 * 60))).outcome).toBe('asked');
  expect(await t.db.inShop(shop.id, (tx) => questionSummary(tx, shop.id))).toEqual({
    asked: 6,
    unanswered: 6,
    held: 0,
  });
});

test('what a rule finds something in waits for its clock; the staff may hide it for a reason, and nobody is told of it', async () => {
  const { shop, customerId } = await stocked();
  const { mailsOf, mails } = house();
  const id = idOf(await ask(shop, { text: 'Call me: +49 30 1234567, is it oven proof?' }));
  expect(await shown(shop)).toEqual([]);
  const open = idOf(await ask(shop, { text: 'Does it fit a small oven?' }));
  const given = { questionId: open, customerId, text: 'Write to ana@example.com' };
  const held = await t.db.inShop(shop.id, (tx) => answerAsOwner(tx, shop, given, now));
  expect(held).toMatchObject({ outcome: 'answered', state: 'held' });
  await mails(later(60));
  expect(mailsOf(shop)).toEqual([]);
  const answerId = held.outcome === 'answered' ? held.id : '';
  const hide = {
    subject: 'answer',
    id: answerId,
    action: { kind: 'hide', reason: 'personal-data' },
    staff: '7',
  } as const;
  expect(await t.db.inShop(shop.id, (tx) => moderate(tx, shop.id, hide, now))).toEqual({ outcome: 'done' });
  const bad = { ...hide, action: { kind: 'hide', reason: 'boring' } } as const;
  expect((await t.db.inShop(shop.id, (tx) => moderate(tx, shop.id, bad, now))).outcome).toBe('refused');
  const clock = makeClockLoop({ db: t.db });
  await clock(later(30 * 24 * 60));
  await mails(later(30 * 24 * 60));
  expect(mailsOf(shop)).toEqual([]);
  const after = await shown(shop);
  expect(after.map((one) => [one.id, one.answers.length])).toEqual([
    [id, 0],
    [open, 0],
  ]);
  const publish = { ...hide, action: { kind: 'publish' } } as const;
  await t.db.inShop(shop.id, (tx) => moderate(tx, shop.id, publish, later(31 * 24 * 60)));
  await mails(later(31 * 24 * 60));
  expect(mailsOf(shop)).toHaveLength(1);
});

test('only who owns it answers beside the shop; said again, it is changed', async () => {
  const { shop, customerId, shopifyId, order } = await stocked();
  const other = anOrder(shop, { change: { lines: [] } });
  await takeIn(t.db, [other]);
  const stranger = await customerOf(t.db, other);
  const id = idOf(await ask(shop));
  const as = (who: string, text: string) =>
    t.db.inShop(shop.id, (tx) => answerAsOwner(tx, shop, { questionId: id, customerId: who, text }, now));
  expect(await as(stranger, 'I guess so')).toEqual({ outcome: 'not-theirs' });
  const open = () => t.db.inShop(shop.id, (tx) => openQuestions(tx, shop.id, [11n], customerId));
  expect(await open()).toMatchObject([{ id, text: question.text }]);
  expect((await as(customerId, 'Mine is')).outcome).toBe('answered');
  expect((await as(customerId, 'Mine is, for years')).outcome).toBe('answered');
  expect(await open()).toEqual([]);
  expect((await shown(shop))[0]!.answers).toMatchObject([
    { text: 'Mine is, for years', by: 'buyer', name: 'Ana S.' },
  ]);
  // What somebody asks is theirs only while Shopify says that they are logged in.
  const own = idOf(await ask(shop, { text: 'How heavy is it?', shopifyCustomerId: shopifyId, name: '' }));
  const { questions } = await t.db.inShop(shop.id, (tx) =>
    listQuestions(tx, { shopId: shop.id, customerId }),
  );
  expect(questions).toMatchObject([{ id: own, name: 'Ana S.', customerName: 'Ana Sanz' }]);
  await t.db.sqlAcrossShops('update orders set cancelled_at = $2 where id = $1', [order.id, now]);
  expect(await as(customerId, 'Changed my mind')).toEqual({ outcome: 'not-theirs' });
});

test('answered from the page before its conversation is there, and after', async () => {
  const { shop } = await stocked();
  const { settle } = reactionsOf(t.db);
  const { replies } = house();
  const answer = (questionId: string, text: string) =>
    t.db.inShop(shop.id, (tx) => answerFromPage(tx, shop.id, { questionId, text, staff: 7n }));
  const id = idOf(await ask(shop));
  expect(await answer(id, ' ')).toBe('empty');
  expect(await answer('0190a0a0-0000-7000-8000-000000000000', 'Yes')).toBe('gone');
  expect(await answer(id, 'Yes.')).toBe('answered');
  expect((await shown(shop))[0]!.answers).toHaveLength(1);
  const second = idOf(await ask(shop, { text: 'How heavy is it?' }));
  await settle(now);
  expect(await answer(second, 'Four kilos.')).toBe('answered');
  await replies(new Date(Date.now() + 60_000));
  expect((await shown(shop)).find((one) => one.id === second)!.answers).toMatchObject([
    { text: 'Four kilos.' },
  ]);
  const solved = (await conversationsOf(t.db, shop)).filter(({ state }) => state === 'solved');
  expect(solved).toHaveLength(1);
});

test('whoever asked stops the mails, or takes the question back, by their link', async () => {
  const { shop, customerId } = await stocked();
  const { mailsOf, mails } = house();
  const link: QuestionLink = { shopId: shop.id, questionId: idOf(await ask(shop)) };
  const given = { questionId: link.questionId, customerId, text: 'Mine is' };
  await t.db.inShop(shop.id, (tx) => answerAsOwner(tx, shop, given, now));
  await t.db.inShop(shop.id, (tx) => stopTelling(tx, link));
  await mails(now);
  expect(mailsOf(shop)).toEqual([]);
  const own = () => t.db.inShop(shop.id, (tx) => ownQuestion(tx, link));
  expect(await own()).toMatchObject({ text: question.text, isTold: false, answers: [{ text: 'Mine is' }] });
  await t.db.inShop(shop.id, (tx) => takeBack(tx, link));
  expect(await own()).toBeNull();
  expect(await shown(shop)).toEqual([]);
});

test('erased, what somebody asked without a login under their address goes as well, with its conversation', async () => {
  const { shop, customerId, shopifyId, email, order } = await stocked();
  const { settle } = reactionsOf(t.db);
  const asked = idOf(await ask(shop, { email: email.toUpperCase(), text: 'My secret question?' }));
  const kept = idOf(await ask(shop, { text: 'Somebody else’s question?' }));
  const given = { questionId: kept, customerId, text: 'My secret answer' };
  await t.db.inShop(shop.id, (tx) => answerAsOwner(tx, shop, given, now));
  await settle(now);
  const person = { customerId, shopifyId, email, phone: '', orderId: order.id };
  const body = {
    shop_id: 1,
    shop_domain: shop.domain,
    customer: { id: person.shopifyId, email, phone: null },
    orders_to_redact: [order.id],
  };
  await requests(() => t.db, STOP_PERSON).request(shop, 'customers/redact', body);
  const [row] = await t.db.sqlAcrossShops(
    'select text, email, author_name, state from product_question where shop_id = $1 and id = $2',
    [shop.id, asked],
  );
  expect(row).toEqual({ text: null, email: null, author_name: null, state: 'hidden' });
  expect((await shown(shop)).map((one) => [one.text, one.answers.length])).toEqual([
    ['Somebody else’s question?', 0],
  ]);
  const left = await t.db.sqlAcrossShops(
    `select 1 from conversation_entry where shop_id = $1 and text like '%secret%'
     union all select 1 from conversation where shop_id = $1 and preview like '%secret%'`,
    [shop.id],
  );
  expect(left).toEqual([]);
});

test('all of them as CSV, formulas led in', async () => {
  const { shop, customerId } = await stocked();
  const id = idOf(await ask(shop, { text: '=HYPERLINK("http://x.example")' }));
  const given = { questionId: id, customerId, text: '+1 for that' };
  await t.db.inShop(shop.id, (tx) => answerAsOwner(tx, shop, given, now));
  let text = '';
  for await (const part of questionsCsv(t.db, { shopId: shop.id })) text += part;
  expect(text.split('\r\n')).toHaveLength(3);
  expect(text).toContain(`"'=HYPERLINK(""http://x.example"")"`);
  expect(text).toContain(`"'+1 for that"`);
});
