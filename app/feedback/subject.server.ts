/**
 * Which order an asker speaks of, and how far that is proven. The order id is the buyer's word; the checkout's token is
 * known to the buyer alone, and so is a signed-in customer. Everything said about one checkout has one subject, so that
 * the thank-you and the order-status page are one answer.
 */
import { customerByShopifyId } from '../customers/customers.server.ts';
import type { SqlTx } from '../db.server.ts';
import type { Order } from '../orders/order.ts';
import { orderByCheckoutToken, ordersByIds } from '../orders/orders.server.ts';

/** checkout: its token. customer: signed in. mail: a signed link. word: nothing but a number. */
export type Proof = 'checkout' | 'customer' | 'mail' | 'word';

export interface Subject {
  /** `checkout:TOKEN`, or `order:ID` for orders without one; null when the asker names neither. */
  name: string | null;
  proof: Proof;
  /** Null while we have not heard of it. */
  order: Order | null;
  orderId: bigint | null;
  checkoutToken: string | null;
  customerId: string | null;
}

/** What the asker says. */
export interface Claim {
  shopId: bigint;
  order: string | null;
  checkoutToken: string | null;
  /** Shopify's id of the signed-in customer. */
  signedIn: bigint | null;
}

export async function findSubject(tx: SqlTx, claim: Claim): Promise<Subject> {
  const claimedId = orderIdOf(claim.order);
  const customer =
    claim.signedIn === null ? null : await customerByShopifyId(tx, claim.shopId, claim.signedIn);
  const order = await findOrder(tx, claim, claimedId);
  const isTheirs = order !== null && customer !== null && order.customerId === customer.id;
  if (order && contradicts(order, claim) && !isTheirs) return unknownOrder(claim, null, customer?.id ?? null);
  if (!order) return unknownOrder(claim, claimedId, customer?.id ?? null);
  const byToken = claim.checkoutToken !== null && order.checkoutToken === claim.checkoutToken;
  return {
    name: subjectName(order.checkoutToken, order.id),
    proof: byToken ? 'checkout' : isTheirs ? 'customer' : 'word',
    order,
    orderId: order.id,
    checkoutToken: order.checkoutToken,
    customerId: order.customerId,
  };
}

/** Keeps two pages, and a page and the arriving order, from passing each other: one key a claim of each kind. */
export async function lockSubjects(tx: SqlTx, keys: readonly string[]): Promise<void> {
  for (const key of inOrder(keys))
    await tx.sql('select pg_advisory_xact_lock(hashtextextended($1, 0))::text', [key]);
}

const inOrder = (keys: readonly string[]) => [...new Set(keys)].sort();

/** What `Db.inShopBySql` locks for whoever asks so often that a statement more is too many. */
export const locksOf = ({ shopId, order, checkoutToken }: Omit<Claim, 'signedIn'>): string[] =>
  inOrder(lockKeys(shopId, orderIdOf(order), checkoutToken));

export const lockKeys = (shopId: bigint, orderId: bigint | null, checkoutToken: string | null): string[] => [
  ...(orderId === null ? [] : [`answer:${shopId}:${orderId}`]),
  ...(checkoutToken === null ? [] : [`answer:${shopId}:${checkoutToken}`]),
];

/** The number in `gid://shopify/Order/N` or `gid://shopify/OrderIdentity/N`. */
function orderIdOf(gid: string | null): bigint | null {
  const match = /^gid:\/\/shopify\/Order(?:Identity)?\/([1-9]\d{0,18})$/.exec(gid ?? '');
  return match ? BigInt(match[1]!) : null;
}

export const subjectName = (checkoutToken: string | null, orderId: bigint): string =>
  checkoutToken === null ? `order:${orderId}` : `checkout:${checkoutToken}`;

async function findOrder(tx: SqlTx, claim: Claim, id: bigint | null): Promise<Order | null> {
  const byToken =
    claim.checkoutToken === null ? null : await orderByCheckoutToken(tx, claim.shopId, claim.checkoutToken);
  if (byToken || id === null) return byToken;
  const found = await ordersByIds(tx, [{ shopId: claim.shopId, id }]);
  return found.get(`${claim.shopId}:${id}`) ?? null;
}

/** The token that the asker holds is not this order's. */
const contradicts = (order: Order, claim: Claim): boolean =>
  claim.checkoutToken !== null && order.checkoutToken !== null && order.checkoutToken !== claim.checkoutToken;

function unknownOrder(claim: Claim, orderId: bigint | null, customerId: string | null): Subject {
  const { checkoutToken } = claim;
  const name =
    checkoutToken !== null ? `checkout:${checkoutToken}` : orderId !== null ? `order:${orderId}` : null;
  const proof = checkoutToken !== null ? 'checkout' : customerId !== null ? 'customer' : 'word';
  return { name, proof, order: null, orderId, checkoutToken, customerId };
}
