/** Who is who: finds or makes the customer of each person, and joins records that turn out to be one person. */
import { createHmac } from 'node:crypto';
import type { SqlTx } from '../db.server.ts';
import { newId } from '../ids.ts';
import type { PersonSnapshot } from './person.ts';
import { joinCustomers, type Join } from './join.server.ts';
import {
  isNobody,
  knownPerson,
  newRecord,
  withPerson,
  type CustomerRecord,
  type KnownPerson,
} from './record.ts';
import { lockPeople, upsertRows } from './rows.server.ts';

/** What may be known of a person or an order that could have been erased. */
export interface Trace {
  shopId: bigint;
  shopifyId: bigint | null;
  email: string | null;
  phone: string | null;
  orderId?: bigint | null;
  /** When it came to be: what came after an erasure is somebody new. */
  at: Date | null;
}

/** What identity needs of the floor below; handed in by wiring. */
export interface PeopleDeps {
  /** Which of these were erased: a late snapshot must not bring anybody back. One answer for each, in order. */
  isErased(tx: SqlTx, traces: readonly Trace[]): Promise<boolean[]>;
  /** Keys the hashes of addresses; 32 bytes. */
  hashKey: Uint8Array;
}

/** The customer of each person, in their order, and which customers turned out to be one on the way. */
export interface FoundPeople {
  /** null: nothing identifies them, or they were erased. */
  ids: (string | null)[];
  /** Which of the nulls were erased. */
  erased: boolean[];
  joins: Join[];
}

const COLUMNS = `c.shop_id, c.id, c.shopify_id, c.merged_into, c.email, c.email_key, c.phone, c.first_name, c.last_name,
  c.locale, c.country, c.province, c.city, c.zip, c.address_hash, c.time_zone, c.search_text, c.profile_at, c.active_at,
  c.created_at, c.updated_at, c.orders_count`;

const CANDIDATES = `
  with wanted as (
    select * from unnest($1::bigint[], $2::bigint[], $3::text[], $4::text[]) as t(shop_id, shopify_id, email_key, phone)
  ), found as (
    select c.shop_id, c.id from wanted w join customer c on c.shop_id = w.shop_id and c.shopify_id = w.shopify_id
    union select c.shop_id, c.id from wanted w join customer c on c.shop_id = w.shop_id and c.email_key = w.email_key
    union select c.shop_id, c.id from wanted w join customer c on c.shop_id = w.shop_id and c.phone = w.phone
  ), whole as (
    select * from found
    union select c.shop_id, c.merged_into from found f join customer c using (shop_id, id) where c.merged_into is not null
  )
  select ${COLUMNS} from whole join customer c using (shop_id, id)
  where c.erased_at is null order by c.created_at, c.id`;

/** Finds or makes the customer of each person. Older snapshots first, so that the newest has the last word. */
export async function upsertCustomers(
  tx: SqlTx,
  people: readonly PersonSnapshot[],
  now: Date,
  deps: PeopleDeps,
): Promise<FoundPeople> {
  const found: FoundPeople = { ids: people.map(() => null), erased: people.map(() => false), joins: [] };
  if (people.length === 0) return found;
  await lockPeople(
    tx,
    people.map((person) => person.shopId),
  );
  const known = people.map(knownPerson);
  found.erased = await deps.isErased(tx, known.map(traceOf));
  const register = new Register(await candidates(tx, known), deps.hashKey, now);
  const order = known.map((_, index) => index).sort((a, b) => Number(known[a]!.at) - Number(known[b]!.at));
  for (const index of order) {
    if (found.erased[index] || isNobody(known[index]!)) continue;
    found.ids[index] = register.place(known[index]!);
  }
  found.ids = found.ids.map((id) => (id === null ? null : register.current(id)));
  found.joins = register.joins;
  await upsertRows(tx.sql, 'customer', ['shop_id', 'id'], register.changed());
  await joinCustomers(tx, found.joins, now);
  return found;
}

