/**
 * E27, short: every qualifying referral is rewarded exactly once, whatever happens (reward-storm.ts). The broken twin
 * (look, then insert) has to be caught. The long form is `npm run bench -- rewards`.
 */
import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import type { Given } from '../../app/rewards/reward.ts';
import { hold } from '../../app/rewards/rewards.server.ts';
import { testDb } from '../database.ts';
import { aFriendlyShop } from '../friends.ts';
import { rewardStorm, type Hold } from './reward-storm.ts';

const REFERRALS = 300;
const DISCOUNT: Given = { kind: 'discount', value: { percent: 10 } };
const KINDS: readonly Given[] = [
  DISCOUNT,
  { kind: 'store-credit', value: { amount: 1000, currency: 'EUR' } },
  DISCOUNT,
  { kind: 'gift-card', value: { amount: 1500, currency: 'JPY' } },
];

const right = testDb();
const twin = testDb();

/** What the ledger must not do: look whether the cause is there, then insert it. */
const lookThenInsert: Hold = async (tx, [draft], now) => {
  const { shopId, cause, customerId, value } = draft!;
  const known = await tx.sql('select 1 from reward where shop_id = $1 and cause = $2', [shopId, cause]);
  if (known.length > 0) return;
  await tx.sql(
    `insert into reward (shop_id, id, cause, customer_id, kind, value, state, due_at, earned_at)
     values ($1, $2, $3, $4, 'discount', $5::jsonb, 'held', $6, $6)`,
    [shopId, randomUUID(), cause, customerId, value, now],
  );
};

test('every qualifying referral is rewarded once, none twice, none not, and none that was undone', async () => {
  const seed = Number(process.env['SEED'] ?? 27);
  const { id: shopId } = await aFriendlyShop(right.db, { pool: 0 });
  const verdict = await rewardStorm({ ...right, shopId, referrals: REFERRALS, kinds: KINDS, seed }, hold);
  console.info(`E27 short, seed ${seed}:`, JSON.stringify(verdict));
  expect(verdict).toMatchObject({
    qualifying: REFERRALS * 0.9,
    double: 0,
    missing: 0,
    standing: 0,
    unbooked: 0,
  });
  expect(verdict.kills).toBeGreaterThan(0);
  expect(verdict.lost).toBeGreaterThan(0);
  expect(verdict.seconds).toBeLessThan(60);
});

test('a ledger that looks before it inserts is caught', async () => {
  await ownerSql(twin.url, 'drop index reward_shop_id_cause_key');
  const { id: shopId } = await aFriendlyShop(twin.db, { pool: 0 });
  const of = { ...twin, shopId, referrals: REFERRALS, kinds: [DISCOUNT], seed: 27 };
  const verdict = await rewardStorm(of, lookThenInsert);
  expect(verdict.double).toBeGreaterThan(0);
});

async function ownerSql(url: string, statement: string): Promise<void> {
  const { default: pg } = await import('pg');
  const client = new pg.Client(url);
  await client.connect();
  await client.query(statement);
  await client.end();
}
