/** Very many believable customers at once, for tests and benchmarks of search. */
import pg from 'pg';

const FIRST =
  'Ana Anna Ben Carla David Elena Finn Greta Hugo Ida Jonas Klara Luca Mia Noah Olga Paul Rosa Sven Tilda Urs Vera Wim Xenia Yara Zoe Malte Nina Oskar Pia';
const BEGIN = 'Mill Gar Schmi Du Ros Sil Nov Jen Kowal Iva Bro Da Wil Moo Tay Ber Haa Lind Vog Zim';
const END = 'er cia dt bois si va ak sen ski nova wn vis son re lor ger se gren el mer';
const list = (words: string) =>
  `(array['${words.replaceAll(' ', `','`)}'])[1 + floor(random() * ${words.split(' ').length})]`;

const INSERT = `
  insert into customer (shop_id, id, shopify_id, email, email_key, phone, first_name, last_name, country, orders_count,
    last_order_at, active_at, stage, search_text, created_at, updated_at)
  select $1::bigint, gen_random_uuid(), n, email, email, phone, first, last, country, 1 + n % 5, at, at, stage,
    ' ' || lower(first || ' ' || last || ' ' || email || ' ' || phone), at, at
  from (
    select n, first, last, country, stage, at,
      lower(first || '.' || last || n || '@' || (array['example.com', 'mail.example', 'web.example', 'post.example'])[1 + n % 4]) as email,
      (array['+49151', '+49176', '+33612', '+14155', '+34611', '+44770'])[1 + floor(random() * 6)] || lpad(floor(random() * 10000000)::text, 7, '0') as phone
    from (
      select n, ${list(FIRST)} as first, ${list(BEGIN)} || ${list(END)} as last, ${list('DE US FR ES')} as country,
        ${list('stranger acquaintance friend family')} as stage, timestamptz '2026-05-01' - random() * interval '900 days' as at
      from generate_series(1, $2::int) n
    ) people
  ) whole`;
const CONSENT = `
  insert into consent (shop_id, customer_id, channel, state, source, at)
  select shop_id, id, 'email', 'subscribed', 'shopify', created_at from customer where shop_id = $1 and shopify_id % 2 = 0`;

/** @param url as owner */
export async function addCustomers(url: string, shopId: bigint, count: number): Promise<void> {
  const owner = new pg.Client(url);
  await owner.connect();
  try {
    await owner.query(INSERT, [String(shopId), count]);
    await owner.query(CONSENT, [String(shopId)]);
    await owner.query('vacuum analyze customer');
  } finally {
    await owner.end();
  }
}
