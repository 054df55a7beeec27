import pg from 'pg';
import { expect, test } from 'vitest';
import { aShop } from '../builders.ts';
import { testDb } from '../database.ts';

const t = testDb();

test('a transaction bound to one shop sees that shop only', async () => {
  const [one, two] = [await aShop(t.db), await aShop(t.db)];
  const seen = await t.db.inShop(one.id, (tx) => tx.prisma.shop.findMany({ select: { id: true } }));
  expect(seen).toEqual([{ id: one.id }]);
  const both = await t.db.sqlAcrossShops<{ id: bigint }>('select id from shop order by id');
  expect(both.map((row) => row.id)).toEqual([one.id, two.id]);
});

test('a row of another shop can neither be written nor moved there', async () => {
  const [one, two] = [await aShop(t.db), await aShop(t.db)];
  const insert = `insert into product (shop_id, id, handle, title, updated_at) values ($1, 1, 'h', 't', now())`;
  await t.db.inShop(one.id, (tx) => tx.sql(insert, [one.id]));
  await expect(t.db.inShop(one.id, (tx) => tx.sql(insert, [two.id]))).rejects.toThrow(/row-level security/);
  await expect(
    t.db.inShop(one.id, (tx) => tx.sql('update product set shop_id = $1', [two.id])),
  ).rejects.toThrow();
});

test('both kinds of transaction read and write the same values', async () => {
  const shop = await aShop(t.db);
  const at = new Date('2026-03-29T01:30:00.123Z');
  const text = `select $1::text[] as texts, $2::bigint[] as numbers, $3::timestamptz[] as moments, $4::jsonb as json,
    $5::int as small, $6::boolean as yes, 9007199254740993::bigint as big`;
  const values = [['a', 'b"\\c', null], [1n, 2n], [at], { deep: [1, 'x'] }, 5, true];
  const expected = {
    texts: ['a', 'b"\\c', null],
    numbers: [1n, 2n],
    moments: [at],
    json: { deep: [1, 'x'] },
    small: 5,
    yes: true,
    big: 9007199254740993n,
  };
  expect(await t.db.sqlAcrossShops(text, values)).toEqual([expected]);
  expect(await t.db.inShop(shop.id, (tx) => tx.sql(text, values))).toEqual([expected]);
});

test('an error rolls the whole transaction back', async () => {
  const shop = await aShop(t.db);
  const failing = t.db.acrossShops(async (tx) => {
    await tx.sql('update shop set name = $2 where id = $1', [shop.id, 'half']);
    throw new Error('no');
  });
  await expect(failing).rejects.toThrow('no');
  const [row] = await t.db.sqlAcrossShops<{ name: string }>('select name from shop where id = $1', [shop.id]);
  expect(row?.name).toBe('A Shop');
});

test('who holds a name keeps others waiting that ask for it', async () => {
  const shop = await aShop(t.db);
  const done: string[] = [];
  const [inside, gate] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  const holding = (name: string, work: () => Promise<void>) =>
    t.db.inShopBySql(
      shop.id,
      async (tx) => {
        await work();
        done.push(name);
        return tx.sql<{ id: bigint }>('select id from shop');
      },
      ["it's mine", 'another'],
    );
  const first = holding('first', async () => {
    inside.resolve();
    await gate.promise;
  });
  await inside.promise;
  const second = holding('second', async () => {});
  const waits = `select 1 from pg_locks where locktype = 'advisory' and not granted`;
  while ((await t.db.sqlAcrossShops(waits)).length === 0) await new Promise(setImmediate);
  gate.resolve();
  expect(await Promise.all([first, second])).toEqual([[{ id: shop.id }], [{ id: shop.id }]]);
  expect(done).toEqual(['first', 'second']);
});

test('a statement that is planned once still answers after its columns have changed', async () => {
  const owner = new pg.Client(t.url);
  await owner.connect();
  await owner.query('create table changing (a int); grant select on changing to everafter_worker');
  const ask = () => t.db.preparedAcrossShops('select * from changing');
  await Promise.all(Array.from({ length: 5 }, ask));
  await owner.query('alter table changing add column b text');
  expect(await Promise.all(Array.from({ length: 5 }, ask))).toHaveLength(5);
  await owner.end();
});
