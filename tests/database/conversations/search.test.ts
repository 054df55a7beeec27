/** Every view, filter and word over thousands of conversations of three years: what a list shows is what is there, in order. */
import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { beforeAll, expect, test } from 'vitest';
import { listConversations } from '../../../app/conversations/conversations.server.ts';
import { filterFrom } from '../../../app/conversations/filter.ts';
import { VIEWS } from '../../../app/conversations/views.ts';
import type { Shop } from '../../../app/shops/shop.ts';
import { aShop } from '../../builders.ts';
import { testDb } from '../../database.ts';
import { noon } from '../../messages.ts';

const t = testDb();
const ALL = 9000;
const HOUR_MS = 3_600_000;
const ME = 'me@example.com';
const CUSTOMER = randomUUID();

interface Row {
  id: string;
  state: string;
  channel: string;
  clock: string;
  assignee: string | null;
  customer: string | null;
  heard: Date;
  waits: boolean;
  due: Date;
  words: string[];
  tags: string[];
}

/** Two of three are open; three at a time were heard at the same moment. */
function rowOf(n: number): Row {
  const state = n % 3 < 2 ? 'open' : (['solved', 'solved', 'solved', 'snoozed', 'merged'] as const)[n % 5]!;
  // Their order is another one than that of what was heard.
  const place = (n * 7919) % ALL;
  return {
    id: randomUUID(),
    state,
    channel: n === ALL - 9 ? 'social' : n % 7 === 0 ? 'text' : 'mail',
    clock: n % 11 === 0 ? 'complaint' : n > 8000 ? 'praise' : 'message',
    assignee: n % 4 === 0 ? ME : n % 4 === 1 ? 'other@example.com' : null,
    customer: n % 50 === 0 ? CUSTOMER : null,
    heard: new Date(noon.getTime() - Math.floor(n / 3) * 9 * HOUR_MS),
    waits: n % 13 !== 0,
    due: new Date(noon.getTime() + (place - 1000) * 60_000),
    words: [
      'parcel',
      `n${n}`,
      n % 2 === 0 ? 'vase' : 'lamp',
      ...(n > 7000 ? ['older'] : []),
      ...(n > 4000 && n < 4600 ? ['middle'] : []),
      ...(n % 900 === 0 ? ["o'brien"] : []),
      ...(n % 700 === 0 ? ['made', 'to', 'measure'] : []),
      ...(n % 800 === 0 ? ['made-to-measure'] : []),
      // More than are put in order at once, and none of those that are promised an answer first.
      ...(place > 2500 ? ['most'] : []),
    ],
    tags: [...(n % 3 === 0 ? ['delivery'] : []), ...(n > 8900 ? ['fit'] : [])],
  };
}

const rows = Array.from({ length: ALL }, (_, n) => rowOf(n));
let shop: Shop;

const CONVERSATIONS = `
  insert into conversation (shop_id, id, kind, clock, channel, state, assignee, customer_id, opened_at, heard_at, awaiting_since, reply_due_at)
  select $1::bigint, id, 'mail', clock, channel, state, assignee, customer, heard, heard, case when waits then heard end,
    case when waits then due end
  from unnest($2::uuid[], $3::text[], $4::text[], $5::text[], $6::text[], $7::uuid[], $8::timestamptz[], $9::boolean[],
    $10::timestamptz[]) t(id, clock, channel, state, assignee, customer, heard, waits, due)`;
const WORDS = `
  update conversation_words w set search = array_to_tsvector(string_to_array(t.words, ' '))
  from unnest($2::uuid[], $3::text[]) t(id, words) where w.shop_id = $1 and w.conversation_id = t.id`;
const TAGS = `
  insert into conversation_tag (shop_id, conversation_id, tag, by, at, heard_at, open)
  select c.shop_id, c.id, t.tag, 'rule', c.heard_at, c.heard_at, c.state in ('open', 'snoozed')
  from unnest($2::uuid[], $3::text[]) t(id, tag) join conversation c on c.shop_id = $1 and c.id = t.id`;

beforeAll(async () => {
  shop = await aShop(t.db);
  const column = <Name extends keyof Row>(name: Name) => rows.map((row) => row[name]);
  await t.db.sqlAcrossShops(CONVERSATIONS, [
    shop.id,
    column('id'),
    column('clock'),
    column('channel'),
    column('state'),
    column('assignee'),
    column('customer'),
    column('heard'),
    column('waits'),
    column('due'),
  ]);
  await t.db.sqlAcrossShops(WORDS, [shop.id, column('id'), rows.map(({ words }) => words.join(' '))]);
  const tagged = rows.flatMap(({ id, tags }) => tags.map((tag) => ({ id, tag })));
  await t.db.sqlAcrossShops(TAGS, [shop.id, tagged.map(({ id }) => id), tagged.map(({ tag }) => tag)]);
});

interface Ask {
  view: (typeof VIEWS)[number];
  tag: string | null;
  channel: string | null;
  kind: string | null;
  isCustomers: boolean;
  words: string[];
}

const IN_VIEW: Record<Ask['view'], (row: Row) => boolean> = {
  'to-answer': (row) => row.state === 'open' && row.waits,
  late: (row) => row.state === 'open' && row.waits && row.due <= noon,
  mine: (row) => row.state === 'open' && row.assignee === ME,
  unassigned: (row) => row.state === 'open' && row.assignee === null,
  open: (row) => row.state === 'open',
  snoozed: (row) => row.state === 'snoozed',
  solved: (row) => row.state === 'solved',
  all: (row) => row.state !== 'merged',
};

