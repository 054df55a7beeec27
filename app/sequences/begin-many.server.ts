/** Many people led into a sequence at once, out of a file; and one whom Shopify Flow names. */
import type { ShopTx } from '../db.server.ts';
import { newId } from '../ids.ts';
import { judge, record } from './begin.server.ts';
import { namesIn, type BrokenRow, type CsvFile, type Named, type PeopleBy } from './csv-people.ts';
import type { Begun } from './sequence.ts';

export interface CsvWish {
  /** Key of the sequence */
  sequence: string;
  file: CsvFile;
  column: number;
  by: PeopleBy;
}

export interface CsvVerdict {
  /** How many would come in, or have. */
  good: number;
  /** In the order of the file. */
  broken: BrokenRow[];
  /** Whether they have come in. */
  begun: boolean;
}

const FIND: Record<PeopleBy, string> = {
  email: `select email_key as key, id from customer where shop_id = $1 and email_key = any($2::text[])`,
  'shopify-id': `select shopify_id::text as key, id from customer where shop_id = $1 and shopify_id = any($2::bigint[])`,
  id: `select id::text as key, coalesce(merged_into, id) as id from customer where shop_id = $1 and id = any($2::uuid[])`,
};
const PRESENT = ' and erased_at is null and merged_into is null order by created_at desc';

/**
 * Looks at every row; with `begin`, leads in those that are good, or, where it is `all`, nobody unless every row is.
 * One transaction: what is begun is what is counted.
 */
export async function beginFromCsv(
  tx: ShopTx,
  { sequence, file, column, by }: CsvWish,
  begin: 'no' | 'good' | 'all',
  now: Date,
): Promise<CsvVerdict> {
  const { named, broken } = namesIn(file, column, by);
  const found = await find(tx, named, by);
  const rows = new Map<string, Named>();
  for (const each of named) {
    const customerId = found.get(each.key);
    if (!customerId) broken.push({ row: each.row, value: each.value, why: 'unknown' });
    else if (rows.has(customerId)) broken.push({ row: each.row, value: each.value, why: 'twice' });
    else rows.set(customerId, each);
  }
  const cause = `csv:${newId(now)}`;
  const wishes = [...rows.keys()].map((customerId) => ({ customerId, cause }));
  const { may, not } = await judge(tx, wishes, { sequence, by: 'csv' }, now);
  for (const [customerId, why] of not) {
    const { row, value } = rows.get(customerId)!;
    broken.push({ row, value, why });
  }
  broken.sort((a, b) => a.row - b.row);
  const begun = may.length > 0 && (begin === 'good' || (begin === 'all' && broken.length === 0));
  if (begun) await record(tx, may, now);
  return { good: may.length, broken, begun };
}

/** Of several who share an address, the one who came first. */
async function find(tx: ShopTx, named: readonly Named[], by: PeopleBy): Promise<Map<string, string>> {
  const text = by === 'id' ? FIND[by] : FIND[by] + PRESENT;
  const rows = await tx.sql<{ key: string; id: string }>(text, [tx.shopId, named.map(({ key }) => key)]);
  return new Map(rows.map(({ key, id }) => [key, id]));
}

/** See the door. The run of the workflow names the wish: Flow repeats a run until it is answered. */
export async function beginByFlow(
  tx: ShopTx,
  wish: { shopifyCustomerId: bigint; sequence: string; run: string },
  now: Date,
): Promise<Begun> {
  const found = await tx.sql<{ id: string }>(FIND['shopify-id'] + PRESENT, [
    tx.shopId,
    [wish.shopifyCustomerId],
  ]);
  const customerId = found[0]?.id;
  if (!customerId) return { outcome: 'refused', why: 'gone' };
  const cause = `flow:${wish.run}`;
  const { may, not } = await judge(tx, [{ customerId, cause }], { sequence: wish.sequence, by: 'flow' }, now);
  // Those who ask twice at once have waited for each other by now.
  const seen = await tx.sql(SEEN, [tx.shopId, customerId, cause]);
  if (seen.length > 0) return { outcome: 'begun' };
  const why = not.get(customerId);
  if (why) return { outcome: 'refused', why };
  await record(tx, may, now);
  return { outcome: 'begun' };
}

const SEEN = `
  select 1 from event where shop_id = $1 and customer_id = $2::uuid and kind = 'sequence.started' and data ->> 'cause' = $3
  limit 1`;
