/** Giving codes: one a customer and programme, at once, without asking Shopify. */
import { addTimeline } from '../customers/customers.server.ts';
import type { SqlTx } from '../db.server.ts';
import { recordEvents } from '../events.server.ts';
import { chooseFor, type Chosen, type KnownShops } from './chosen.server.ts';
import { makeCode, nameInCode, NAMELESS, type CodeState } from './codes.ts';

export interface CodeWish {
  shopId: bigint;
  customerId: string;
  /** The customer was told that it comes by mail. */
  late?: boolean;
  /** They have only just said something good: the programme may want to wait. */
  atOnce?: boolean;
}

export interface IssuedCode {
  shopId: bigint;
  customerId: string;
  programId: string;
  code: string;
  /** False while there was none that Shopify knows; `code.issued` follows when it does. */
  usable: boolean;
  isNew: boolean;
}

const LOCK = `select pg_advisory_xact_lock(hashtextextended($1, 0))::text`;
/** Held, so that what is being made for them is not ready in between. */
const MINE = `
  select code, state from referral_code where shop_id = $1 and program_id = $2 and customer_id = $3 for update`;

/** Theirs was made when they ordered. */
const TAKE_RESERVED = `
  update referral_code set state = 'issued', issued_at = $3 where shop_id = $1 and code = $2 returning code, state`;

/** One statement: whoever is given a code has it, and two who ask at once never get the same one. */
const TAKE = `
  update referral_code set state = 'issued', customer_id = $3, issued_at = $4
  where shop_id = $1 and code = (
    select code from referral_code where shop_id = $1 and program_id = $2 and state = 'free'
    limit 1 for update skip locked)
  returning code, state`;

/** What was being made for them comes too late: the code goes, they have another one. */
const GIVE_UP = `
  update referral_code set state = 'revoked', customer_id = null
  where shop_id = $1 and program_id = $2 and customer_id = $3 and state = 'reserving'`;

/** Nothing is there: a code of their own, which the next minting makes known to Shopify. */
const PROMISE = `
  insert into referral_code (shop_id, code, program_id, state, customer_id) values ($1, $4, $2, 'minting', $3)
  on conflict (shop_id, program_id, customer_id) do update set state = 'minting'
  returning code, state`;

/** One code a customer, by the programme that fits them; asked again it is the same one. Writes `code.issued` and the timeline once. */
export async function issueCodes(
  tx: SqlTx,
  wishes: readonly CodeWish[],
  now: Date,
  known?: KnownShops,
): Promise<IssuedCode[]> {
  const chosen = await chooseFor(tx, wishes, now, known);
  const issued: IssuedCode[] = [];
  // In one order everywhere, so that two batches never wait for each other.
  const sorted = [...wishes].sort((a, b) => (a.customerId < b.customerId ? -1 : 1));
  for (const wish of sorted) {
    const theirs = chosen.get(wish.customerId);
    if (theirs && (theirs.isAskedAtOnce || !wish.atOnce)) issued.push(await issueCode(tx, wish, theirs, now));
  }
  return issued;
}

interface Held {
  code: string;
  state: CodeState;
}

async function issueCode(tx: SqlTx, wish: CodeWish, chosen: Chosen, now: Date): Promise<IssuedCode> {
  const { shopId, customerId } = wish;
  const programId = chosen.program.id;
  await tx.sql(LOCK, [`code:${shopId}:${customerId}`]);
  const answerOf = (row: Held, isNew: boolean) => ({
    shopId,
    customerId,
    programId,
    code: row.code,
    usable: row.state === 'issued',
    isNew,
  });
  const key = [shopId, programId, customerId];
  const [mine] = await tx.sql<Held>(MINE, key);
  if (mine?.state === 'issued' || mine?.state === 'minting') return answerOf(mine, false);
  const taken = await take(tx, key, mine, now);
  if (taken) {
    await announceCode(tx, { ...wish, code: taken.code }, now);
    return answerOf(taken, true);
  }
  await recordEvents(tx, [{ shopId, kind: 'codes.wanted', data: {}, at: now }], now);
  const [promised] = await tx.sql<Held>(PROMISE, [...key, newCode(codeNameOf(chosen))]);
  return answerOf(promised!, true);
}

async function take(tx: SqlTx, key: unknown[], mine: Held | undefined, now: Date) {
  if (mine?.state === 'reserved') return (await tx.sql<Held>(TAKE_RESERVED, [key[0], mine.code, now]))[0];
  if (!mine) return (await tx.sql<Held>(TAKE, [...key, now]))[0];
  // A pool that is dry leaves what is on its way to them.
  const [free] = await tx.sql<{ code: string }>(FREE_ONE, key.slice(0, 2));
  if (!free) return undefined;
  await tx.sql(GIVE_UP, key);
  return (await tx.sql<Held>(TAKE, [...key, now]))[0];
}