/** As one word that begins so, or as several, of which the last may be a beginning. */
function isSaid({ words }: Row, typed: string): boolean {
  const [last, ...whole] = typed.split('-').toReversed();
  return (
    words.some((word) => word.startsWith(typed)) ||
    (whole.length > 0 &&
      whole.every((part) => words.includes(part)) &&
      words.some((word) => word.startsWith(last!)))
  );
}

/** The plain way: look at every one. */
function plainly(ask: Ask): string[] {
  const found = rows.filter(
    (row) =>
      IN_VIEW[ask.view](row) &&
      (!ask.tag || row.tags.includes(ask.tag)) &&
      (!ask.channel || row.channel === ask.channel) &&
      (!ask.kind || row.clock === ask.kind) &&
      (!ask.isCustomers || row.customer === CUSTOMER) &&
      ask.words.every((word) => isSaid(row, word)),
  );
  const isWaiting = ask.view === 'to-answer' || ask.view === 'late';
  const order = (a: Row, b: Row) => (isWaiting ? +a.due - +b.due : +b.heard - +a.heard);
  const byId = (a: Row, b: Row) => (a.id < b.id === isWaiting ? -1 : 1);
  return found.toSorted((a, b) => order(a, b) || byId(a, b)).map(({ id }) => id);
}

type Page = Awaited<ReturnType<typeof listConversations>>;

/** Page by page, until there are that many. */
async function listed(ask: Ask, limit: number, most: number): Promise<string[]> {
  const query = new URLSearchParams({ view: ask.view, q: ask.words.join(' ') });
  for (const name of ['tag', 'channel', 'kind'] as const) if (ask[name]) query.set(name, ask[name]);
  if (ask.isCustomers) query.set('customer', CUSTOMER);
  const ids: string[] = [];
  for (let after: string | null = null; ;) {
    const page = { ...filterFrom(query), me: ME, limit, after };
    const found: Page = await t.db.inShop(shop.id, (tx) => listConversations(tx, page, noon));
    ids.push(...found.rows.map(({ id }) => id));
    if (!found.next || ids.length >= most) return ids;
    after = found.next;
  }
}

const PAGES = 3;

async function expectExact(ask: Ask, limit: number) {
  const most = limit * PAGES;
  expect(await listed(ask, limit, most)).toEqual(plainly(ask).slice(0, most));
}

const ANY: Ask = { view: 'all', tag: null, channel: null, kind: null, isCustomers: false, words: [] };

test.each<Partial<Ask>>([
  { words: ['older'] },
  { words: ['middle', 'par'] },
  { words: ['vase', 'lamp'] },
  { words: ["o'brien"] },
  { words: ['made-to-mea'] },
  { channel: 'social' },
  { view: 'solved', kind: 'praise' },
  { tag: 'fit', words: ['older'] },
  { view: 'mine', words: ['older'] },
  { view: 'snoozed', words: ['older'] },
  { view: 'to-answer', words: ['older'] },
  { view: 'to-answer', words: ['most'] },
  { view: 'to-answer', channel: 'social' },
  { view: 'late', words: ['lamp'], tag: 'delivery' },
])('%j', async (ask) => {
  expect(plainly({ ...ANY, ...ask }).length > 0 || ask.words?.length === 2).toBe(true);
  await expectExact({ ...ANY, ...ask }, 20);
  await expectExact({ ...ANY, ...ask }, 700);
});

test('whatever is asked for', async () => {
  const asks = fc.record({
    view: fc.constantFrom(...VIEWS),
    tag: fc.constantFrom(null, null, 'delivery', 'fit'),
    channel: fc.constantFrom(null, null, null, 'text', 'social', 'review'),
    kind: fc.constantFrom(null, null, null, 'complaint', 'praise'),
    isCustomers: fc.constantFrom(false, false, false, true),
    words: fc.uniqueArray(
      fc.constantFrom(
        'parcel',
        'vase',
        'la',
        'older',
        'mid',
        'most',
        'o',
        "o'b",
        'n1',
        'n4321',
        'never',
        'made-to-m',
      ),
      { maxLength: 2 },
    ),
  });
  await fc.assert(
    fc.asyncProperty(asks, fc.constantFrom(1, 20, 200), (ask, limit) => expectExact(ask, limit)),
    { numRuns: 80 },
  );
});

test('what changes is found where it is now', async () => {
  const one = rows.find(({ state, words }) => state === 'open' && words.includes('older'))!;
  const change = (set: string) =>
    t.db.sqlAcrossShops(`update conversation set ${set} where shop_id = $1 and id = $2`, [shop.id, one.id]);
  const found = async (ask: Partial<Ask>) =>
    (await listed({ ...ANY, words: [`${one.words[1]}`], ...ask }, 50, 50)).includes(one.id);
  expect(await found({ view: 'solved' })).toBe(false);
  await change(`state = 'solved'`);
  expect(await found({ view: 'solved' })).toBe(true);
  await change(`channel = 'review', clock = 'question', heard_at = heard_at - interval '90 days'`);
  expect(await found({ view: 'solved', channel: 'review', kind: 'question' })).toBe(true);
  await change(`state = 'merged'`);
  expect(await found({})).toBe(false);
});
