/** Every list of the admin as a file, and the lists behind figures: they hold what the figures count. */
import { beforeAll, expect, test } from 'vitest';
import type * as accessRoute from '../../../app/routes/app.access-log.tsx';
import type * as csvRoute from '../../../app/routes/app.csv.$list.tsx';
import type * as homeRoute from '../../../app/routes/app._index.tsx';
import type * as messagesRoute from '../../../app/routes/app.sequences.messages.tsx';
import type * as notSentRoute from '../../../app/routes/app.sequences.not-sent.tsx';
import type * as rewardsRoute from '../../../app/routes/app.referrals.rewards._index.tsx';
import type * as sequencesRoute from '../../../app/routes/app.sequences._index.tsx';
import { listProducts } from '../../../app/products/products.server.ts';
import type { Shop } from '../../../app/shops/shop.ts';
import { nameStaff } from '../../../app/shops/shops.server.ts';
import { testDb } from '../../database.ts';
import { aMessage, aRecipient } from '../../messages.ts';
import { testShopify } from '../../shopify.ts';
import { insertRow, insertRowWithParents } from '../rows.ts';
import { installDefaults } from './defaults.ts';

const t = testDb();
const shopify = testShopify(t);

let shop: Shop;
let customerId = '';
let access: typeof accessRoute;
let csv: typeof csvRoute;
let home: typeof homeRoute;
let messages: typeof messagesRoute;
let notSent: typeof notSentRoute;
let rewards: typeof rewardsRoute;
let sequences: typeof sequencesRoute;

beforeAll(async () => {
  process.env['DATABASE_URL'] = t.url;
  ({ shop } = await shopify.open());
  await installDefaults(t.db, shop);
  customerId = await aRecipient(t.db, shop, { firstName: '=Ana' });
  access = await import('../../../app/routes/app.access-log.tsx');
  csv = await import('../../../app/routes/app.csv.$list.tsx');
  home = await import('../../../app/routes/app._index.tsx');
  messages = await import('../../../app/routes/app.sequences.messages.tsx');
  notSent = await import('../../../app/routes/app.sequences.not-sent.tsx');
  rewards = await import('../../../app/routes/app.referrals.rewards._index.tsx');
  sequences = await import('../../../app/routes/app.sequences._index.tsx');
});

const argsOf = (query = '', params = {}) => {
  const token = shopify.sandbox.tokens.admin(shopify.sandbox.shop());
  const request = shopify.request(`/app?${query}`, token);
  return { request, params, context: {} } as unknown as Parameters<typeof csv.loader>[0];
};

const fileOf = async (list: string, query = '') => (await csv.loader(argsOf(query, { list }))).text();

test('customers, filtered as their page is; a name is not run as a formula', async () => {
  expect(await fileOf('customers')).toContain(`"'=Ana"`);
  expect(await fileOf('customers', 'q=nobody-like-that')).not.toContain('Ana');
});

test('answers as their page shows them: of its question, its days and its scores', async () => {
  const [survey] = await t.db.sqlAcrossShops<{ id: string }>(
    `select id from survey where shop_id = $1 and key = 'post-purchase'`,
    [shop.id],
  );
  const said = (score: number, comment: string | null, daysAgo: number, orderId: bigint | null = null) =>
    insertRowWithParents(t.db, 'answer', {
      shop_id: shop.id,
      survey_id: survey!.id,
      score,
      comment,
      answers: {},
      source: 'thank-you',
      order_id: orderId,
      at: new Date(Date.now() - daysAgo * 86_400_000),
    });
  await said(1, 'Too slow', 2);
  await said(2, null, 3);
  await said(5, 'Splendid', 4);
  await said(1, 'Long ago', 40);
  await insertRow(t.db, 'orders', { shop_id: shop.id, id: 4711n, test: true });
  await said(1, 'A trial', 1, 4711n);
  const linesOf = async (query: string) =>
    (await fileOf('answers', query)).trimEnd().split('\r\n').length - 1;
  expect(await linesOf('days=30')).toBe(3);
  expect(await linesOf('days=90&score=1-2')).toBe(3);
  expect(await linesOf('survey=how-is-it-going')).toBe(0);
  const { attention } = await home.loader(argsOf());
  const poor = attention.find(({ kind }) => kind === 'poor-answers')!;
  expect(poor).toMatchObject({ survey: 'post-purchase', count: 1 });
  expect(await linesOf('days=30&score=1-2-words&survey=post-purchase')).toBe(poor.count);
});

