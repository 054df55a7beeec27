/** Who brought the buyers of paid orders: by codes at the checkout, then by links. */
import type { SqlTx } from '../db.server.ts';
import type { Order } from '../orders/order.ts';
import type { Shop } from '../shops/shop.ts';
import { shopsByIds } from '../shops/shops.server.ts';
import { standingOf } from './audience.ts';
import { readCode } from './codes.ts';
import { lastLink, type LinkTold } from './last-link.ts';
import { linksOf, wishJourneys } from './order-links.server.ts';
import type { Program } from './program.ts';
import { programsOf, todayOf } from './programs.server.ts';

interface CodeRow {
  shop_id: bigint;
  code: string;
  program_id: string;
  customer_id: string;
}

/** Revoked codes still count: the order was placed while the discount held. Nobody was told of those that are reserved. */
const CODES = `
  select r.shop_id, r.code, r.program_id, r.customer_id
  from referral_code r join unnest($1::bigint[], $2::text[]) as t(shop_id, code) on r.shop_id = t.shop_id and r.code = t.code
  where r.customer_id is not null and r.state not in ('reserving', 'reserved')`;

/** The orders that a friend's code or link is known of. Where nobody names one, Shopify is asked by which pages the buyer came. */
export async function whoInvited(
  tx: SqlTx,
  orders: readonly Order[],
  now: Date,
): Promise<{ invited: Pair[]; terms: Terms }> {
  const told = await linksOf(tx, orders);
  const said = orders.map((order) => saidBy(order, told.get(`${order.shopId}:${order.id}`) ?? []));
  const codes = await codesIn(tx, said);
  const shopIds = orders.map(({ shopId }) => shopId);
  const terms = { shops: await shopsByIds(tx, shopIds), programs: await programsOf(tx, shopIds) };
  const invited = said.flatMap((each) => inviterOf(each, codes, terms) ?? []);
  const named = new Set(invited.map(({ order }) => order));
  const untold = orders.filter((order) => !named.has(order) && mayComeByLink(order, terms));
  await wishJourneys(tx, untold, now);
  return { invited, terms };
}

/** What may name a friend: codes at the checkout, and links by which the buyer came. */
interface Said {
  order: Order;
  codes: string[];
  links: LinkTold[];
}

function saidBy(order: Order, told: readonly LinkTold[]): Said {
  const landing: LinkTold[] =
    order.invitedBy === null ? [] : [{ code: order.invitedBy, at: null, by: 'landing' }];
  return { order, codes: order.discountCodes, links: [...landing, ...told] };
}

async function codesIn(tx: SqlTx, said: readonly Said[]): Promise<Map<string, CodeRow>> {
  const used = said.flatMap(({ order, codes, links }) =>
    [...codes, ...links.map(({ code }) => code)].flatMap((typed) => {
      const code = readCode(typed);
      return code ? [{ shopId: order.shopId, code }] : [];
    }),
  );
  if (used.length === 0) return new Map();
  const rows = await tx.sql<CodeRow>(CODES, [used.map((u) => u.shopId), used.map((u) => u.code)]);
  return new Map(rows.map((row) => [`${row.shop_id}:${row.code}`, row]));
}

/** The shops and their programmes. */
export interface Terms {
  shops: Map<bigint, Shop>;
  programs: Map<bigint, Program[]>;
}

/** A code that Shopify has taken is good whatever the programme says now; a link alone is not. */
const takesLinks = (program: Program, shop: Shop, order: Order): boolean =>
  program.terms.byLink && standingOf(program, todayOf(shop, order.placedAt)) === 'live';

/** Nobody comes to a till by a link. */
function mayComeByLink(order: Order, { shops, programs }: Terms): boolean {
  const shop = shops.get(order.shopId);
  const theirs = programs.get(order.shopId) ?? [];
  return shop !== undefined && order.source !== 'pos' && theirs.some((each) => takesLinks(each, shop, order));
}

/** How the friend was told, and by whose code. */
interface Told {
  code: CodeRow;
  via: 'code' | 'link';
  /** When the link that counts was opened, where that is known. */
  clickedAt: Date | null;
  /** Other friends' codes on the order. */
  also: string[];
}

export type Pair = { order: Order; shop: Shop; program: Program } & Told;

/**
 * A code counts before a link. Of several friends' codes on an order the last one counts, of several links the one opened
 * last; the others are kept, so that nobody has to wonder.
 */
function inviterOf({ order, codes, links }: Said, rows: Map<string, CodeRow>, terms: Terms): Pair | null {
  const shop = terms.shops.get(order.shopId);
  if (!shop) return null;
  const rowOf = (typed: string) => rows.get(`${order.shopId}:${readCode(typed)}`);
  const programOf = (row: CodeRow) =>
    terms.programs.get(order.shopId)?.find(({ id }) => id === row.program_id);
  const typed = codes.flatMap((code) => rowOf(code) ?? []);
  const opened = links.flatMap((link) => {
    const row = rowOf(link.code);
    const program = row && programOf(row);
    return program && takesLinks(program, shop, order) ? [{ ...link, row }] : [];
  });
  const last = lastLink(opened, order.placedAt);
  const code = typed.at(-1) ?? last?.row;
  const program = code && programOf(code);
  if (!program) return null;
  const isByCode = typed.length > 0;
  const seen = [...typed, ...opened.map(({ row }) => row)].map((row) => row.code);
  const also = [...new Set(seen)].filter((each) => each !== code.code);
  const clickedAt = isByCode ? null : (last?.at ?? null);
  return { order, shop, program, code, via: isByCode ? 'code' : 'link', clickedAt, also };
}
