/**
 * E08: bodies that nobody sends by mistake. Not one flipped bit passes for signed; whatever is signed is kept, and ends as
 * worked in, ignored or a dead letter, never as a failure of ours. A door that verifies only the beginning of a body, and a
 * handler that trusts its shape, must be caught.
 */
import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Ingest } from '../../app/adapters/shopify/intake.server.ts';
import type { WebhookHandlers } from '../../app/orders/orders.server.ts';
import { HANDED_TOPICS, TOPICS } from '../../app/orders/topics.ts';
import { aShop } from '../builders.ts';
import { testDb } from '../database.ts';
import { anInbox, sign, type Inbox } from '../inbox.ts';
import { steps, storyOf } from '../order-stories.ts';

const FLIPS = Number(process.env['EVERAFTER_FLIPS'] ?? 50_000);
const MUTANTS = Number(process.env['EVERAFTER_MUTANTS'] ?? 600);

const t = testDb();

const BODY_BYTES = 2000;

/** The judge: how many bodies with one flipped bit a door takes. The signed one itself it has to take. */
async function forgeriesTaken(doorFor: (signed: Buffer) => Ingest, flips: number): Promise<number> {
  const body = randomBytes(BODY_BYTES);
  const headers: Record<string, string> = {
    'x-shopify-hmac-sha256': sign(body),
    'x-shopify-shop-domain': 'a.myshopify.com',
    'x-shopify-topic': 'orders/create',
    'x-shopify-webhook-id': '1',
  };
  const door = doorFor(Buffer.from(body));
  const post = async () => (await door(body, (name) => headers[name] ?? null)).status;
  expect(await post()).toBe(200);
  let taken = 0;
  for (let n = 0; n < flips; n++) {
    const at = n % (body.length * 8);
    body[at >> 3]! ^= 1 << (at & 7);
    taken += Number((await post()) !== 401);
    body[at >> 3]! ^= 1 << (at & 7);
  }
  return taken;
}

test(`no body with a flipped bit is taken (${FLIPS})`, async () => {
  const inbox = anInbox(t);
  expect(await forgeriesTaken(() => inbox.ingest, FLIPS)).toBe(0);
  await inbox.close();
});

test('the judge catches a door that verifies all but the last ten bytes', async () => {
  const inbox = anInbox(t);
  const seen = BODY_BYTES - 10;
  const hasty = (signed: Buffer): Ingest => {
    const unseen = signed.subarray(seen);
    return (body, header) => inbox.ingest(Buffer.concat([body.subarray(0, seen), unseen]), header);
  };
  expect(await forgeriesTaken(hasty, BODY_BYTES * 8)).toBe(10 * 8);
  await inbox.close();
});

/** Values that have broken somebody's parser, column or index. */
const NASTY: unknown[] = [
  null,
  '',
  ' ',
  '\0',
  '\ud800',
  '\u202e',
  '__proto__',
  "'; drop table orders; --",
  'x'.repeat(9000),
  '🦊'.repeat(3000),
  -1,
  0,
  1e21,
  0.1,
  2 ** 31,
  2 ** 53,
  true,
  [],
  {},
  [[]],
  'NaN',
  '1e400',
  '99999999999999999999999',
  '-5.00',
  '1970-01-01',
  '9999-12-31T23:59:59Z',
  '-271821-04-20T00:00:00Z',
  '0000-00-00',
  'gid://shopify/Order/99999999999999999999999',
];

/** Puts a nasty value at a place of the body, or takes the place away. */
function mutate(body: unknown, path: readonly number[], value: unknown, remove: boolean): unknown {
  const copy = structuredClone(body);
  let parent = copy as Record<string, unknown>;
  for (const [depth, step] of path.entries()) {
    const keys = Object.keys(parent);
    if (keys.length === 0) return copy;
    const key = keys[step % keys.length]!;
    const inside = parent[key];
    if (depth < path.length - 1 && typeof inside === 'object' && inside !== null) {
      parent = inside as Record<string, unknown>;
      continue;
    }
    if (remove) delete parent[key];
    else parent[key] = value;
    return copy;
  }
  return copy;
}

const mutant = fc.record({
  happened: steps,
  which: fc.nat(),
  topic: fc.option(fc.constantFrom(...Object.keys(TOPICS)), { freq: 3 }),
  path: fc.array(fc.nat({ max: 40 }), { minLength: 1, maxLength: 4 }),
  value: fc.oneof(fc.constantFrom(...NASTY), fc.jsonValue({ maxDepth: 3 })),
  remove: fc.boolean(),
  raw: fc.option(
    fc.constantFrom(
      '99999999999999999999',
      '123456789012345678901234567890',
      '-0',
      '1E3',
      '"\\u0000"',
      '"\\udc00"',
    ),
    { freq: 4 },
  ),
});

/** Mutants that are posted and worked in together. */
const AT_ONCE = 50;

/** The judge: how a shop's mutants were answered, and which of them ended as a failure of ours. */
async function fateOf(inbox: Inbox, { count, seed }: { count: number; seed: number }) {
  const shop = await aShop(t.db);
  const mutants = fc.sample(mutant, { numRuns: count, seed });
  const answers = new Set<number>();
  for (let from = 0; from < mutants.length; from += AT_ONCE) {
    const statuses = await Promise.all(
      mutants.slice(from, from + AT_ONCE).map(({ happened, which, topic, path, value, remove, raw }) => {
        const story = storyOf(happened, false);
        const told = story[which % story.length]!;
        const text = JSON.stringify(mutate(told.body, path, raw ? 'RAW' : value, remove)) ?? 'undefined';
        const body = raw ? text.replace('"RAW"', raw) : text;
        return inbox.send({ shop, topic: topic ?? told.topic, body });
      }),
    );
    for (const status of statuses) answers.add(status);
    await inbox.workIn();
  }
  const failed = await t.db.sqlAcrossShops<{ topic: string; reason: string }>(
    `select topic, reason, attempts, left(body, 200) as body from webhook_inbox where shop_id = $1 and (attempts > 0 or reason like 'error%' or reason = 'not-storable')`,
    [shop.id],
  );
  return { answers: [...answers], failed };
}

test(
  `whatever is signed ends as done, ignored, waiting or dead (${MUTANTS})`,
  { timeout: 300_000 },
  async () => {
    const inbox = anInbox(t);
    const seed = Date.now() % 1e9;
    const fate = await fateOf(inbox, { count: MUTANTS, seed });
    expect(fate, `seed ${seed}`).toEqual({ answers: [200], failed: [] });
    await inbox.close();
  },
);

test('the judge catches a handler that trusts the shape of a body', { timeout: 60_000 }, async () => {
  const trusting: WebhookHandlers[keyof WebhookHandlers] = (_tx, { body }) => {
    const { customer } = body as { customer: { id: number } };
    return Promise.resolve({ outcome: 'ignored', reason: customer.id > 0 ? 'known' : 'nobody' });
  };
  const handlers = Object.fromEntries(HANDED_TOPICS.map((topic) => [topic, trusting]));
  const inbox = anInbox(t, { handlers });
  const { answers, failed } = await fateOf(inbox, { count: 200, seed: 8 });
  expect(answers).toEqual([200]);
  expect(failed).not.toEqual([]);
  const topics = new Set<string>(HANDED_TOPICS);
  expect(
    failed.filter(({ topic, reason }) => !topics.has(topic) || !reason.startsWith('error: TypeError')),
  ).toEqual([]);
  await inbox.close();
});
