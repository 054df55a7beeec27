/** Giving codes from the pool: one a customer, at once, without asking Shopify. */
import { addTimeline } from '../customers/customers.server.ts';
import type { SqlTx } from '../db.server.ts';
import { recordEvents } from '../events.server.ts';
import { makeCode } from './codes.ts';
import { programsOf } from './programs.server.ts';

/** Below this many free codes more are made. */
const POOL_LOW = 100;
/** So many are free when they have been. */
export const POOL_FULL = 250;

export interface CodeWish {
  shopId: bigint;
  customerId: string;
  /** The customer was told that it comes by mail. */
  late?: boolean;
}

export interface IssuedCode {
  shopId: bigint;
  customerId: string;
  code: string;
  /** False while the pool was empty: Shopify does not know the code yet; `code.issued` follows when it does. */
  usable: boolean;
  isNew: boolean;
}

const LOCK = `select pg_advisory_xact_lock(hashtextextended($1, 0))::text`;
const MINE = `select code, state from referral_code where shop_id = $1 and program_id = $2 and customer_id = $3`;

/** One statement: whoever is given a code has it, and two who ask at once never get the same one. */
const TAKE = `
  update referral_code set state = 'issued', customer_id = $3, issued_at = $4
  where shop_id = $1 and code = (
    select code from referral_code where shop_id = $1 and program_id = $2 and state = 'free'
    limit 1 for update skip locked)
  returning code, state`;

/** The pool is empty: a code of their own, which the next minting makes known to Shopify. */
const RESERVE = `
  insert into referral_code (shop_id, code, program_id, state, customer_id) values ($1, $5, $2, 'minting', $3)
  returning code, state, $4::timestamptz as at`;

const FREE = `
  select count(*)::int as free from (
    select 1 from referral_code where shop_id = $1 and program_id = $2 and state = 'free' limit ${POOL_LOW}) as sample`;

/** One code a customer, from the pool; asked again it is the same one. Writes `code.issued` and the timeline once. */
export async function issueCodes(tx: SqlTx, wishes: readonly CodeWish[], now: Date): Promise<IssuedCode[]> {
  const programs = await programsOf(
    tx,
    wishes.map(({ shopId }) => shopId),
  );
  const issued: IssuedCode[] = [];
  // In one order everywhere, so that two batches never wait for each other.
  const sorted = [...wishes].sort((a, b) => (a.customerId < b.customerId ? -1 : 1));
  for (const wish of sorted) {
    const program = programs.get(wish.shopId);
    if (program?.status === 'on') issued.push(await issueCode(tx, wish, program.id, now));
  }
  return issued;
}

async function issueCode(tx: SqlTx, wish: CodeWish, programId: string, now: Date): Promise<IssuedCode> {
  const { shopId, customerId } = wish;
  await tx.sql(LOCK, [`code:${shopId}:${customerId}`]);
  const answerOf = (row: { code: string; state: string }, isNew: boolean) => ({
    shopId,
    customerId,
    code: row.code,
    usable: row.state === 'issued',
    isNew,
  });
  const [mine] = await tx.sql<{ code: string; state: string }>(MINE, [shopId, programId, customerId]);
  if (mine) return answerOf(mine, false);
  const values = [shopId, programId, customerId, now];
  const [taken] = await tx.sql<{ code: string; state: string }>(TAKE, values);
  if (taken) await announceCode(tx, { ...wish, code: taken.code }, now);
  await askForMore(tx, shopId, programId, now);
  if (taken) return answerOf(taken, true);
  const [reserved] = await tx.sql<{ code: string; state: string }>(RESERVE, [...values, newCode()]);
  return answerOf(reserved!, true);
}

export const newCode = (): string =>
  makeCode((bytes) => crypto.getRandomValues(bytes as Uint8Array<ArrayBuffer>));

/** Event and line of a code that may be used from now on. */
export async function announceCode(tx: SqlTx, code: CodeWish & { code: string }, now: Date): Promise<void> {
  const { shopId, customerId, late } = code;
  const data = late ? { code: code.code, late } : { code: code.code };
  await recordEvents(tx, [{ shopId, kind: 'code.issued', customerId, data, at: now }], now);
  const line = { kind: 'code', code: 'code-issued', data: { code: code.code } } as const;
  await addTimeline(tx, [{ shopId, customerId, at: now, ...line }], now);
}

async function askForMore(tx: SqlTx, shopId: bigint, programId: string, now: Date): Promise<void> {
  const [row] = await tx.sql<{ free: number }>(FREE, [shopId, programId]);
  if (row!.free >= POOL_LOW) return;
  await recordEvents(tx, [{ shopId, kind: 'codes.wanted', data: {}, at: now }], now);
}

const CODE_OF = `
  select r.code, r.state from referral_code r join program p on p.shop_id = r.shop_id and p.id = r.program_id
  where r.shop_id = $1 and r.customer_id = $2 and p.status = 'on' and r.state in ('issued', 'minting')`;

/** The customer's code; `usable` says whether Shopify knows it already. */
export async function findCode(
  tx: SqlTx,
  shopId: bigint,
  customerId: string,
): Promise<{ code: string; usable: boolean } | null> {
  const [row] = await tx.sql<{ code: string; state: string }>(CODE_OF, [shopId, customerId]);
  return row ? { code: row.code, usable: row.state === 'issued' } : null;
}
