/**
 * E08: bodies that nobody sends by mistake. Not one flipped bit passes for signed; whatever is signed is kept, and ends as
 * worked in, ignored or a dead letter, never as a failure of ours.
 */
import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { TOPICS } from '../../app/orders/topics.ts';
import { aShop } from '../builders.ts';
import { testDb } from '../database.ts';
import { anInbox, sign } from '../inbox.ts';
import { steps, storyOf } from '../order-stories.ts';

const FLIPS = Number(process.env['EVERAFTER_FLIPS'] ?? 50_000);
const MUTANTS = Number(process.env['EVERAFTER_MUTANTS'] ?? 600);

const t = testDb();

test(`no body with a flipped bit is taken (${FLIPS})`, async () => {
  const inbox = anInbox(t);
  const body = randomBytes(2000);
  const headers = {
    'x-shopify-hmac-sha256': sign(body),
    'x-shopify-shop-domain': 'a.myshopify.com',
    'x-shopify-topic': 'orders/create',
    'x-shopify-webhook-id': '1',
  };
  let refused = 0;
  for (let n = 0; n < FLIPS; n++) {
    const at = n % (body.length * 8);
    body[at >> 3]! ^= 1 << (at & 7);
    const { status } = await inbox.ingest(body, (name) => (headers as Record<string, string>)[name] ?? null);
    refused += Number(status === 401);
    body[at >> 3]! ^= 1 << (at & 7);
  }
  expect(refused).toBe(FLIPS);
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

test(
  `whatever is signed ends as done, ignored, waiting or dead (${MUTANTS})`,
  { timeout: 300_000 },
  async () => {
    const inbox = anInbox(t);
    const shop = await aShop(t.db);
    const seed = Date.now() % 1e9;
    const mutants = fc.sample(mutant, { numRuns: MUTANTS, seed });
    const answers = new Map<number, number>();
    for (let from = 0; from < mutants.length; from += 50) {
      const statuses = await Promise.all(
        mutants.slice(from, from + 50).map(({ happened, which, topic, path, value, remove, raw }) => {
          const story = storyOf(happened, false);
          const told = story[which % story.length]!;
          const text = JSON.stringify(mutate(told.body, path, raw ? 'RAW' : value, remove)) ?? 'undefined';
          return inbox.send({
            shop,
            topic: topic ?? told.topic,
            body: raw ? text.replace('"RAW"', raw) : text,
          });
        }),
      );
      for (const status of statuses) answers.set(status, (answers.get(status) ?? 0) + 1);
      await inbox.workIn();
    }
    expect([...answers.keys()], `seed ${seed}`).toEqual([200]);
    const failed = await t.db.sqlAcrossShops(
      `select topic, reason, attempts, left(body, 200) as body from webhook_inbox where shop_id = $1 and (attempts > 0 or reason like 'error%' or reason = 'not-storable')`,
      [shop.id],
    );
    expect(failed, `seed ${seed}`).toEqual([]);
    await inbox.close();
  },
);
