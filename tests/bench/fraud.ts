/** Fraud: what the rules make of a corpus of 10,000 labelled pairs, over real tables. Seeded, so that it can be run again. */
import { installDefaults } from '../../app/referrals/referrals.server.ts';
import { shopById } from '../../app/shops/shops.server.ts';
import { corpusOf } from '../fraud-corpus.ts';
import { figuresOf, rowsOf, runCorpus, type Figures } from '../fraud-run.ts';
import { onServer } from './engine/server.ts';

const SEED = 20_261_128;

/** @param quick a tenth of the pairs */
export function bench({ quick }: { quick: boolean }): Promise<Record<string, number>> {
  const pairs = corpusOf(SEED, quick ? 1_000 : 10_000);
  return onServer(async ({ db, owner }) => {
    await owner.query(
      `insert into shop (id, domain, currency, created_at, updated_at) values (1, 'fair.myshopify.com', 'EUR', now(), now())`,
    );
    const shop = (await shopById({ sql: db.sqlAcrossShops }, 1n))!;
    await db.inShop(1n, (tx) => installDefaults(tx, shop, new Date('2026-05-01T00:00:00Z')));
    await owner.query('update program set terms = terms || \'{"perAdvocate": null}\'');
    const judged = await runCorpus(db, shop, pairs);
    for (const row of rowsOf(judged)) console.log(row);
    console.log(`seed ${SEED}, ${pairs.length} pairs`);
    return { ...figuresOf(judged) } satisfies Figures & Record<string, number>;
  });
}
