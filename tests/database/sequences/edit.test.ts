import { expect, test } from 'vitest';
import type { Template } from '../../../app/messages/blocks.ts';
import { installTemplates } from '../../../app/messages/messages.server.ts';
import { aShop } from '../../builders.ts';
import { testDb } from '../../database.ts';
import type { PlanInput } from '../../../app/sequences/plan.ts';
import {
  listSequences,
  publish,
  rulesBrokenByText,
  saveDraft,
  sequenceOf,
  switchSequence,
} from '../../../app/sequences/sequences.server.ts';
import {
  aSequence,
  ASK_AFTER_TWO_DAYS,
  cursorsIn,
  enrollmentsIn,
  later,
  manyEnrolled,
  messagesIn,
  NOON,
  outcomesOf,
  runDue,
} from './fixtures.ts';

const t = testDb();

/** Three days instead of two, then another mail. */
const LONGER: PlanInput = {
  ...ASK_AFTER_TWO_DAYS,
  steps: [
    { kind: 'wait', key: 'wait', until: { after: { days: 3 } }, next: 'ask' },
    { kind: 'message', key: 'ask', class: 'ask', template: 'ask', next: 'once-more' },
    { kind: 'message', key: 'once-more', class: 'ask', template: 'again', next: null },
  ],
};

async function aShopWithPeopleInside() {
  const shop = await aShop(t.db);
  const id = await aSequence(t.db, shop.id);
  await manyEnrolled(t.db, shop.id, 3);
  await runDue(t.db, NOON);
  const inShop = <Result>(work: Parameters<typeof t.db.inShop<Result>>[1]) => t.db.inShop(shop.id, work);
  return { shop, id, inShop };
}

test('a draft may be unfinished: it is kept with its problems, and cannot be published', async () => {
  const { id, inShop } = await aShopWithPeopleInside();
  const broken = { ...LONGER, start: 'nowhere' };
  const saved = await inShop((tx) => saveDraft(tx, id, { plan: broken, name: 'New name' }, NOON));
  expect(saved).toMatchObject({ outcome: 'saved', problems: [{ code: 'leads-nowhere' }] });
  expect(await inShop((tx) => publish(tx, id, { inside: 'stay' }, NOON))).toMatchObject({
    outcome: 'problems',
  });
  expect(await inShop((tx) => sequenceOf(tx, id))).toMatchObject({
    name: 'New name',
    draft: broken,
    liveVersion: 1,
  });
});

test('those inside stay in their version when the merchant says so', async () => {
  const { shop, id, inShop } = await aShopWithPeopleInside();
  await inShop((tx) => saveDraft(tx, id, { plan: LONGER }, NOON));
  const published = await inShop((tx) => publish(tx, id, { inside: 'stay' }, NOON));
  expect(published).toEqual({ outcome: 'published', version: 2, moved: 0 });
  await runDue(t.db, later(48));
  expect((await messagesIn(t.db, shop.id)).map((message) => message.template_key)).toEqual([
    'ask',
    'ask',
    'ask',
  ]);
  await manyEnrolled(t.db, shop.id, 1);
  expect((await enrollmentsIn(t.db, shop.id)).map(({ version }) => version).sort()).toEqual([1, 1, 1, 2]);
});

test('those inside move when the merchant says so: delays are counted anew, and nothing fires twice', async () => {
  const { shop, id, inShop } = await aShopWithPeopleInside();
  await inShop((tx) => saveDraft(tx, id, { plan: LONGER }, NOON));
  const published = await inShop((tx) => publish(tx, id, { inside: 'move' }, later(24)));
  expect(published).toEqual({ outcome: 'published', version: 2, moved: 3 });
  await runDue(t.db, later(24));
  expect((await cursorsIn(t.db, shop.id)).map((cursor) => cursor.due_at)).toEqual([
    later(72),
    later(72),
    later(72),
  ]);
  expect((await outcomesOf(t.db, shop.id)).slice(-3)).toEqual(Array(3).fill('moved recounted'));
  await runDue(t.db, later(72));
  expect(await messagesIn(t.db, shop.id)).toHaveLength(6);
  expect((await enrollmentsIn(t.db, shop.id)).map(({ state }) => state)).toEqual(['done', 'done', 'done']);
});

