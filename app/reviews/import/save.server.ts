/** Saves a batch of rows of a file: what is known is passed over, what is found in a text is held like any other. */
import type { SqlTx } from '../../db.server.ts';
import { newId } from '../../ids.ts';
import { judge } from '../judge.ts';
import { TEXT_MAX, TITLE_MAX, stateOf } from '../review.ts';
import type { ImportedReview, RowProblem } from './row.ts';

export interface Saving {
  shopId: bigint;
  importId: string;
  country: string | null;
  locale: string;
  holdHours: number;
}

export interface Counted {
  saved: number;
  known: number;
  held: number;
  photos: number;
  problems: RowProblem[];
}

const PRODUCTS = `
  select id, handle from product where shop_id = $1 and (id = any($2::bigint[]) or handle = any($3::text[]))`;
const SOLD = `select distinct product_id as id from order_line where shop_id = $1 and product_id = any($2::bigint[])`;
const PEOPLE = `
  select distinct on (email_key) email_key as key, id from customer
  where shop_id = $1 and email_key = any($2::text[]) and merged_into is null and erased_at is null
  order by email_key, shopify_id nulls last`;

/** Products as this shop has them, also those that are gone but were sold. */
async function productsOf(tx: SqlTx, shopId: bigint, rows: readonly ImportedReview[]) {
  const ids = [...new Set(rows.flatMap(({ productId }) => (productId === null ? [] : [productId])))];
  const handles = [...new Set(rows.flatMap(({ handle }) => (handle === null ? [] : [handle])))];
  const found = await tx.sql<{ id: bigint; handle: string }>(PRODUCTS, [shopId, ids, handles]);
  const known = new Set(found.map(({ id }) => id));
  const rest = ids.filter((id) => !known.has(id));
  const sold = rest.length > 0 ? await tx.sql<{ id: bigint }>(SOLD, [shopId, rest]) : [];
  for (const { id } of sold) known.add(id);
  const byHandle = new Map(found.map(({ id, handle }) => [handle, id]));
  return ({ productId, handle }: ImportedReview): bigint | null | undefined => {
    if (productId !== null && known.has(productId)) return productId;
    if (handle !== null) return byHandle.get(handle);
    return productId === null ? null : undefined;
  };
}

const INSERT = `
  with given as (
    select t.* from jsonb_to_recordset($3::jsonb) as t(id uuid, customer_id uuid, product_id bigint, stars smallint, title text,
      text text, author_name text, locale text, country text, verified boolean, state text, hold_reason text, held_by text,
      due_at timestamptz, published_at timestamptz, at timestamptz, reply text, reply_at timestamptz, import_key text, exported uuid)
    where not exists (select 1 from review r where r.shop_id = $1 and r.id = t.exported)
  )
  insert into review (shop_id, id, customer_id, product_id, stars, title, text, author_name, locale, country, verified, source,
    state, hold_reason, held_by, due_at, published_at, at, reply, reply_at, import_id, import_key)
  select $1, g.id, g.customer_id, g.product_id, g.stars, g.title, g.text, g.author_name, g.locale, g.country,
    g.verified or (g.customer_id is not null and exists (select 1 from orders o join order_line l on l.shop_id = o.shop_id and l.order_id = o.id
      where o.shop_id = $1 and o.customer_id = g.customer_id and l.product_id = g.product_id)),
    'import', g.state, g.hold_reason, g.held_by, g.due_at, g.published_at, g.at, g.reply, g.reply_at, $2, g.import_key
  from given g order by g.import_key
  on conflict (shop_id, import_key) where import_key is not null do nothing
  returning id, state`;

const PHOTOS = `
  insert into review_photo (shop_id, id, review_id, position, kind, state, source_url, due_at)
  select $1, id, review_id, position, kind, 'wanted', source_url, $3::timestamptz
  from jsonb_to_recordset($2::jsonb) as t(id uuid, review_id uuid, position smallint, kind text, source_url text)`;