test('products, page by page and all of them as a file', async () => {
  for (const [id, title] of [
    [71, 'Bowl'],
    [72, 'Bowl'],
    [73, 'Apron'],
    [74, '=Pan'],
  ] as const)
    await insertRowWithParents(t.db, 'product', { shop_id: shop.id, id: BigInt(id), title });
  await t.db.inShop(shop.id, async (tx) => {
    const first = await listProducts(tx, shop.id, { limit: 3 });
    expect(first.products.map(({ id }) => id)).toEqual([74n, 73n, 71n]);
    const { products, next } = await listProducts(tx, shop.id, { limit: 3, after: first.next });
    expect([products.map(({ id }) => id), next]).toEqual([[72n], null]);
    expect((await listProducts(tx, shop.id, { after: 'junk' })).products).toHaveLength(4);
  });
  expect(await fileOf('products', 'q=pan')).toBe(
    `"Product","Care guide","First used, day","Ready to judge, day","Used up, day"\r\n"'=Pan","",3,14,\r\n`,
  );
});

test('every list has a file with a head, and who took it is kept', async () => {
  const lists = [
    'answers',
    'scores',
    'drop-off',
    'codes',
    'friends-orders',
    'advocates',
    'rewards',
    'sequences',
    'messages',
    'products',
    'not-sent',
    'failed-deeds',
    'access-log',
    'data-requests',
  ];
  for (const list of lists) expect(`${list}: ${await fileOf(list)}`).toMatch(/^[\w-]+: "[A-Z]/);
  const taken = await t.db.sqlAcrossShops<{ action: string }>(
    `select distinct action from access_log where shop_id = $1 and action like '%.exported'`,
    [shop.id],
  );
  const actions = taken.map(({ action }) => action);
  expect(actions).toEqual(expect.arrayContaining(lists.map((list) => `${list}.exported`)));
});

test('the access log: who did what to whom, newest first, in pages that neither repeat nor skip', async () => {
  const tokenId = crypto.randomUUID();
  const at = new Date('2031-01-01T00:00:00Z');
  await t.db.sqlAcrossShops(
    `insert into api_token (shop_id, id, name, scope, hash, epoch, created_by, created_at)
     values ($1, $2, 'Nightly', 'read', 'x', 1, '7', now())`,
    [shop.id, tokenId],
  );
  const seen = { shop_id: shop.id, at, action: 'customer.viewed', actor: '42' };
  for (let count = 0; count < 51; count += 1)
    await insertRow(t.db, 'access_log', { ...seen, customer_id: customerId });
  const later = new Date('2031-01-02T00:00:00Z');
  await insertRow(t.db, 'access_log', {
    ...seen,
    at: later,
    actor: `token:${tokenId}`,
    action: 'sequence.pushed',
  });
  await t.db.inShop(shop.id, (tx) => nameStaff(tx, { userId: 42n, name: 'Jo Bloom' }, at));
  const first = await access.loader(argsOf());
  expect(first.rows).toHaveLength(50);
  expect(first.rows.slice(0, 2)).toMatchObject([
    { actor: `token:${tokenId}`, program: 'Nightly', action: 'sequence.pushed', customerName: null },
    {
      actor: '42',
      staffName: 'Jo Bloom',
      program: null,
      action: 'customer.viewed',
      customerId,
      customerName: '=Ana',
    },
  ]);
  const second = await access.loader(argsOf(`after=${first.next}`));
  const shown = [...first.rows, ...second.rows].filter((row) => row.at >= at).map(({ id }) => id);
  expect([shown.length, new Set(shown).size]).toEqual([52, 52]);
  expect((await access.loader(argsOf('after=junk'))).rows[0]).toEqual(first.rows[0]);
  expect(await fileOf('access-log')).toContain(
    `"2031-01-02T00:00:00.000Z","token:${tokenId}",,"Nightly","sequence.pushed",,\r\n`,
  );
});

test('the requests for data as a file: all of them, beyond what the page shows, with the rows that went', async () => {
  const asked = {
    shop_id: shop.id,
    kind: 'erase-customer',
    state: 'done',
    requested_at: new Date('2026-02-01'),
  };
  for (let count = 0; count < 101; count += 1) await insertRow(t.db, 'data_request', { ...asked });
  await insertRow(t.db, 'data_request', {
    ...asked,
    requested_at: new Date('2026-02-02'),
    done_at: new Date('2026-02-03'),
    result: { customer: 1, orders: 2 },
  });
  const lines = (await fileOf('data-requests')).trimEnd().split('\r\n');
  expect(lines).toHaveLength(103);
  expect(lines[1]).toBe(`"2026-02-02T00:00:00.000Z","erase-customer","done",,"2026-02-03T00:00:00.000Z",3`);
});

test.each(['nothing', 'constructor', '__proto__', ''])('there is no list %j', async (list) => {
  await expect(csv.loader(argsOf('', { list }))).rejects.toMatchObject({ status: 404 });
});

test('the messages behind each figure of a sequence are as many as it says, whoever else sends the same text', async () => {
  const enrolledIn = async (key: string) => {
    const [sequence] = await t.db.sqlAcrossShops<{ id: string }>(
      'select id from sequence where shop_id = $1 and key = $2',
      [shop.id, key],
    );
    const id = crypto.randomUUID();
    await insertRowWithParents(t.db, 'enrollment', {
      shop_id: shop.id,
      id,
      sequence_id: sequence!.id,
      version: 1,
      customer_id: customerId,
      subject: `order:${key}`,
    });
    return id;
  };
  const enrollment = await enrolledIn('thank-you');
  const other = await aMessage(t.db, shop, customerId, { templateKey: 'thank-you' });
  await t.db.sqlAcrossShops(
    `update message set planned_at = now(), state = 'sent', sent_at = now(), enrollment_id = $2 where id = $1`,
    [other, await enrolledIn('invite')],
  );
  const fates: [object, boolean][] = [
    [{ state: 'sent', sent_at: new Date() }, false],
    [{ state: 'sent', sent_at: new Date(), opened_at: new Date() }, true],
    [{ state: 'sent', sent_at: new Date(), opened_at: new Date(), clicked_at: new Date() }, false],
    [{ state: 'skipped' }, true],
    [{ state: 'failed' }, false],
  ];
  for (const [columns, isMoved] of fates) {
    const id = await aMessage(t.db, shop, customerId, { templateKey: 'thank-you' });
    const sets = Object.keys(columns).map((name, at) => `${name} = $${at + 2}`);
    await t.db.sqlAcrossShops(
      `update message set planned_at = now(), enrollment_id = '${enrollment}', ${sets.join(', ')} where id = $1`,
      [id, ...(Object.values(columns) as string[])],
    );
    if (isMoved) {
      const answer = { shop_id: shop.id, message_id: id, answer: 'later', at: new Date() };
      await insertRowWithParents(t.db, 'permission_answer', answer);
    }
  }
  const summary = (await sequences.loader(argsOf())).sequences.find(({ key }) => key === 'thank-you')!;
  expect(summary).toMatchObject({ sent: 3, opened: 2, acted: 1, moved: 2, skipped: 1 });
  const second = (await sequences.loader(argsOf())).sequences.find(({ key }) => key === 'invite')!;
  expect(second).toMatchObject({ sent: 1, opened: 0, skipped: 0 });
  for (const what of ['sent', 'opened', 'acted', 'moved', 'skipped'] as const) {
    const list = await messages.loader(argsOf(`sequence=${summary.id}&what=${what}`));
    expect({ what, count: list.messages.length }).toEqual({ what, count: summary[what] });
  }
  const { attention } = await home.loader(argsOf());
  const { messages: failed } = await messages.loader(argsOf('what=failed'));
  expect(attention).toContainEqual({ kind: 'failed-messages', survey: null, count: failed.length });
  for (const times of [2, 3]) {
    const id = await aMessage(t.db, shop, customerId, { templateKey: 'thank-you', dueAt: new Date() });
    const reason = JSON.stringify({ code: 'provider-unavailable', times });
    await t.db.sqlAcrossShops(`update message set planned_at = now(), reason = $2::jsonb where id = $1`, [
      id,
      reason,
    ]);
  }
  const { messages: stuck } = await messages.loader(argsOf('what=stuck'));
  expect(stuck.map(({ reason }) => reason)).toEqual([{ code: 'provider-unavailable', times: 3 }]);
  const stuckToo = { kind: 'stuck-messages', survey: null, count: 1 };
  expect((await home.loader(argsOf())).attention).toContainEqual(stuckToo);
  const none = await messages.loader(argsOf(`sequence=${crypto.randomUUID()}`));
  expect(none.messages).toEqual([]);
});

test('why mails did not go: as many behind each reason as it says, in the time that is asked for', async () => {
  const became = async (reason: object, state: string, days: number) => {
    const id = await aMessage(t.db, shop, customerId);
    const planned = `now() - interval '${days} days'`;
    await t.db.sqlAcrossShops(
      `update message set state = $2, reason = $3::jsonb, due_at = null, planned_at = ${planned} where id = $1`,
      [id, state, reason],
    );
    return id;
  };
  await became({ code: 'suppressed', because: 'bounced' }, 'skipped', 1);
  await became({ code: 'suppressed', because: 'complained' }, 'skipped', 1);
  await became({ code: 'suppressed', because: 'complained' }, 'skipped', 20);
  await became({ code: 'refused', said: 'no such user' }, 'failed', 60);
  const moved = await became({}, 'sent', 2);
  for (const code of ['night', 'night', 'budget']) {
    const answer = { shop_id: shop.id, message_id: moved, answer: 'later', reason: { code } };
    await insertRowWithParents(t.db, 'permission_answer', { ...answer, at: new Date() });
  }
  await insertRowWithParents(t.db, 'decision', {
    shop_id: shop.id,
    customer_id: customerId,
    outcome: 'skipped',
    reason: { code: 'no-referral-code' },
    at: new Date(),
  });
  const over = async (days: number) => (await notSent.loader(argsOf(`days=${days}`))).reasons;
  const complained = { fate: 'skipped', why: 'suppressed:complained' };
  expect(await over(7)).toContainEqual({ ...complained, count: 1 });
  expect(await over(30)).toContainEqual({ ...complained, count: 2 });
  const all = await over(90);
  expect(all).toEqual(
    expect.arrayContaining([
      { fate: 'failed', why: 'refused', count: 1 },
      { fate: 'moved', why: 'night', count: 1 },
      { fate: 'moved', why: 'budget', count: 1 },
      { fate: 'unwritten', why: 'no-referral-code', count: 1 },
    ]),
  );
  for (const { fate, why, count } of all) {
    const query = new URLSearchParams({ what: fate, why, days: '90' }).toString();
    const { messages: behind, steps } = await messages.loader(argsOf(query));
    expect({ fate, why, count: behind.length + steps.length }).toEqual({ fate, why, count });
    expect((await fileOf('messages', query)).trim().split('\n')).toHaveLength(1 + count);
  }
});

test('rewards that could not be given are those that Home counts', async () => {
  const aReward = (given: object) =>
    insertRowWithParents(t.db, 'reward', {
      shop_id: shop.id,
      customer_id: customerId,
      value: { percent: 10 },
      earned_at: new Date(),
      ...given,
    });
  await aReward({ cause: 'a', state: 'held', reason: {} });
  await aReward({ cause: 'b', state: 'held', reason: { code: 'ACCESS_DENIED' } });
  await aReward({ cause: 'c', state: 'issuing', reason: {}, attempts: 4, due_at: new Date() });
  const { rewards: stuck } = await rewards.loader(argsOf('state=stuck'));
  expect(stuck.map(({ cause }) => cause).sort()).toEqual(['b', 'c']);
  const { attention } = await home.loader(argsOf());
  expect(attention).toContainEqual({ kind: 'failed-rewards', survey: null, count: stuck.length });
});

test('the setup asks to look over the sequences until they were opened, or one was changed', async () => {
  const isDone = async () => (await home.loader(argsOf())).setup.sequences;
  const forget = `update shop set sequences_seen_at = null where id = $1`;
  await t.db.sqlAcrossShops(forget, [shop.id]);
  expect(await isDone()).toBe(false);
  await sequences.loader(argsOf());
  expect(await isDone()).toBe(true);

  await t.db.sqlAcrossShops(forget, [shop.id]);
  expect(await isDone()).toBe(false);
  await t.db.sqlAcrossShops(
    `update sequence set updated_at = created_at + interval '1 hour' where shop_id = $1 and key = 'invite'`,
    [shop.id],
  );
  expect(await isDone()).toBe(true);
});
