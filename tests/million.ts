/** Grows a shop to a million orders of a million customers by SQL: what pages have to bear. */
import pg from 'pg';

const CUSTOMERS = `
  insert into customer (shop_id, id, shopify_id, email, email_key, first_name, last_name, locale, country, orders_count,
    total_spent, first_order_at, last_order_at, last_heard_at, last_score, stage, stage_at, search_text, created_at, updated_at)
  select $1, gen_random_uuid(), 900000000000 + n, 'c' || n || '@example.org', 'c' || n || '@example.org',
    (array['Ana','Ben','Chloé','Diego','Emma','Farid','Greta','Hiro','Ines','Jonas'])[1 + n % 10],
    (array['Lima','Okoro','Martin','Sánchez','Weber','Haddad','Novak','Tanaka'])[1 + (n / 10) % 8] || ' ' || n,
    (array['en','de','fr','es'])[1 + n % 4], (array['DE','FR','ES','US','GB','BR'])[1 + n % 6], 1, 4990,
    $2::timestamptz - (n % 120) * interval '1 day', $2::timestamptz - (n % 120) * interval '1 day', null, null,
    (array['stranger','acquaintance','acquaintance','friend','family'])[1 + n % 5], $2,
    lower((array['Ana','Ben','Chloé','Diego','Emma','Farid','Greta','Hiro','Ines','Jonas'])[1 + n % 10] || ' ' ||
      (array['Lima','Okoro','Martin','Sánchez','Weber','Haddad','Novak','Tanaka'])[1 + (n / 10) % 8] || ' ' || n || ' c' || n || '@example.org'),
    $2, $2
  from generate_series($3::int, $4::int) n`;

const ORDERS = `
  insert into orders (shop_id, id, name, customer_id, email, currency, total, present_currency, present_total,
    financial_status, source, country, ordinal, placed_at, paid_at, snapshot_at)
  select shop_id, 800000000000 + shopify_id - 900000000000, '#' || (shopify_id - 900000000000), id, email, 'EUR', 4990, 'EUR', 4990,
    'paid', 'web', country, 1, first_order_at, first_order_at, first_order_at
  from customer where shop_id = $1 and shopify_id between 900000000000 + $2::int and 900000000000 + $3::int`;

const ANSWERS = `
  insert into answer (shop_id, id, survey_id, survey_version, subject, operation_id, customer_id, order_id, source, locale, country,
    score, comment, answers, at, verified_at)
  select o.shop_id, gen_random_uuid(), s.id, s.version, 'order:' || o.id, 'bulk-' || o.id, o.customer_id, o.id, 'thank-you', 'en', o.country,
    1 + o.id % 5, case when o.id % 7 = 0 then 'All good, thank you.' end, '{}', o.placed_at + interval '1 minute', o.placed_at + interval '1 minute'
  from orders o, survey s
  where o.shop_id = $1 and s.shop_id = $1 and s.key = 'post-purchase' and o.id >= 800000000000 and o.id % 5 = 0 and o.id between 800000000000 + $2::int and 800000000000 + $3::int`;

const MESSAGES = `
  insert into message (shop_id, id, customer_id, order_id, key, channel, class, template_key, state, planned_at, sent_at, epoch)
  select o.shop_id, gen_random_uuid(), o.customer_id, o.id, 'bulk:' || o.id, 'email', (array['service','ask','offer'])[1 + (o.id % 3)::int], 'thank-you', 'sent',
    o.placed_at + interval '1 hour', o.placed_at + interval '1 hour', 1
  from orders o where o.shop_id = $1 and o.id between 800000000000 + $2::int and 800000000000 + $3::int`;

const STEP = 50_000;

/** @param count orders; each has a customer of its own, a mail, and every fifth an answer */
export async function growShop(databaseUrl: string, domain: string, count: number, now: Date): Promise<void> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  const { rows } = await client.query<{ id: string }>('select id from shop where domain = $1', [domain]);
  const shopId = rows[0]?.id;
  await client.query('set synchronous_commit = off');
  for (let from = 1; from <= count; from += STEP) {
    const to = Math.min(from + STEP - 1, count);
    await client.query(CUSTOMERS, [shopId, now, from, to]);
    for (const statement of [ORDERS, ANSWERS, MESSAGES]) await client.query(statement, [shopId, from, to]);
  }
  await client.query('vacuum analyze');
  await client.end();
}
