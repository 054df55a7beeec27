/** Tags of customers at Shopify: told as differences by webhooks, as a whole by the first sync. */
import type { SqlTx } from '../db.server.ts';
import { recordEvents } from '../events.server.ts';
import { newId } from '../ids.ts';
import { clean } from './rows.server.ts';

export interface TagsChange {
  shopId: bigint;
  /** Shopify's id of the customer */
  shopifyId: bigint;
  added: readonly string[];
  removed: readonly string[];
  at: Date;
}

const KNOWN = `
  select c.shop_id as "shopId", c.id, c.shopify_id as "shopifyId", c.tags from customer c
  join (select distinct * from unnest($1::bigint[], $2::bigint[]) as t(shop_id, shopify_id)) t
    on c.shop_id = t.shop_id and c.shopify_id = t.shopify_id
  where c.erased_at is null and c.merged_into is null
  order by c.shop_id, c.id for no key update of c`;

interface Known {
  shopId: bigint;
  id: string;
  shopifyId: bigint;
  tags: string[];
}

const SAVE = `
  update customer c set tags = array(select jsonb_array_elements_text(t.tags::jsonb))
  from unnest($1::bigint[], $2::uuid[], $3::text[]) as t(shop_id, id, tags)
  where c.shop_id = t.shop_id and c.id = t.id`;

/**
 * Follows what was added and taken away, oldest first; tags that were not there before are an event.
 * @returns what was told of customers whom nobody has told of yet
 */
export async function changeTags<T extends TagsChange>(
  tx: SqlTx,
  changes: readonly T[],
  now: Date,
): Promise<T[]> {
  if (changes.length === 0) return [];
  const people = await known(tx, changes);
  const news = [...changes]
    .sort((a, b) => a.at.getTime() - b.at.getTime())
    .flatMap((change) => {
      const person = people.find(
        ({ shopId, shopifyId }) => shopId === change.shopId && shopifyId === change.shopifyId,
      );
      if (!person) return [];
      const fresh = change.added.map(clean).filter((tag) => !has(person.tags, tag));
      person.tags = [...person.tags.filter((tag) => !has(change.removed, tag)), ...new Set(fresh)];
      return fresh.length === 0 ? [] : [{ person, tags: fresh, at: change.at }];
    });
  await save(tx, people);
  await recordEvents(
    tx,
    news.map(({ person: { shopId, id }, tags, at }) => ({
      shopId,
      kind: 'customer.tagged' as const,
      customerId: id,
      data: { tags, cause: `tagged:${newId(now)}` },
      at,
    })),
    now,
  );
  return changes.filter(
    (change) =>
      !people.some(({ shopId, shopifyId }) => shopId === change.shopId && shopifyId === change.shopifyId),
  );
}

/** What they are now, all of them; no event. */
export async function setTags(
  tx: SqlTx,
  told: readonly { shopId: bigint; shopifyId: bigint; tags: readonly string[] }[],
): Promise<void> {
  if (told.length === 0) return;
  const people = await known(tx, told);
  for (const person of people) {
    const { tags } = told.findLast(
      ({ shopId, shopifyId }) => shopId === person.shopId && shopifyId === person.shopifyId,
    )!;
    person.tags = tags.map(clean);
  }
  await save(tx, people);
}

/** Case does not count in tags at Shopify. */
const has = (tags: readonly string[], tag: string) =>
  tags.some((one) => one.toLowerCase() === tag.toLowerCase());

const known = (tx: SqlTx, of: readonly { shopId: bigint; shopifyId: bigint }[]) =>
  tx.sql<Known>(KNOWN, [of.map(({ shopId }) => shopId), of.map(({ shopifyId }) => shopifyId)]);

const save = (tx: SqlTx, people: readonly Known[]) =>
  tx.sql(SAVE, [
    people.map(({ shopId }) => shopId),
    people.map(({ id }) => id),
    people.map(({ tags }) => JSON.stringify(tags)),
  ]);
