/**
 * E29, small: whoever guesses codes. What cannot be used is told alike and in the same time; so many guesses and no more
 * are answered, whichever process is asked and however often one is started anew; nobody uses up another shop's.
 */
import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { expect, test } from 'vitest';
import { makeLimits } from '../../app/limits.server.ts';
import { makeCode } from '../../app/referrals/codes.ts';
import { advocateLinks } from '../../app/referrals/links.ts';
import { issueCodes, welcomeFor } from '../../app/referrals/referrals.server.ts';
import type { Shop } from '../../app/shops/shop.ts';
import { testDb } from '../database.ts';
import { randomFrom } from '../fraud-corpus.ts';
import { aFriendlyShop, anOrder, at, customerOf, takeIn } from '../friends.ts';

const t = testDb();
const now = at('10T12:00:00');

async function aCode(shop: Shop): Promise<string> {
  const order = anOrder(shop);
  await takeIn(t.db, [order]);
  const customerId = await customerOf(t.db, order);
  const [issued] = await t.db.inShop(shop.id, (tx) => issueCodes(tx, [{ shopId: shop.id, customerId }], now));
  return issued!.code;
}

const WHOSE = 'select shop_id from referral_code where code = $1';

/** Welch's t of two series, the slowest tenth of each left out: what else the machine does is nobody's secret. */
function tOf(one: number[], other: number[]): number {
  const [a, b] = [one, other].map((series) => {
    const kept = series.toSorted((x, y) => x - y).slice(0, Math.floor(series.length * 0.9));
    const mean = kept.reduce((sum, x) => sum + x, 0) / kept.length;
    const variance = kept.reduce((sum, x) => sum + (x - mean) ** 2, 0) / (kept.length - 1);
    return { mean, error: variance / kept.length };
  }) as [{ mean: number; error: number }, { mean: number; error: number }];
  return (a.mean - b.mean) / Math.sqrt(a.error + b.error);
}

/** How long each kind of guess takes, in turns whose order is drawn by lot. */
async function timesOf(kinds: Record<string, () => Promise<unknown>>, rounds: number) {
  const random = randomFrom(29);
  const times = Object.fromEntries(Object.keys(kinds).map((name) => [name, [] as number[]]));
  for (let round = 0; round < rounds; round++) {
    for (const [name, ask] of Object.entries(kinds).toSorted(() => random() - 0.5)) {
      const begun = performance.now();
      await ask();
      times[name]!.push(performance.now() - begun);
    }
  }
  return times;
}

test('unknown, foreign and withdrawn codes are told alike, and take the same time; a door that looks twice is found out', async () => {
  const [shop, other] = [await aFriendlyShop(t.db), await aFriendlyShop(t.db)];
  const [good, foreign, revoked] = [await aCode(shop), await aCode(other), await aCode(shop)];
  await t.db.sqlAcrossShops(`update referral_code set state = 'revoked' where code = $1`, [revoked]);
  const ask = (code: string) => () => t.db.inShop(shop.id, (tx) => welcomeFor(tx, shop, code, 'en', now));
  expect(await ask(good)()).not.toBeNull();
  const kinds = { unknown: ask('FRIENDS-22222222'), foreign: ask(foreign), revoked: ask(revoked) };
  for (const guess of Object.values(kinds)) expect(await guess()).toBeNull();

  /** Looks whose it is, to say so: a leak. */
  const twin = (code: string) => async () => {
    const answer = await ask(code)();
    const [row] = await t.db.sqlAcrossShops<{ shop_id: bigint }>(WHOSE, [code]);
    if (row) await t.db.inShop(row.shop_id, (tx) => welcomeFor(tx, other, code, 'en', now));
    return answer;
  };
  const rounds = 250;
  await timesOf(kinds, 20);
  const times = await timesOf(
    { ...kinds, twinUnknown: twin('FRIENDS-22222222'), twinForeign: twin(foreign) },
    rounds,
  );
  expect(Math.abs(tOf(times['unknown']!, times['foreign']!))).toBeLessThan(4.5);
  expect(Math.abs(tOf(times['unknown']!, times['revoked']!))).toBeLessThan(4.5);
  expect(Math.abs(tOf(times['twinUnknown']!, times['twinForeign']!))).toBeGreaterThan(4.5);
});

