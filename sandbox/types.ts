/**
 * The sandbox as everything inside it sees it: the pages, the control API and the tests hold on to these names.
 *
 * Verbs throw {@link BadInput} (bad-input.ts) when what they were given makes no sense; the message says what and where.
 */

import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AppConfig } from './app-config.ts';
import type { Address, Customer, MarketingState } from './state/customer.ts';
import type { DisputeStatus, Order, ShipmentStatus, StoreVisit } from './state/order.ts';
import type { Product, Variant } from './state/product.ts';
import type { Shop, State } from './state/shop.ts';
import type { Fault, FaultMode, FaultTarget } from './state/traffic.ts';
import type { Amount, Gid } from './state/values.ts';

export interface Sandbox {
  readonly apiKey: string;
  readonly apiSecret: string;
  /** Where the app answers, without a slash at its end: `http://localhost:3000`. */
  readonly appUrl: string;
  /** The sandbox's own front door: `http://localhost:4000`. Known once it listens. */
  readonly origin: string;
  readonly state: State;
  readonly clock: Clock;
  readonly store: Store;
  readonly urls: Urls;
  readonly tokens: TokenMint;
  readonly faults: Faults;
  readonly mailPort: number;
  /** Where files may be kept; null: nothing outlives the process. */
  readonly dataDir: string | null;
  /** What the app declares in shopify.app.toml. */
  readonly app: AppConfig;
  /** By domain or by handle; the first shop when nothing is named. Throws BadInput for an unknown one. */
  shop(name?: string | null): Shop;
  /** What a merchant does at first: the app is granted its scopes and opened once. */
  install(shop: Shop): Promise<void>;
  uninstall(shop: Shop): Promise<void>;
  /** The merchant agrees to more scopes (App Bridge's scopes.request); `app/scopes_update` is sent. */
  grantScopes(shop: Shop, scopes: string[]): void;
  /** The app gives optional scopes back (scopes.revoke); `app/scopes_update` is sent. */
  revokeScopes(shop: Shop, scopes: string[]): void;
  /** `src` of the frame that shows the app in the admin, with hmac, host and id token as Shopify adds them. */
  appFrameUrl(shop: Shop, path: string): string;
  /** What a storefront remembers of one visitor, kept by a cookie that is set by itself. */
  visit(request: PageRequest): Visit;
  reset(): Promise<void>;
}

/** Sandbox time; everything the store writes down is told by it. */
export interface Clock {
  /** Epoch milliseconds. */
  now(): number;
  iso(): string;
  /**
   * Time passes until then, from due moment to due moment; resolves when all that was due by then is done.
   * An earlier moment sets the clock back at once. With a grain, moments that lie closer together are lived through
   * as one, at their end, and the clock does not stop for what nobody waits for: comparing with the Admin API.
   */
  moveTo(epochMs: number, grainMs?: number): Promise<void>;
  /** Resolves once nothing that is already due is left. */
  settle(): Promise<void>;
  /** The next things that will happen, in words, soonest first. */
  upcoming(limit?: number): Promise<Upcoming[]>;
}

export interface Upcoming {
  at: string;
  /** "thank-you to Jo", "second try of orders/paid" */
  what: string;
  shop: string | null;
}

/** The verbs of a store. Each does what Shopify would and sends the webhooks that Shopify would. */
export interface Store {
  createCustomer(shop: Shop, input: CustomerInput): Customer;
  updateCustomer(
    shop: Shop,
    customer: Customer,
    change: Partial<CustomerInput> & { note?: string },
  ): Customer;
  setConsent(shop: Shop, customer: Customer, channel: 'email' | 'sms', state: MarketingState): void;
  mergeCustomers(shop: Shop, kept: Customer, gone: Customer): Customer;
  deleteCustomer(shop: Shop, customer: Customer): void;
  /** What the customer would pay, and which codes the store takes; nothing is written. */
  price(shop: Shop, cart: CartInput): PricedCart;
  placeOrder(shop: Shop, input: OrderInput): Order;
  fulfil(shop: Shop, order: Order, input?: FulfilInput): Order;
  /** Moves one shipment on; to `delivered` when nothing else is said. */
  deliver(shop: Shop, order: Order, input?: DeliverInput): Order;
  cancel(shop: Shop, order: Order, input?: { reason?: Order['cancelReason']; refund?: boolean }): Order;
  refund(shop: Shop, order: Order, input?: RefundInput): Order;
  edit(shop: Shop, order: Order, input: { lines: LineInput[] }): Order;
  markPaid(shop: Shop, order: Order): Order;
  startReturn(
    shop: Shop,
    order: Order,
    input: { lines?: LineInput[]; reason?: string; note?: string },
  ): Order;
  closeReturn(shop: Shop, order: Order): Order;
  assess(shop: Shop, order: Order, input: { risk: NonNullable<Order['risk']> }): Order;
  dispute(
    shop: Shop,
    order: Order,
    input: { type?: 'inquiry' | 'chargeback'; status?: DisputeStatus },
  ): Order;
  deleteOrder(shop: Shop, order: Order): void;
  deleteProduct(shop: Shop, product: Product): void;
  updateProduct(
    shop: Shop,
    product: Product,
    change: { title?: string; tags?: string[]; status?: Product['status'] },
  ): Product;
}

export interface CustomerInput {
  email?: string | null;
  phone?: string | null;
  firstName?: string | null;
  lastName?: string | null;
  locale?: string;
  acceptsMarketing?: boolean;
  acceptsSms?: boolean;
  tags?: string[];
  address?: AddressInput | null;
}

