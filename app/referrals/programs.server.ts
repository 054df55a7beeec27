/** Programmes as rows: a shop's, in the order in which they are offered. */
import type { SqlTx } from '../db.server.ts';
import { recordEvents } from '../events.server.ts';
import { newId } from '../ids.ts';
import { toLocal } from '../zones.ts';
import { audienceSchema, type Audience, type Today } from './audience.ts';
import { MOST_PROGRAMS } from './codes.ts';
import { DEFAULT_PROGRAM, defaultTerms, type Program } from './program.ts';
import { sharesSchema, type Shares } from './shares.ts';
import { termsSchema, type Terms } from './terms.ts';

const INSTALL = `
  insert into program (shop_id, id, key, name, status, terms, created_at, updated_at)
  values ($1, $2, $3, 'Friends', 'on', $4::jsonb, $5, $5) on conflict (shop_id, key) do nothing`;

/** Gives a shop the default programme; the one it has stays as it is. */
export async function installProgram(
  tx: SqlTx,
  shop: { id: bigint; currency: string },
  now: Date,
): Promise<void> {
  await tx.sql(INSTALL, [shop.id, newId(now), DEFAULT_PROGRAM, defaultTerms(shop.currency), now]);
}

interface ProgramRow {
  shop_id: bigint;
  id: string;
  key: string;
  name: string;
  status: string;
  terms: unknown;
  audience: unknown;
  shares: unknown;
  number: number;
  parent_discount_id: string | null;
}

const COLUMNS = 'shop_id, id, key, name, status, terms, audience, shares, number, parent_discount_id';
const FIND = `select ${COLUMNS} from program where shop_id = any($1::bigint[]) order by position, created_at, id`;

/** The programmes of each shop, by shop, in the order in which they are offered. */
export async function programsOf(tx: SqlTx, shopIds: Iterable<bigint>): Promise<Map<bigint, Program[]>> {
  const rows = await tx.sql<ProgramRow>(FIND, [[...new Set(shopIds)]]);
  const found = new Map<bigint, Program[]>();
  for (const row of rows) {
    const mine = found.get(row.shop_id) ?? [];
    mine.push(programOfRow(row));
    found.set(row.shop_id, mine);
  }
  return found;
}

/** A shop's programmes, in the order in which they are offered. */
export const listPrograms = async (tx: SqlTx, shopId: bigint): Promise<Program[]> =>
  (await programsOf(tx, [shopId])).get(shopId) ?? [];

/** By id; the one that every shop begins with where none is named. */
export async function programOf(tx: SqlTx, shopId: bigint, id?: string): Promise<Program | null> {
  const programs = await listPrograms(tx, shopId);
  const isWanted = ({ id: each, key }: Program) => (id === undefined ? key === DEFAULT_PROGRAM : each === id);
  return programs.find(isWanted) ?? null;
}

const CREATE = `
  insert into program (shop_id, id, key, name, status, terms, audience, position, number, created_at, updated_at)
  select $1::bigint, $2::uuid, $2::uuid::text, $3::text, 'off', $4::jsonb, $5::jsonb, 0, free.number, $6::timestamptz, $6::timestamptz
  from (select n as number from generate_series(0, ${MOST_PROGRAMS - 1}) n
    where not exists (select from program p where p.shop_id = $1::bigint and p.number = n) order by n limit 1) free
  returning ${COLUMNS}`;
const PUSH_BACK = `update program set position = position + 1 where shop_id = $1 and id <> $2`;
const LOCK = `select pg_advisory_xact_lock(hashtextextended('programs:' || $1::bigint, 0))::text`;

/** A new one, switched off, before all others: whoever it fits should meet it first. Null: the shop has as many as may be. */
export async function createProgram(
  tx: SqlTx,
  shopId: bigint,
  begins: { name: string; terms: Terms; audience: Audience },
  now: Date,
): Promise<Program | null> {
  await tx.sql(LOCK, [shopId]);
  const values = [shopId, newId(now), begins.name, begins.terms, begins.audience, now];
  const [row] = await tx.sql<ProgramRow>(CREATE, values);
  if (!row) return null;
  await tx.sql(PUSH_BACK, [shopId, row.id]);
  return programOfRow(row);
}

export interface ProgramChange {
  terms: Terms;
  status: 'on' | 'off';
  name?: string;
  audience?: Audience;
  shares?: Shares;
}

const SAVE = `
  update program set terms = $3::jsonb, status = $4, name = coalesce($5, name), audience = coalesce($6::jsonb, audience),
    shares = coalesce($7::jsonb, shares), updated_at = $8
  where shop_id = $1 and id = $2 returning ${COLUMNS}`;

/**
 * Changes a programme. The discount at Shopify follows with the next job `referrals.mint`: codes that were handed out stay
 * what they are, and give what is new from then on. What friends ordered before keeps what was agreed then.
 */
export async function saveProgram(
  tx: SqlTx,
  { shopId, id }: { shopId: bigint; id: string },
  change: ProgramChange,
  now: Date,
): Promise<Program | null> {
  const { status, name = null, audience = null, shares = null } = change;
  const terms = termsSchema.parse(change.terms);
  const [row] = await tx.sql<ProgramRow>(SAVE, [shopId, id, terms, status, name, audience, shares, now]);
  if (!row) return null;
  await recordEvents(tx, [{ shopId, kind: 'codes.wanted', data: {}, at: now }], now);
  return programOfRow(row);
}

const ORDER = `
  update program p set position = t.position, updated_at = $3
  from unnest($2::uuid[]) with ordinality as t(id, position) where p.shop_id = $1 and p.id = t.id`;

/** The order in which programmes are offered: the first that fits is a customer's. */
export async function orderPrograms(
  tx: SqlTx,
  shopId: bigint,
  ids: readonly string[],
  now: Date,
): Promise<void> {
  await tx.sql(ORDER, [shopId, ids, now]);
}

function programOfRow(row: ProgramRow): Program {
  return {
    id: row.id,
    key: row.key,
    name: row.name,
    status: row.status === 'on' ? 'on' : 'off',
    terms: termsSchema.parse(row.terms),
    audience: audienceSchema.parse(row.audience),
    shares: sharesSchema.parse(row.shares),
    number: row.number,
    parentDiscountId: row.parent_discount_id,
  };
}

const FIGURES = `
  select p.id,
    (select count(*)::int from referral_code c where c.shop_id = p.shop_id and c.program_id = p.id and c.state = 'issued') as codes,
    (select count(*)::int from referral r where r.shop_id = p.shop_id and r.program_id = p.id
      and r.state in ('pending', 'held')) as waiting,
    (select count(*)::int from referral r where r.shop_id = p.shop_id and r.program_id = p.id
      and r.state = 'qualified') as friends
  from program p where p.shop_id = $1`;

/** Customers with a code, friends' orders that are not settled, friends who counted; by programme. */
export async function programFigures(
  tx: SqlTx,
  shopId: bigint,
): Promise<Map<string, { codes: number; waiting: number; friends: number }>> {
  const rows = await tx.sql<{ id: string; codes: number; waiting: number; friends: number }>(FIGURES, [
    shopId,
  ]);
  return new Map(rows.map(({ id, ...figures }) => [id, figures]));
}

/** What a shop is today, for its programmes. */
export const todayOf = (shop: { currency: string; timeZone: string }, now: Date): Today => ({
  currency: shop.currency,
  day: new Date(toLocal(now, shop.timeZone)).toISOString().slice(0, 10),
});
