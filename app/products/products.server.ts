/** The door of products: what is sold, and the clock of each product. See README.md. */
import type { Db, SqlTx } from '../db.server.ts';
import { csvOf } from '../shops/csv.ts';
import { clockOfProduct, type Clocked } from './clock.ts';
import { listProducts } from './list.server.ts';
import type { ClockRule, ProductClock, ProductSnapshot } from './product.ts';

export { listProducts };

const UPSERT = `
  insert into product (shop_id, id, handle, title, product_type, vendor, tags, image_url, url, status, updated_at)
  select distinct on ("shopId", id) "shopId", id, handle, title, "productType", vendor, tags, "imageUrl", url, status, "updatedAt"
  from jsonb_to_recordset($1::jsonb) as t("shopId" bigint, id bigint, handle text, title text, "productType" text, vendor text,
    tags text[], "imageUrl" text, url text, status text, "updatedAt" timestamptz)
  order by "shopId", id, "updatedAt" desc
  on conflict (shop_id, id) do update set handle = excluded.handle, title = excluded.title,
    product_type = excluded.product_type, vendor = excluded.vendor, tags = excluded.tags, image_url = excluded.image_url,
    url = excluded.url, status = excluded.status, updated_at = excluded.updated_at
  where excluded.updated_at >= product.updated_at`;

/** Only moves forward; one that is gone stays gone. */
export async function upsertProducts(
  tx: SqlTx,
  products: readonly ProductSnapshot[],
  _now: Date,
): Promise<void> {
  if (products.length === 0) return;
  await tx.sql(UPSERT, [asJson(products)]);
}

const TITLES = `select id::text as id, title from product where shop_id = $1 and id = any($2::bigint[])`;

/** Titles of products, by Shopify's id in digits; those that the shop does not have are left out. */
export async function titlesOf(
  tx: SqlTx,
  shopId: bigint,
  ids: readonly string[],
): Promise<Record<string, string>> {
  if (ids.length === 0) return {};
  const rows = await tx.sql<{ id: string; title: string }>(TITLES, [shopId, ids]);
  return Object.fromEntries(rows.map(({ id, title }) => [id, title]));
}

/** NUL and half surrogate pairs are no text to PostgreSQL. */
const asJson = (products: readonly ProductSnapshot[]) =>
  JSON.stringify(products, (_key, value: unknown) =>
    typeof value === 'bigint'
      ? String(value)
      : typeof value === 'string'
        ? value.replaceAll('\0', '').toWellFormed()
        : value,
  );

const DELETE = `
  insert into product (shop_id, id, handle, title, status, deleted_at, updated_at)
  select shop_id, id, '', '', 'deleted', $3::timestamptz, '-infinity' from unnest($1::bigint[], $2::bigint[]) as t(shop_id, id)
  on conflict (shop_id, id) do update set deleted_at = least(product.deleted_at, excluded.deleted_at)`;

/** Marks products as gone; orders keep their lines. */
export async function deleteProducts(
  tx: SqlTx,
  products: readonly { shopId: bigint; id: bigint }[],
  at: Date,
): Promise<void> {
  if (products.length === 0) return;
  await tx.sql(DELETE, [products.map(({ shopId }) => shopId), products.map(({ id }) => id), at]);
}

/** Titles of lines stand in for products that are not known. */
const CLOCKED = `
  select t.shop_id as "shopId", t.id, coalesce(nullif(p.title, ''), (select l.title from order_line l
      where l.shop_id = t.shop_id and l.product_id = t.id limit 1), '') as title,
    coalesce(p.product_type, '') as "productType", coalesce(p.tags, '{}') as tags, p.image_url as "imageUrl",
    case when p.deleted_at is null then p.url end as url
  from unnest($1::bigint[], $2::bigint[]) as t(shop_id, id)
  left join product p on p.shop_id = t.shop_id and p.id = t.id`;

const RULES = `
  select shop_id as "shopId", scope, ref, care_guide as "careGuide", first_use_days as "firstUseDays",
    ready_to_judge_days as "readyToJudgeDays", useful_life_days as "usefulLifeDays", event_ends_at as "eventEndsAt"
  from product_clock where shop_id = any($1::bigint[])
    and (scope <> 'product' or ref = any($2::text[])) order by shop_id, scope, ref`;

/** The clock of each product, the narrowest rule of each field winning; unknown and deleted products have one too. */
export async function clockOf(
  tx: SqlTx,
  products: readonly { shopId: bigint; id: bigint }[],
): Promise<Map<bigint, ProductClock>> {
  if (products.length === 0) return new Map();
  const unique = [...new Map(products.map((product) => [product.id, product])).values()];
  const shopIds = unique.map(({ shopId }) => shopId);
  const ids = unique.map(({ id }) => id);
  const rules = await tx.sql<ClockRule & { shopId: bigint }>(RULES, [[...new Set(shopIds)], ids.map(String)]);
  const rows = await tx.sql<Clocked & { shopId: bigint }>(CLOCKED, [shopIds, ids]);
  return new Map(
    rows.map((row) => [
      row.id,
      clockOfProduct(
        row,
        rules.filter(({ shopId }) => shopId === row.shopId),
      ),
    ]),
  );
}

const SAVE_RULE = `
  insert into product_clock
    (shop_id, scope, ref, care_guide, first_use_days, ready_to_judge_days, useful_life_days, event_ends_at, updated_at)
  values ($1, $2, $3, $4::jsonb, $5::int, $6::int, $7::int, $8::timestamptz, $9)
  on conflict (shop_id, scope, ref) do update set care_guide = excluded.care_guide, first_use_days = excluded.first_use_days,
    ready_to_judge_days = excluded.ready_to_judge_days, useful_life_days = excluded.useful_life_days,
    event_ends_at = excluded.event_ends_at, updated_at = excluded.updated_at`;

/** Sets what holds for a product, a tag, a type or all; what is left out says nothing. */
export async function saveClockRule(tx: SqlTx, shopId: bigint, rule: ClockRule, now: Date): Promise<void> {
  const { scope, ref, careGuide, firstUseDays, readyToJudgeDays, usefulLifeDays, eventEndsAt } = rule;
  const days = [firstUseDays ?? null, readyToJudgeDays ?? null, usefulLifeDays ?? null];
  await tx.sql(SAVE_RULE, [shopId, scope, ref, careGuide ?? {}, ...days, eventEndsAt ?? null, now]);
}

const HEAD = ['Product', 'Care guide', 'First used, day', 'Ready to judge, day', 'Used up, day'];
const CSV_PAGE = 1000;

/** All products that the search finds, with their clocks. */
export function productsCsv(
  db: Db,
  { shopId, text }: { shopId: bigint; text: string },
): AsyncGenerator<string> {
  return csvOf(HEAD, (after) =>
    db.inShop(shopId, async (tx) => {
      const { products, next } = await listProducts(tx, shopId, { text, after, limit: CSV_PAGE });
      const asked = products.map(({ id }) => ({ shopId, id }));
      const clocks = await clockOf(tx, asked);
      const rows = products.map(({ id, title }) => {
        const clock = clocks.get(id)!;
        const guides = Object.keys(clock.careGuide).join(' ');
        return [title, guides, clock.firstUseDays, clock.readyToJudgeDays, clock.usefulLifeDays];
      });
      return { rows, next };
    }),
  );
}
