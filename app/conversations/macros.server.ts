/** Texts to answer with as rows, and what fills them in. */
import type { ShopTx } from '../db.server.ts';
import type { Shop } from '../shops/shop.ts';
import { macroSchema, type Macro, type MacroFields } from './macros.ts';

const ALL = 'select key, locale, name, body from macro where shop_id = $1 order by name, key, locale';

export async function macrosOf(tx: ShopTx): Promise<Macro[]> {
  const rows = await tx.sql(ALL, [tx.shopId]);
  return rows.flatMap((row) => {
    const macro = macroSchema.safeParse(row);
    return macro.success ? [macro.data] : [];
  });
}

const SAVE = `
  insert into macro (shop_id, key, locale, name, body, updated_at) values ($1, $2, $3, $4, $5, $6)
  on conflict (shop_id, key, locale) do update set name = excluded.name, body = excluded.body, updated_at = excluded.updated_at`;

export const saveMacro = (tx: ShopTx, { key, locale, name, body }: Macro, now: Date) =>
  tx.sql(SAVE, [tx.shopId, key, locale, name, body, now]);

export const deleteMacro = (tx: ShopTx, key: string, locale: string) =>
  tx.sql('delete from macro where shop_id = $1 and key = $2 and locale = $3', [tx.shopId, key, locale]);

const FIELDS = `
  select cu.first_name as "firstName", cu.last_name as "lastName", c.person_name as "personName", o.name as "orderName",
    o.status_url as "statusUrl", s.carrier, s.tracking_url as "trackingUrl", p.title
  from conversation c left join customer cu on cu.shop_id = c.shop_id and cu.id = c.customer_id
  left join orders o on o.shop_id = c.shop_id and o.id = c.order_id
  left join product p on p.shop_id = c.shop_id and p.id = c.product_id
  left join lateral (select carrier, tracking_url from shipment s where s.shop_id = c.shop_id
    and (s.id = c.shipment_id or (c.shipment_id is null and s.order_id = c.order_id)) order by s.shipped_at desc limit 1) s on true
  where c.shop_id = $1 and c.id = $2`;

/** What a macro can say in this conversation; null where there is none. */
export async function macroFields(tx: ShopTx, shop: Shop, id: string): Promise<MacroFields | null> {
  const [row] = await tx.sql<Record<string, string | null>>(FIELDS, [tx.shopId, id]);
  if (!row) return null;
  const name = shop.settings.sender.name || shop.name || shop.domain;
  const value = (field: string) => row[field] ?? null;
  return {
    customer: {
      first_name: value('firstName') ?? value('personName')?.split(' ', 1)[0] ?? null,
      last_name: value('lastName'),
    },
    shop: {
      name,
      url: shop.url ?? `https://${shop.domain}`,
      email: shop.email,
      signature: shop.settings.brand.signature || name,
    },
    order: row['orderName'] ? { name: row['orderName'], status_url: value('statusUrl') } : null,
    shipment:
      row['carrier'] || row['trackingUrl']
        ? { carrier: value('carrier'), tracking_url: value('trackingUrl') }
        : null,
    product: row['title'] ? { title: row['title'] } : null,
  };
}