test('20,000 guesses find no code, and no page of an advocate', async () => {
  const shop = await aFriendlyShop(t.db);
  const mine = await aCode(shop);
  const random = randomFrom(30);
  const bytes = (array: Uint8Array) => array.map(() => Math.floor(random() * 256));
  const guesses = Array.from({ length: 20_000 }, () => makeCode(bytes as never, { program: 0 }));
  const rows = await t.db.inShop(shop.id, (tx) =>
    tx.sql(`select code from referral_code where shop_id = $1 and code = any($2::text[])`, [
      shop.id,
      guesses,
    ]),
  );
  expect(rows).toEqual([]);
  expect(await t.db.inShop(shop.id, (tx) => welcomeFor(tx, shop, mine, 'en', now))).not.toBeNull();

  const links = advocateLinks({ appUrl: 'https://app.test', key: Buffer.alloc(32, 3) });
  const body = links.page({ shopId: shop.id, customerId: '0' }).split('/f/')[1]!.split('.')[0]!;
  const found = Array.from({ length: 20_000 }, () =>
    links.readPage(`${body}.${Buffer.from(bytes(new Uint8Array(16))).toString('base64url')}`),
  ).filter((each) => each !== null);
  expect(found).toEqual([]);
});

/** A process of its own, counting in the same database. */
async function another(): Promise<{
  count(peers: string[], shopId: bigint): Promise<number>;
  end(): Promise<void>;
}> {
  const child: ChildProcess = fork(
    path.join(import.meta.dirname, 'guess-worker.ts'),
    [JSON.stringify({ databaseUrl: t.url })],
    { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] },
  );
  await once(child, 'message');
  return {
    async count(peers, shopId) {
      child.send({ peers, asked: 'check', shopId: String(shopId) });
      const [told] = (await once(child, 'message')) as [{ passed: number }];
      return told.passed;
    },
    async end() {
      child.disconnect();
      await once(child, 'exit');
    },
  };
}

test('two processes count together, also after one was started anew; another network and another shop are not kept out', async () => {
  const [shopId, otherId] = [7001n, 7002n];
  const guesser = Array.from({ length: 60 }, (_, i) => `203.0.113.${i}`);
  const [one, two] = await Promise.all([another(), another()]);
  const passed = await Promise.all([one.count(guesser, shopId), two.count(guesser, shopId)]);
  expect(passed[0]! + passed[1]!).toBe(40);
  await two.end();
  const three = await another();
  expect(await three.count(guesser, shopId)).toBe(0);
  expect(await three.count(['198.51.100.7'], shopId)).toBe(1);
  expect(await three.count(['203.0.113.7'], otherId)).toBe(1);
  await Promise.all([one.end(), three.end()]);
  // The twin: each counts on its own, as memory does.
  const alone = [makeLimits(null), makeLimits(null)];
  let through = 0;
  for (const peer of guesser) {
    const request = new Request('http://app.test/', { headers: { 'x-client-address': peer } });
    for (const tooOften of alone) if ((await tooOften(request, 'check', shopId)) === null) through++;
  }
  expect(through).toBe(80);
});

test('while the database gives no answer nothing tells of codes, and pages are still shown', async () => {
  const down = { sqlAcrossShops: () => Promise.reject(new Error('the database is down')) };
  const tooOften = makeLimits(down as never);
  const ask = (asked: 'check' | 'code') =>
    tooOften(new Request('http://app.test/', { headers: { 'x-client-address': '203.0.113.7' } }), asked, 1n);
  expect((await ask('check'))?.status).toBe(503);
  for (let i = 0; i < 40; i++) expect(await ask('code')).toBeNull();
  expect((await ask('code'))?.status).toBe(429);
});