export type AddressInput = Partial<Omit<Address, 'id' | 'country'>> & { country: string };

/** One position, named by variant id, by product handle (its first variant) or, on existing orders, by line id. */
export interface LineInput {
  handle?: string;
  variant?: Gid;
  id?: Gid;
  quantity?: number;
  properties?: { name: string; value: string }[];
}

export interface CartInput {
  lines: LineInput[];
  discountCodes?: string[];
  /** Known customer, or the e-mail typed so far: some codes depend on it. */
  customer?: { id?: Gid; email?: string | null; phone?: string | null } | null;
  shipTo?: AddressInput | null;
  source?: Order['source'];
}

export interface PricedCart {
  currency: string;
  presentmentCurrency: string;
  lines: {
    product: Product;
    variant: Variant;
    quantity: number;
    price: Amount;
    total: Amount;
    discount: Amount;
  }[];
  codes: { code: string; accepted: boolean; amount: Amount; title: string | null; problem: string | null }[];
  totals: Order['totals'];
  shippingTitle: string | null;
  taxTitle: string;
  taxesIncluded: boolean;
}

export interface OrderInput extends Omit<CartInput, 'customer'> {
  /** Null or missing: nobody is named (point of sale). An unknown e-mail becomes a new customer. */
  customer?: ({ id: Gid } | CustomerInput) | null;
  /** `strict` (default): a code that is not accepted is BadInput; `lenient`: it is left out, as a checkout does. */
  codes?: 'strict' | 'lenient';
  test?: boolean;
  paid?: boolean;
  /** The checkout's language; the customer's own when missing. */
  locale?: string;
  acceptsMarketing?: boolean;
  note?: string | null;
  attributes?: { name: string; value: string }[];
  tags?: string[];
  billTo?: AddressInput | null;
  landingSite?: string | null;
  /** The visits of this browser before it; the landing page alone when missing. */
  visits?: StoreVisit[];
  referringSite?: string | null;
  clientIp?: string | null;
  userAgent?: string | null;
  /** Token of the checkout that becomes this order; made up when missing. */
  checkoutToken?: string;
}

export interface FulfilInput {
  /** Missing: everything that is left. */
  lines?: LineInput[];
  carrier?: string;
  trackingNumber?: string;
}

export interface DeliverInput {
  /** Id or name (`#1001.1`) of the shipment; the oldest one under way when missing. */
  fulfillment?: string;
  /** The shipment that holds these lines. */
  lines?: LineInput[];
  status?: ShipmentStatus;
  /** Who has it now, when the merchant had named another. */
  carrier?: string;
}

export interface RefundInput {
  /** Decimal amount in the order's own currency; missing together with `lines`: all that is left. */
  amount?: string;
  lines?: LineInput[];
  note?: string;
  restock?: boolean;
}

/** Addresses of the pages that belong to an order. */
export interface Urls {
  store(shop: Shop): string;
  product(shop: Shop, product: Product): string;
  image(handle: string): string;
  thankYou(shop: Shop, order: Order): string;
  orderStatus(shop: Shop, order: Order): string;
  /** Shareable link of a discount code. */
  discount(shop: Shop, code: string): string;
}

export interface TokenMint {
  /** As App Bridge's `idToken()` gives it. */
  admin(shop: Shop, options?: { user?: string; ttl?: number }): string;
  /** As a checkout, thank-you or customer-account extension gets it; `customer` only when they are logged in. */
  buyer(shop: Shop, options?: { customer?: Gid | null; ttl?: number }): string;
}

export interface Faults {
  set(
    target: FaultTarget,
    mode: FaultMode | 'off',
    options?: { rate?: number; forMs?: number | null },
  ): Fault[];
  /** Those in force now. */
  list(): Fault[];
  /** Modes that make sense for a target; none when it cannot be disturbed. */
  possible(target: FaultTarget): FaultMode[];
}

/** What the storefront remembers of one visitor. */
export interface Visit {
  shop: string | null;
  cart: { variant: Gid; quantity: number }[];
  discountCodes: string[];
  /** The customer who is logged in. */
  customer: Gid | null;
  landingSite: string | null;
  referringSite: string | null;
  /** Oldest first. */
  visits: StoreVisit[];
  /** Token of the checkout in progress: the order gets it. */
  checkoutToken: string;
  locale: string | null;
  /** Whatever a page wants to keep besides. */
  notes: Record<string, unknown>;
}

export interface Route {
  /** `*` takes every method. HEAD is answered by GET routes. */
  method: 'GET' | 'POST' | 'PUT' | 'DELETE' | '*';
  /** `/store/:shop/products/:handle`; a last `*` takes the rest, readable as `params['*']`. First match wins. */
  path: string;
  handle(request: PageRequest): Promise<PageAnswer | void> | PageAnswer | void;
}

export interface PageRequest {
  method: string;
  url: URL;
  /** Decoded. */
  params: Record<string, string>;
  query: URLSearchParams;
  headers: IncomingMessage['headers'];
  cookies: Record<string, string>;
  raw: Buffer;
  text(): string;
  /** The body as JSON; BadInput when it is none. */
  json(): unknown;
  /** The body of a form. */
  form(): URLSearchParams;
  /** For the rare route that answers by itself (streams): then it returns nothing. */
  req: IncomingMessage;
  res: ServerResponse;
}

/** An object becomes JSON; a string is HTML unless `type` says otherwise. */
export interface PageAnswer {
  status?: number;
  type?: string;
  headers?: Record<string, string | string[]>;
  body?: string | Uint8Array | object | null;
}