const FREE_ONE = `
  select code from referral_code where shop_id = $1 and program_id = $2 and state = 'free' limit 1 for update skip locked`;

/** Who is being given one at this moment is left out; never waits, so that it may come last in a long transaction. */
const RESERVE = `
  insert into referral_code (shop_id, code, program_id, state, customer_id)
  select shop_id, code, program_id, 'reserving', customer_id
  from unnest($1::bigint[], $2::text[], $3::uuid[], $4::uuid[]) as t(shop_id, code, program_id, customer_id)
  where pg_try_advisory_xact_lock(hashtextextended('code:' || shop_id || ':' || customer_id, 0))
  order by shop_id, customer_id on conflict do nothing returning shop_id`;

/**
 * Has codes with their names made for customers who have just ordered and may soon be asked: who is happy is shown theirs at
 * once. Nobody is told anything. Those without a name that fits a code get one from the pool when it is time.
 */
export async function reserveCodes(
  tx: SqlTx,
  wishes: readonly { shopId: bigint; customerId: string }[],
  now: Date,
): Promise<number> {
  const chosen = await chooseFor(tx, wishes, now);
  const wanted = wishes.flatMap(({ shopId, customerId }) => {
    const theirs = chosen.get(customerId);
    if (!theirs || nameInCode(theirs.firstName) === null) return [];
    return [{ shopId, customerId, programId: theirs.program.id, code: newCode(codeNameOf(theirs)) }];
  });
  if (wanted.length === 0) return 0;
  const rows = await tx.sql<{ shop_id: bigint }>(RESERVE, [
    wanted.map(({ shopId }) => shopId),
    wanted.map(({ code }) => code),
    wanted.map(({ programId }) => programId),
    wanted.map(({ customerId }) => customerId),
  ]);
  const shopIds = new Set(rows.map((row) => row.shop_id));
  const events = [...shopIds].map((shopId) => ({ shopId, kind: 'codes.wanted' as const, data: {}, at: now }));
  await recordEvents(tx, events, now);
  return rows.length;
}

const codeNameOf = ({ program, firstName }: Chosen) => ({
  program: program.number,
  name: nameInCode(firstName) ?? NAMELESS,
});

export const newCode = (of: { name?: string; program: number }): string =>
  makeCode((bytes) => crypto.getRandomValues(bytes as Uint8Array<ArrayBuffer>), of);

/** Event and line of a code that may be used from now on. */
export async function announceCode(tx: SqlTx, code: CodeWish & { code: string }, now: Date): Promise<void> {
  const { shopId, customerId, late } = code;
  const data = late ? { code: code.code, late } : { code: code.code };
  await recordEvents(tx, [{ shopId, kind: 'code.issued', customerId, data, at: now }], now);
  const line = { kind: 'code', code: 'code-issued', data: { code: code.code } } as const;
  await addTimeline(tx, [{ shopId, customerId, at: now, ...line }], now);
}

/** The code of the programme that fits them first, then of the others in their order. */
const CODE_OF = `
  select r.code, r.state, r.program_id from referral_code r
  join program p on p.shop_id = r.shop_id and p.id = r.program_id
  where r.shop_id = $1 and r.customer_id = $2 and p.status = 'on' and r.state in ('issued', 'minting')
  order by (r.program_id = $3) desc nulls last, p.position, r.code limit 1`;

export interface FoundCode {
  code: string;
  /** Whether Shopify knows it already. */
  usable: boolean;
  programId: string;
}

/** The customer's code of that programme, else of the first that is on. */
export async function firstCode(
  tx: SqlTx,
  shopId: bigint,
  customerId: string,
  programId: string | null,
): Promise<FoundCode | null> {
  const values = [shopId, customerId, programId];
  const [row] = await tx.sql<{ code: string; state: string; program_id: string }>(CODE_OF, values);
  return row ? { code: row.code, usable: row.state === 'issued', programId: row.program_id } : null;
}

/** The customer's code: of the programme that fits them, while they have none of it of another. */
export async function findCode(
  tx: SqlTx,
  shopId: bigint,
  customerId: string,
  now: Date,
): Promise<FoundCode | null> {
  const chosen = (await chooseFor(tx, [{ shopId, customerId }], now)).get(customerId);
  return firstCode(tx, shopId, customerId, chosen?.program.id ?? null);
}
