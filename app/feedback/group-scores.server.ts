/** Scores by product, country and carrier, and how far people go with a question. */
import type { Db, SqlTx } from '../db.server.ts';
import { csvOf } from '../shops/csv.ts';
import { COUNTED, COUNTRY, IS_CARRIED, IS_COUNTED, WITH_ORDER } from './counted.ts';
import { groupScore, type Group, type GroupScore } from './groups.ts';
import type { ScoreAsk } from './scores.server.ts';

type Ask = Pick<ScoreAsk, 'shopId' | 'surveyKey' | 'from' | 'to'>;

const WHERE = `where a.shop_id = $1 and s.key = $2 and a.at >= $3 and a.at < $4 and ${IS_COUNTED}`;

/** Each answer once a key, however many lines or parcels an order has. */
const KEYS: Record<Group, { key: string; join: string; name: string }> = {
  product: {
    key: `l.product_id::text`,
    join: `join order_line l on l.shop_id = a.shop_id and l.order_id = a.order_id and l.product_id is not null`,
    name: `coalesce((select p.title from product p where p.shop_id = $1 and p.id = t.key::bigint),
      (select l.title from order_line l where l.shop_id = $1 and l.product_id = t.key::bigint limit 1))`,
  },
  country: { key: COUNTRY, join: WITH_ORDER, name: `t.key` },
  carrier: {
    key: `h.carrier`,
    join: `join shipment h on h.shop_id = a.shop_id and h.order_id = a.order_id and ${IS_CARRIED}`,
    name: `t.key`,
  },
};

const groupSql = ({ key, join, name }: (typeof KEYS)[Group]) => `
  with scored as (
    select ${join === WITH_ORDER ? '' : 'distinct'} a.id, a.score, ${key} as key from ${COUNTED} ${join} ${WHERE} and a.score is not null),
  top as (
    select key, count(*) as answers, array[count(*) filter (where score = 1), count(*) filter (where score = 2),
      count(*) filter (where score = 3), count(*) filter (where score = 4), count(*) filter (where score = 5)]::int[] as counts
    from scored where key is not null group by key order by answers desc, key limit $5::int)
  select t.key, coalesce(${name}, t.key) as name, t.counts from top t order by t.answers desc, t.key`;

/**
 * Scores by what they are about, those with most answers first. An order of two products counts for both.
 * @param limit how many; null: all
 */
export async function scoresBy(
  tx: SqlTx,
  ask: Ask & { group: Group; limit: number | null },
): Promise<GroupScore[]> {
  const { shopId, surveyKey, from, to, group, limit } = ask;
  const rows = await tx.sql<{ key: string; name: string; counts: number[] }>(groupSql(KEYS[group]), [
    shopId,
    surveyKey,
    from,
    to,
    limit,
  ]);
  return rows.map(({ key, name, counts }) => groupScore(key, name, counts));
}

/** All of them, as a file. */
export function scoresByCsv(db: Db, ask: Ask & { group: Group }): AsyncGenerator<string> {
  const head = [ask.group === 'product' ? 'Product' : ask.group === 'country' ? 'Country' : 'Carrier'];
  return csvOf([...head, 'Answers', 'Score', 'From', 'To'], async () => {
    const scores = await db.inShop(ask.shopId, (tx) => scoresBy(tx, { ...ask, limit: null }));
    return {
      rows: scores.map(({ name, answers, mean, low, high }) => [name, answers, mean, low, high]),
      next: null,
    };
  });
}
