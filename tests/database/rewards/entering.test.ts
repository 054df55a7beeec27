/** Rewards of before the books, entered by their migration. */
import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import pg from 'pg';
import { expect, test } from 'vitest';
import { disagreements, remainders } from '../../../app/rewards/books.server.ts';
import { balanceOf } from '../../../app/rewards/rewards.server.ts';
import { aShop } from '../../builders.ts';
import { testDb } from '../../database.ts';
import { insertRow } from '../rows.ts';

const t = testDb();

test('every state is entered as if it had been posted all along', async () => {
  const shop = await aShop(t.db);
  const customer = randomUUID();
  for (const state of ['held', 'issuing', 'issued', 'void', 'clawed-back'])
    for (const value of [{ percent: 10 }, { amount: 1500, currency: 'JPY' }])
      await insertRow(t.db, 'reward', {
        shop_id: shop.id,
        customer_id: customer,
        cause: `referral:${randomUUID()}:advocate`,
        kind: 'discount',
        value,
        state,
      });
  const sql = readFileSync('prisma/migrations/20261128222500_double_entry/migration.sql', 'utf8');
  const owner = new pg.Client(t.url);
  await owner.connect();
  await owner.query(sql.slice(sql.indexOf('-- The rewards so far.')));
  await owner.end();
  const [wrong, left, issued, spent] = await t.db.acrossShops(async (tx) => [
    await disagreements(tx, shop.id),
    await remainders(tx, shop.id),
    await balanceOf(tx, shop.id, `issued:${customer}`),
    await balanceOf(tx, shop.id, 'expense:referral'),
  ]);
  expect({ wrong, left }).toEqual({ wrong: [], left: [] });
  expect(issued).toEqual([
    { currency: 'CODES', amount: 1n },
    { currency: 'JPY', amount: 1500n },
  ]);
  // Held, on its way and given: what was taken back cost nothing.
  expect(spent).toEqual([
    { currency: 'CODES', amount: -3n },
    { currency: 'JPY', amount: -4500n },
  ]);
});
