/** Exporting and erasing what is held of a person, by the list in erasure.ts. */
import type { SqlTx } from '../db.server.ts';
import { recordEvents } from '../events.server.ts';
import { PERSONAL } from './erasure.ts';
import type { PersonalTable } from './personal-table.ts';
import type { Tombstones, Trace } from './tombstones.server.ts';

/** Who is meant, as Shopify says it. */
export interface Person {
  shopId: bigint;
  shopifyId: bigint | null;
  email: string | null;
  phone: string | null;
  orderIds: readonly bigint[];
}

/** The rows behind a person. */
export interface Found {
  customerIds: string[];
  orderIds: bigint[];
  traces: Trace[];
}

/** Rows by table. */
export type Counts = Record<string, number>;

/** Stops what modules have under way for these customers; runs in the transaction that erases them. */
export type StopPerson = (
  tx: SqlTx,
  shopId: bigint,
  customerIds: readonly string[],
  now: Date,
) => Promise<void>;

export interface ErasureDeps {
  tombstones: Tombstones;
  stopPerson: readonly StopPerson[];
  /** Keeps out whoever makes or merges customers of these shops, until the transaction ends. */
  lockPeople(tx: SqlTx, shopIds: Iterable<bigint>): Promise<void>;
}

interface CustomerTrace {
  id: string;
  shopify_id: bigint | null;
  email: string | null;
  phone: string | null;
}

/**
 * Those that were merged into one another are one person; an address alone means guests only, for two people with
 * accounts may share a phone. Locked, so that nobody writes to them meanwhile.
 */
const CUSTOMERS = `
  with recursive person as (
    select id, merged_into from customer
    where shop_id = $1 and (shopify_id = $2::bigint
      or ((shopify_id is null or $2::bigint is null) and (lower(email) = lower($3) or phone = $4))
      or ($2::bigint is null and id in
        (select customer_id from orders where shop_id = $1 and id = any($5::bigint[]) and customer_id is not null)))
    union
    select c.id, c.merged_into from customer c join person p on c.id = p.merged_into or c.merged_into = p.id
    where c.shop_id = $1
  )
  select id, shopify_id, email, phone from customer where shop_id = $1 and id in (select id from person)
  order by id for update`;

interface OrderTrace {
  id: bigint;
  email: string | null;
  phone: string | null;
}

const ORDERS = `
  select id, email, phone from orders
  where shop_id = $1 and (customer_id = any($2::uuid[]) or id = any($3::bigint[]) or lower(email) = lower($4))
  order by id for update`;

/** Everything that is held of a person, whatever it is found by. */
export async function findPerson(tx: SqlTx, person: Person): Promise<Found> {
  const { shopId, shopifyId, email, phone, orderIds } = person;
  const customers = await tx.sql<CustomerTrace>(CUSTOMERS, [shopId, shopifyId, email, phone, orderIds]);
  const customerIds = customers.map(({ id }) => id);
  const orders = await tx.sql<OrderTrace>(ORDERS, [shopId, customerIds, orderIds, email]);
  const ids = new Set([...orderIds, ...orders.map(({ id }) => id)]);
  return {
    customerIds,
    orderIds: [...ids],
    traces: [
      { shopId, shopifyId, email, phone },
      ...customers.map((row) => ({ shopId, shopifyId: row.shopify_id, email: row.email, phone: row.phone })),
      ...orders.map((row) => ({ shopId, email: row.email, phone: row.phone })),
      ...[...ids].map((orderId) => ({ shopId, orderId })),
    ],
  };
}

/** Gives the parameters their types, so that a statement may leave some of them out. */
const GIVEN = 'with given as (select $1::bigint, $2::uuid[], $3::bigint[], $4::timestamptz)';

/** Of rows that are told: whose they are is known, and the HTML of a mail is packed; its text says the same. */
const UNTOLD = `'{shop_id,html}'::text[]`;

/** What a person is told who asks for their data: rows by table, as JSON text. */
export async function exportPerson(tx: SqlTx, shopId: bigint, found: Found, now: Date): Promise<string> {
  const tables = PERSONAL.filter(({ exported, mine }) => exported && mine);
  const parts = tables.map(
    ({ table, mine }) =>
      `'${table}', (select coalesce(jsonb_agg(to_jsonb(t) - ${UNTOLD}), '[]') from ${table} t where t.shop_id = $1 and ${mine})`,
  );
  const text = `${GIVEN} select jsonb_build_object(${parts.join(', ')})::text as data`;
  const [row] = await tx.sql<{ data: string }>(text, [shopId, found.customerIds, found.orderIds, now]);
  return row!.data;
}

/**
 * Erases a person in one transaction: what is under way stops, personal fields go, tombstones stand.
 * @returns the receipt, in counts, and what was found, for {@link sweepErased}
 */