const traceOf = ({ shopId, shopifyId, email, phone, orderId, since }: KnownPerson): Trace => ({
  shopId,
  shopifyId,
  email: email ?? null,
  phone,
  orderId: orderId ?? null,
  at: since ?? null,
});

async function candidates(tx: SqlTx, people: readonly KnownPerson[]): Promise<CustomerRecord[]> {
  return tx.sql<CustomerRecord>(CANDIDATES, [
    people.map((person) => person.shopId),
    people.map((person) => person.shopifyId),
    people.map((person) => person.emailKey),
    people.map((person) => person.phone),
  ]);
}

/** Hashes an address for fraud signals. */
export const hashWith =
  (hashKey: Uint8Array) =>
  (key: string): string =>
    createHmac('sha256', hashKey).update(`address|${key}`).digest('base64url');

/** The customers that a batch may touch, as they become while it is worked in. */
class Register {
  readonly joins: Join[] = [];
  private readonly stored = new Map<string, CustomerRecord>();
  private readonly records = new Map<string, CustomerRecord>();
  private readonly now: Date;
  private readonly hash: (key: string) => string;

  constructor(rows: readonly CustomerRecord[], hashKey: Uint8Array, now: Date) {
    this.now = now;
    this.hash = hashWith(hashKey);
    for (const row of rows) {
      this.stored.set(row.id, row);
      this.records.set(row.id, row);
    }
  }

  /** The id of the person's customer, made if need be. */
  place(person: KnownPerson): string {
    const account = this.byShopifyId(person);
    const guest = this.byContact(person, account);
    const record = account ?? guest ?? newRecord(person, newId(this.now), this.now);
    this.records.set(record.id, withPerson(record, person, this.hash, this.now));
    // Ordered as a guest before the account was made: one person, whose story goes on in the account.
    if (account && guest) this.join(guest, account);
    return record.id;
  }

  /** Follows joins to the customer that is left. */
  current(id: string): string {
    const into = this.records.get(id)?.merged_into;
    return into ? this.current(into) : id;
  }

  changed(): Record<string, unknown>[] {
    const rows = [...this.records.values()].filter((record) => this.stored.get(record.id) !== record);
    return rows.map(({ orders_count: _count, ...row }) => row);
  }

  private byShopifyId(person: KnownPerson): CustomerRecord | undefined {
    if (person.shopifyId === null) return undefined;
    const record = this.find((row) => row.shop_id === person.shopId && row.shopify_id === person.shopifyId);
    return record && this.records.get(this.current(record.id));
  }

  /** By e-mail, else by phone; somebody else's account is never taken for it. */
  private byContact(person: KnownPerson, account: CustomerRecord | undefined): CustomerRecord | undefined {
    const fits = (row: CustomerRecord) =>
      row.shop_id === person.shopId &&
      row.merged_into === null &&
      row !== account &&
      (person.shopifyId === null || row.shopify_id === null);
    if (person.emailKey !== null) {
      const sameMailbox = (row: CustomerRecord) => fits(row) && row.email_key === person.emailKey;
      const sameSpelling = (row: CustomerRecord) =>
        sameMailbox(row) && row.email?.toLowerCase() === person.email?.toLowerCase();
      return this.find(sameSpelling) ?? this.find(sameMailbox);
    }
    if (person.phone === null || account) return undefined;
    return this.find((row) => fits(row) && row.phone === person.phone);
  }

  private join(from: CustomerRecord, into: CustomerRecord): void {
    this.records.set(from.id, { ...this.records.get(from.id)!, merged_into: into.id, updated_at: this.now });
    this.joins.push({ shopId: from.shop_id, from: from.id, into: into.id });
  }

  private find(fits: (row: CustomerRecord) => boolean): CustomerRecord | undefined {
    for (const row of this.records.values()) if (fits(row)) return row;
    return undefined;
  }
}