test('somebody whose steps are all gone is done', async () => {
  const { shop, id, inShop } = await aShopWithPeopleInside();
  const other: PlanInput = {
    ...LONGER,
    start: 'hello',
    steps: [{ kind: 'message', key: 'hello', class: 'ask', template: 'hello', next: null }],
  };
  await inShop((tx) => saveDraft(tx, id, { plan: other }, NOON));
  await inShop((tx) => publish(tx, id, { inside: 'move' }, NOON));
  expect(await enrollmentsIn(t.db, shop.id)).toMatchObject(
    Array(3).fill({ state: 'done', reason: 'steps-removed' }),
  );
  expect(await cursorsIn(t.db, shop.id)).toEqual([]);
});

test('a published version never changes: publishing without a draft does nothing', async () => {
  const { id, inShop } = await aShopWithPeopleInside();
  expect(await inShop((tx) => publish(tx, id, { inside: 'move' }, NOON))).toEqual({ outcome: 'unchanged' });
});

test('a sequence of another shop is unknown', async () => {
  const { id } = await aShopWithPeopleInside();
  const other = await aShop(t.db);
  expect(await t.db.inShop(other.id, (tx) => sequenceOf(tx, id))).toBeNull();
  expect(await t.db.inShop(other.id, (tx) => switchSequence(tx, id, false, NOON))).toBe('unknown');
  expect(await t.db.inShop(other.id, (tx) => saveDraft(tx, id, { plan: LONGER }, NOON))).toEqual({
    outcome: 'unknown',
  });
});

test('the list counts who is inside and what became of the messages of the last thirty days', async () => {
  const { shop, id, inShop } = await aShopWithPeopleInside();
  await runDue(t.db, later(48));
  await manyEnrolled(t.db, shop.id, 2, NOON);
  const [first, second, third] = await t.db.sqlAcrossShops<{ id: string }>(
    'select id from message where shop_id = $1 order by id',
    [shop.id],
  );
  const set = (message: { id: string }, what: string) =>
    t.db.sqlAcrossShops(`update message set ${what} where shop_id = $1 and id = $2`, [shop.id, message.id]);
  const sent = `state = 'sent', due_at = null, sent_at = '${later(48).toISOString()}'`;
  await set(
    first!,
    `${sent}, opened_at = '${later(49).toISOString()}', clicked_at = '${later(49).toISOString()}'`,
  );
  await set(second!, sent);
  await set(third!, `state = 'skipped', due_at = null`);
  await t.db.sqlAcrossShops(
    `insert into permission_answer (shop_id, message_id, id, answer, at) values ($1, $2, $2, 'later', $3)`,
    [shop.id, second!.id, NOON],
  );
  const figures = { inside: 2, sent: 2, opened: 1, acted: 1, moved: 1, skipped: 1 };
  expect(await inShop((tx) => listSequences(tx, later(50)))).toMatchObject([
    { id, on: true, liveVersion: 1, ...figures },
  ]);
  expect(await inShop((tx) => listSequences(tx, later(24 * 40)))).toMatchObject([{ sent: 0, skipped: 0 }]);
});

test('what breaks a rule of law is not published, neither as a plan nor as a text', async () => {
  const { id, inShop } = await aShopWithPeopleInside();
  const review: Template = {
    key: 'ask',
    locale: 'en',
    text: {
      subject: 'How is it?',
      preheader: 'One minute',
      blocks: [{ kind: 'button', label: 'Write', url: '{{ product.review_url }}' }],
    },
  };
  await inShop((tx) => installTemplates(tx, [review], NOON));
  const gated: PlanInput = {
    ...ASK_AFTER_TWO_DAYS,
    exits: [{ key: 'sorry', when: { fact: 'customer.last-score', is: 'at-most', value: 3 } }],
  };
  await inShop((tx) => saveDraft(tx, id, { plan: gated }, NOON));
  expect(await inShop((tx) => publish(tx, id, { inside: 'stay' }, NOON))).toMatchObject({
    outcome: 'problems',
    problems: [{ step: 'ask', code: 'policy', detail: expect.stringContaining('465.7') as string }],
  });
  expect(await inShop((tx) => sequenceOf(tx, id))).toMatchObject({ liveVersion: 1, draft: gated });
  const begging = { ...review, text: { ...review.text, subject: 'Five stars, please' } };
  expect(await inShop((tx) => rulesBrokenByText(tx, begging))).toMatchObject([{ step: 'ask' }]);
  expect(await inShop((tx) => rulesBrokenByText(tx, review))).toEqual([]);
  const other = await aShop(t.db);
  expect(await t.db.inShop(other.id, (tx) => rulesBrokenByText(tx, begging))).toEqual([]);
});
