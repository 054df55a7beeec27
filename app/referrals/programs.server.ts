/** Programmes as rows. */
import type { SqlTx } from '../db.server.ts';
import { recordEvents } from '../events.server.ts';
import { newId } from '../ids.ts';
import { DEFAULT_PROGRAM, defaultTerms, termsSchema, type Program, type Terms } from './program.ts';

const INSTALL = `
  insert into program (shop_id, id, key, status, terms, created_at, updated_at)
  values ($1, $2, $3, 'on', $4::jsonb, $5, $5) on conflict (shop_id, key) do nothing`;

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
  status: string;
  terms: unknown;
  parent_discount_id: string | null;
}

const COLUMNS = 'shop_id, id, key, status, terms, parent_discount_id';
const FIND = `select ${COLUMNS} from program where shop_id = any($1::bigint[]) and key = '${DEFAULT_PROGRAM}'`;

/** The programme of each shop, by shop. */
export async function programsOf(tx: SqlTx, shopIds: Iterable<bigint>): Promise<Map<bigint, Program>> {
  const rows = await tx.sql<ProgramRow>(FIND, [[...new Set(shopIds)]]);
  return new Map(rows.map((row) => [row.shop_id, programOfRow(row)]));
}

export async function programOf(tx: SqlTx, shopId: bigint): Promise<Program | null> {
  return (await programsOf(tx, [shopId])).get(shopId) ?? null;
}

const SAVE = `
  update program set terms = $3::jsonb, status = $4, updated_at = $5 where shop_id = $1 and key = $2 returning ${COLUMNS}`;

/** Changes the terms; the discount at Shopify follows with the next job `referrals.mint`. */
export async function saveProgram(
  tx: SqlTx,
  shopId: bigint,
  change: { terms: Terms; status: 'on' | 'off' },
  now: Date,
): Promise<Program | null> {
  const terms = termsSchema.parse(change.terms);
  const [row] = await tx.sql<ProgramRow>(SAVE, [shopId, DEFAULT_PROGRAM, terms, change.status, now]);
  if (!row) return null;
  await recordEvents(tx, [{ shopId, kind: 'codes.wanted', data: {}, at: now }], now);
  return programOfRow(row);
}

function programOfRow(row: ProgramRow): Program {
  return {
    id: row.id,
    key: row.key,
    status: row.status === 'on' ? 'on' : 'off',
    terms: termsSchema.parse(row.terms),
    parentDiscountId: row.parent_discount_id,
  };
}
