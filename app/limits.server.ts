/**
 * How often the public endpoints may be asked: by shop and network together, so that nobody can use up what another
 * shop has, and by shop as a ceiling. What tells of codes is counted in the database, over all processes and restarts; the
 * rest in this process, where a deployment of several allows a little more.
 */
import { createHash } from 'node:crypto';
import { isIP } from 'node:net';
import {
  RateLimiterMemory,
  RateLimiterPostgres,
  RateLimiterRes,
  type RateLimiterAbstract,
} from 'rate-limiter-flexible';
import type { Db } from './db.server.ts';
import { errorFields, log } from './log.server.ts';

/**
 * look: showing what is public. answer: saving something. ask: asking in public without a link. code: a page that is the
 * same for every code. check: what tells whether a code is good. claim: by which link an order came. program: a merchant's own.
 */
export type Asked = 'look' | 'answer' | 'ask' | 'code' | 'check' | 'claim' | 'program';

/** A minute's worth: from one network at one shop, and of one shop in all. */
const A_MINUTE: Record<Asked, { network: number; shop: number }> = {
  look: { network: 240, shop: 60_000 },
  answer: { network: 60, shop: 30_000 },
  ask: { network: 8, shop: 600 },
  code: { network: 40, shop: 30_000 },
  check: { network: 40, shop: 30_000 },
  claim: { network: 20, shop: 6_000 },
  program: { network: 240, shop: 1_200 },
};

type TooOften = (request: Request, asked: Asked, shopId: bigint) => Promise<Response | null>;

/**
 * Counts on its own, or together with all others over `db`. While the database gives no answer, pages are shown as counted
 * here alone, and nothing tells whether a code is good.
 */
export function makeLimits(db: Pick<Db, 'sqlAcrossShops'> | null): TooOften {
  const inMemory = (keyPrefix: string, points: number) =>
    new RateLimiterMemory({ keyPrefix, points, duration: 60 });
  const together = (asked: Asked, points: number, insurance?: RateLimiterMemory): RateLimiterAbstract =>
    db === null
      ? inMemory(asked, points)
      : new RateLimiterPostgres({
          storeClient: { query: ({ text, values }: Statement) => rowsOf(db, text, values) },
          storeType: 'client',
          tableName: 'rate_limit',
          tableCreated: true,
          clearExpiredByTimeout: false,
          keyPrefix: asked,
          points,
          duration: 60,
          inMemoryBlockOnConsumed: points + 1,
          inMemoryBlockDuration: 10,
          ...(insurance ? { insuranceLimiter: insurance } : {}),
        });
  const networkLimit = (asked: Asked): RateLimiterAbstract => {
    const { network } = A_MINUTE[asked];
    if (asked === 'code') return together(asked, network, inMemory(`${asked}:alone`, network));
    return asked === 'check' ? together(asked, network) : inMemory(`${asked}:network`, network);
  };
  const kinds = Object.keys(A_MINUTE) as Asked[];
  const networks = new Map(kinds.map((asked) => [asked, networkLimit(asked)]));
  const shops = new Map(kinds.map((asked) => [asked, inMemory(`${asked}:shop`, A_MINUTE[asked].shop)]));
  return async (request, asked, shopId) => {
    const network = networkOf(request.headers);
    try {
      if (network) await networks.get(asked)!.consume(keyOf(shopId, network));
      await shops.get(asked)!.consume(String(shopId));
      return null;
    } catch (error) {
      if (!(error instanceof RateLimiterRes)) {
        // Who cannot be counted is not told whether a code is good.
        log.warn('what asks for codes could not be counted', errorFields(error));
        return later(503, 5);
      }
      return later(429, Math.max(1, Math.ceil(error.msBeforeNext / 1000)));
    }
  };
}

interface Statement {
  text: string;
  values?: unknown[];
}

const rowsOf = async (db: Pick<Db, 'sqlAcrossShops'>, text: string, values: unknown[] = []) => {
  const found = await db.sqlAcrossShops<Record<string, unknown>>(text, values);
  // The library reckons in numbers: milliseconds, which they hold.
  const rows = found.map((row) =>
    Object.fromEntries(
      Object.entries(row).map(([name, value]) => [name, typeof value === 'bigint' ? Number(value) : value]),
    ),
  );
  return { rows, rowCount: rows.length };
};

const later = (status: 429 | 503, seconds: number) =>
  new Response(null, { status, headers: { 'retry-after': String(seconds) } });

