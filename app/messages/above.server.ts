/** What floors above know of messages that are about to go; handed in as functions. */
import type { SqlTx } from '../db.server.ts';
import type { ClaimedMessage } from './claim.server.ts';

/** What floors above know of open problems; one answer a customer, null or missing when all is well. */
export type OpenProblems = (
  tx: SqlTx,
  customers: readonly { shopId: bigint; customerId: string }[],
  now: Date,
) => Promise<Map<string, string>>;

/** Which asks are about a product that nobody is to be asked about at present, by their place in the list. */
export type PausedAsks = (
  tx: SqlTx,
  asks: readonly { shopId: bigint; orderId: bigint | null; productId: bigint | null }[],
) => Promise<ReadonlySet<number>>;

/** Which messages a sequence of the merchant says in its own words, by their place in the list, with its name. */
export type SaidByOthers = (
  tx: SqlTx,
  messages: readonly { shopId: bigint; templateKey: string }[],
) => Promise<ReadonlyMap<number, string>>;

export interface FromAbove {
  openProblems?: OpenProblems;
  pausedAsks?: PausedAsks;
  saidByOthers?: SaidByOthers;
}

export async function problemsOf(tx: SqlTx, messages: readonly ClaimedMessage[], deps: FromAbove, now: Date) {
  const asked = messages.filter((message) => message.class !== 'service');
  if (!deps.openProblems || asked.length === 0) return new Map<string, string>();
  return deps.openProblems(
    tx,
    asked.map((message) => ({ shopId: message.shop_id, customerId: message.customer_id })),
    now,
  );
}

export async function pausedOf(tx: SqlTx, messages: readonly ClaimedMessage[], deps: FromAbove) {
  const asks = messages.filter((message) => message.class === 'ask');
  if (!deps.pausedAsks || asks.length === 0) return new Map<string, string>();
  const about = asks.map(({ shop_id: shopId, order_id: orderId, data: { productId } }) => ({
    shopId,
    orderId,
    productId: productId ? BigInt(productId) : null,
  }));
  const paused = await deps.pausedAsks(tx, about);
  return new Map(
    asks.flatMap(({ id }, index) => (paused.has(index) ? [[id, 'product-alarm'] as const] : [])),
  );
}

/** By message: the sequence that says it instead. */
export async function saidByOthers(
  tx: SqlTx,
  messages: readonly ClaimedMessage[],
  deps: FromAbove,
): Promise<ReadonlyMap<string, string>> {
  const own = messages.filter((message) => message.enrollment_id === null);
  if (!deps.saidByOthers || own.length === 0) return new Map();
  const asked = own.map((one) => ({ shopId: one.shop_id, templateKey: one.template_key }));
  const said = await deps.saidByOthers(tx, asked);
  return new Map(own.flatMap(({ id }, index) => (said.has(index) ? [[id, said.get(index)!] as const] : [])));
}