export async function erasePerson(
  deps: ErasureDeps,
  tx: SqlTx,
  person: Person,
  now: Date,
): Promise<{ counts: Counts; found: Found }> {
  const { shopId } = person;
  await deps.lockPeople(tx, [shopId]);
  const found = await findPerson(tx, person);
  await deps.tombstones.bury(tx, found.traces, now);
  for (const stop of deps.stopPerson) await stop(tx, shopId, found.customerIds, now);
  const counts = await blank(tx, shopId, found, now);
  counts['webhook_inbox'] = await eraseBodies(tx, shopId, found.traces);
  counts['data_request'] = await eraseExports(tx, person);
  await recordEvents(
    tx,
    found.customerIds.map((customerId) => ({
      shopId,
      kind: 'customer.erased',
      customerId,
      data: {},
      at: now,
    })),
    now,
  );
  return { counts: Object.fromEntries(Object.entries(counts).filter(([, count]) => count > 0)), found };
}

/** Personal fields of rows that are known to be of erased people; safe to repeat. */
async function blank(
  tx: SqlTx,
  shopId: bigint,
  found: Pick<Found, 'customerIds' | 'orderIds'>,
  now: Date,
): Promise<Counts> {
  const counts: Counts = {};
  for (const entry of PERSONAL) {
    const text = blankStatement(entry);
    if (!text) continue;
    const values = [shopId, found.customerIds, found.orderIds, now];
    const [row] = await tx.sql<{ count: bigint }>(text, values);
    counts[entry.table] = Number(row!.count);
  }
  return counts;
}

function blankStatement({ table, mine, erase }: PersonalTable): string | null {
  if (!mine || !erase) return null;
  const where = `where t.shop_id = $1 and ${mine}`;
  const change =
    erase === 'row'
      ? `delete from ${table} t ${where}`
      : `update ${table} t set ${Object.entries(erase)
          .map(([column, value]) => `${column} = ${value}`)
          .join(', ')} ${where}`;
  return `${GIVEN}, changed as (${change} returning 1) select count(*) from changed`;
}

/** A body that names the person goes as a whole; one that waits is not worked in any more. */
const ERASE_BODIES = `
  with changed as (
    update webhook_inbox set body = '', state = case when state = 0 then 3 else state end, due_at = null,
      reason = case when state = 0 then 'erased' else reason end
    where shop_id = $1 and body <> '' and body ~* any($2::text[]) returning 1
  ) select count(*) from changed`;
const ERASE_STRAYS = `
  delete from stray_webhook where domain = (select domain from shop where id = $1) and body ~* any($2::text[])`;

async function eraseBodies(tx: SqlTx, shopId: bigint, traces: readonly Trace[]): Promise<number> {
  const patterns = patternsOf(traces);
  if (patterns.length === 0) return 0;
  const [row] = await tx.sql<{ count: bigint }>(ERASE_BODIES, [shopId, patterns]);
  await tx.sql(ERASE_STRAYS, [shopId, patterns]);
  return Number(row!.count);
}

/** Regular expressions that find a person in a body: ids as whole numbers, addresses as they are. */
function patternsOf(traces: readonly Trace[]): string[] {
  const ids = traces.flatMap(({ shopifyId, orderId }) => [shopifyId, orderId]).filter((id) => id != null);
  const texts = traces.flatMap(({ email, phone }) => [email, phone]).filter((text) => text?.trim());
  const escape = (text: string) => text.trim().replace(/[^\w@]/g, '\\$&');
  return [
    ...new Set([...ids.map((id) => `(^|[^0-9])${id}([^0-9]|$)`), ...texts.map((text) => escape(text!))]),
  ];
}

const ERASE_EXPORTS = `
  with changed as (
    update data_request set result = case when kind = 'export' then null else result end, subject = null, customer_ref = null
    where shop_id = $1 and customer_ref = $2::bigint and state <> 'waiting' returning 1
  ) select count(*) from changed`;

async function eraseExports(tx: SqlTx, { shopId, shopifyId }: Person): Promise<number> {
  const [row] = await tx.sql<{ count: bigint }>(ERASE_EXPORTS, [shopId, shopifyId]);
  return Number(row!.count);
}

/** Webhooks may be a day late, and Shopify tries each for four hours. */
const ERASED_LATELY = `
  select shop_id, subject -> 'customers' as customers, subject -> 'orders' as orders from data_request
  where kind = 'erase-customer' and state = 'done' and subject is not null order by done_at limit 1000`;
const LONG_AGO = `
  update data_request set subject = null
  where kind = 'erase-customer' and state = 'done' and subject is not null and done_at < $1::timestamptz - interval '3 days'`;

/**
 * Erases again what came in behind an erasure: bodies of late webhooks, a mail that was just being handed over.
 * For housekeeping.
 */
export async function sweepErased(tx: SqlTx, now: Date): Promise<void> {
  const rows = await tx.sql<{ shop_id: bigint; customers: string[]; orders: string[] }>(ERASED_LATELY);
  for (const { shop_id: shopId, customers, orders } of rows) {
    const orderIds = orders.map(BigInt);
    await blank(tx, shopId, { customerIds: customers, orderIds }, now);
    await eraseBodies(
      tx,
      shopId,
      orderIds.map((orderId) => ({ shopId, orderId })),
    );
  }
  await tx.sql(LONG_AGO, [now]);
}