/** Networks are nobody's to read, not even for a minute. */
const keyOf = (shopId: bigint, network: string) =>
  `${shopId}:${createHash('sha256').update(`${shopId} ${network}`).digest('base64url').slice(0, 22)}`;

let limits = makeLimits(null);

/** From now on codes are counted together with all other processes. At the start of each that serves. */
export function connectLimits(db: Db): void {
  limits = makeLimits(db);
}

/** Null while it may go on; else the 429 to answer with, or a 503 where what tells of codes cannot be counted. */
export const tooOften: TooOften = (request, asked, shopId) => limits(request, asked, shopId);

const FORGET = 'delete from rate_limit where expire < $1';

/** Counts of minutes that are over. */
export async function forgetCounts(db: Pick<Db, 'sqlAcrossShops'>, now: Date): Promise<void> {
  await db.sqlAcrossShops(FORGET, [now.getTime()]);
}

/**
 * The network that asks: /24 or /56 of its address. Null when only our own side is seen (no proxy told who asks), so
 * that everybody behind it does not share one allowance.
 */
export function networkOf(headers: Headers): string | null {
  const peer = headers.get('x-client-address') ?? '';
  const told = (headers.get('x-forwarded-for') ?? '').split(',').at(-1)?.trim() ?? '';
  const address = isOwnSide(peer) ? told : peer;
  const plain = address.replace(/^::ffff:/i, '');
  if (isIP(plain) === 4) return isOwnSide(plain) ? null : plain.split('.').slice(0, 3).join('.');
  return isIP(plain) === 6 && !isOwnSide(plain) ? prefixOf6(plain) : null;
}

const isOwnSide = (address: string) =>
  address === '' ||
  /^(::1$|127\.|10\.|192\.168\.|172\.(1[6-9]|2\d|3[01])\.|f[cd]|fe80)/i.test(
    address.replace(/^::ffff:/i, ''),
  );

/** The first 56 bits, written out. */
function prefixOf6(address: string): string {
  const [head = '', tail = ''] = address.split('%', 1)[0]!.split('::', 2);
  const first = head.split(':').filter(Boolean);
  const last = tail.split(':').filter(Boolean);
  const zeros = Array.from({ length: Math.max(0, 8 - first.length - last.length) }, () => '0');
  const groups = [...first, ...(address.includes('::') ? zeros : []), ...last].map((group) =>
    group.padStart(4, '0'),
  );
  return groups.slice(0, 4).join('').slice(0, 14);
}

/** The body as JSON; null when it is larger than `maxBytes` or no JSON. Reads no more than it may. */
export async function readJson(request: Request, maxBytes = 64 * 1024): Promise<unknown> {
  const text = await readText(request, maxBytes);
  if (text === null) return null;
  try {
    return storableJson(text);
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}

/** The text as JSON, its own texts such as PostgreSQL keeps. @throws SyntaxError */
export const storableJson = (text: string): unknown =>
  JSON.parse(text, (_key, value: unknown) =>
    typeof value === 'string' ? value.replaceAll('\0', '').toWellFormed() : value,
  ) as unknown;

/** A form's fields; null when it is larger than `maxBytes`. */
export async function readForm(request: Request, maxBytes = 64 * 1024): Promise<URLSearchParams | null> {
  const text = await readText(request, maxBytes);
  return text === null ? null : new URLSearchParams(withoutNul(text));
}

/** A query or a form as sent, without the one character that PostgreSQL does not keep. */
export const withoutNul = (encoded: string): string => encoded.replaceAll('%00', '').replaceAll('\0', '');

/** The body byte for byte; null when it is larger than `maxBytes` or there is none. */
export async function readBytes(request: Request, maxBytes: number): Promise<Buffer | null> {
  if (Number(request.headers.get('content-length') ?? 0) > maxBytes || !request.body) return null;
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of request.body as unknown as AsyncIterable<Uint8Array>) {
    size += chunk.length;
    if (size > maxBytes) return null;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** The body as text; null when it is larger than `maxBytes` or there is none. */
export async function readText(request: Request, maxBytes: number): Promise<string | null> {
  if (Number(request.headers.get('content-length') ?? 0) > maxBytes || !request.body) return null;
  const decoder = new TextDecoder();
  let text = '';
  let size = 0;
  for await (const chunk of request.body as unknown as AsyncIterable<Uint8Array>) {
    size += chunk.length;
    if (size > maxBytes) return null;
    text += decoder.decode(chunk, { stream: true });
  }
  return text + decoder.decode();
}