const HOUR = 3_600_000;

/** Saves what can be saved of these rows, in the caller's transaction. */
export async function saveRows(
  tx: SqlTx,
  saving: Saving,
  rows: readonly ImportedReview[],
  now: Date,
): Promise<Counted> {
  const productOf = await productsOf(tx, saving.shopId, rows);
  const keys = [...new Set(rows.flatMap((row) => (row.emailKey === null ? [] : [row.emailKey])))];
  const people = new Map(
    (keys.length > 0 ? await tx.sql<{ key: string; id: string }>(PEOPLE, [saving.shopId, keys]) : []).map(
      ({ key, id }) => [key, id],
    ),
  );
  const problems: RowProblem[] = [];
  const records = new Map<string, { record: object; row: ImportedReview }>();
  for (const row of rows) {
    const productId = productOf(row);
    if (productId === undefined) {
      problems.push({
        row: row.row,
        field: row.productId === null ? 'handle' : 'productId',
        why: 'product-unknown',
      });
      continue;
    }
    const customerId = row.emailKey === null ? null : (people.get(row.emailKey) ?? null);
    records.set(row.key, { record: recordOf(saving, row, { productId, customerId }, now), row });
  }
  const given = [...records.values()].map(({ record }) => record);
  const values = [saving.shopId, saving.importId, JSON.stringify(given, bigintToString)];
  const saved = given.length > 0 ? await tx.sql<{ id: string; state: string }>(INSERT, values) : [];
  const photos = await wantPhotos(tx, saving, new Set(saved.map(({ id }) => id)), records, now);
  return {
    saved: saved.length,
    known: rows.length - problems.length - saved.length,
    held: saved.filter(({ state }) => state === 'held').length,
    photos,
    problems,
  };
}

const bigintToString = (_key: string, value: unknown) => (typeof value === 'bigint' ? String(value) : value);
const cut = (text: string | null, most: number) => text && [...text].slice(0, most).join('');

function recordOf(
  { country, locale, holdHours }: Saving,
  row: ImportedReview,
  { productId, customerId }: { productId: bigint | null; customerId: string | null },
  now: Date,
) {
  const found = judge({
    texts: [row.title, row.text, row.author],
    locale: row.locale ?? locale,
    country: row.country ?? country,
  });
  const state = stateOf(null, found, holdHours, now);
  return {
    id: newId(now),
    customer_id: customerId,
    product_id: productId,
    stars: row.stars,
    title: cut(row.title, TITLE_MAX),
    text: cut(row.text, TEXT_MAX),
    author_name: row.author,
    locale: row.locale,
    country: row.country,
    verified: row.verified,
    state: state.state,
    hold_reason: state.reason,
    held_by: state.by,
    due_at: state.dueAt,
    published_at: state.state === 'published' ? row.at : null,
    at: row.at,
    reply: cut(row.reply, TEXT_MAX),
    reply_at: row.replyAt,
    import_key: row.key,
    exported: row.id,
  };
}

async function wantPhotos(
  tx: SqlTx,
  { shopId }: Saving,
  saved: ReadonlySet<string>,
  records: ReadonlyMap<string, { record: object; row: ImportedReview }>,
  now: Date,
): Promise<number> {
  const wanted = [...records.values()].flatMap(({ record, row }) => {
    const { id: reviewId } = record as { id: string };
    if (!saved.has(reviewId)) return [];
    const media = [
      ...row.photos.map((url) => ({ kind: 'photo', url })),
      ...row.videos.map((url) => ({ kind: 'video', url })),
    ];
    return media.map(({ kind, url }, position) => ({
      id: newId(now),
      review_id: reviewId,
      position,
      kind,
      source_url: url,
    }));
  });
  // An hour's grace, so that a file that is undone at once has not had its pictures fetched.
  if (wanted.length > 0)
    await tx.sql(PHOTOS, [shopId, JSON.stringify(wanted), new Date(now.getTime() + HOUR / 60)]);
  return wanted.length;
}
