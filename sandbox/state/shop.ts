/** The whole state of the sandbox, and one shop in it. */

import type { Address, Customer } from './customer.ts';
import type { CodeCreation, Discount, GiftCard, StoreCredit } from './discount.ts';
import type { Order } from './order.ts';
import type { Collection, Product } from './product.ts';
import type { Delivery, Fault, Mail, Subscription, Text } from './traffic.ts';
import type { Gid, Instant } from './values.ts';

export interface State {
  /** Sandbox time minus real time, milliseconds. */
  clockOffset: number;
  /** The first one is the default of every control call. */
  shops: Shop[];
  mails: Mail[];
  texts: Text[];
  deliveries: Delivery[];
  faults: Fault[];
  /** Last number given away for each kind of id. */
  sequences: Record<string, number>;
}

export interface Shop {
  id: Gid;
  /** `name.myshopify.com` */
  domain: string;
  /** The domain without its ending; stands in the URLs of the store. */
  handle: string;
  name: string;
  email: string;
  ownerName: string;
  phone: string;
  currency: string;
  timezone: string;
  /** Main language of the store. */
  locale: string;
  /** Published languages, the main one included. */
  locales: string[];
  taxesIncluded: boolean;
  address: Address;
  markets: Market[];
  shipping: { flat: number; freeFrom: number | null; title: string };
  createdAt: Instant;
  updatedAt: Instant;
  installation: Installation | null;
  products: Product[];
  collections: Collection[];
  customers: Customer[];
  orders: Order[];
  discounts: Discount[];
  storeCredits: StoreCredit[];
  giftCards: GiftCard[];
  metafields: Metafield[];
  segments: { id: Gid; name: string; query: string; createdAt: Instant }[];
  webhookSubscriptions: Subscription[];
  bulkOperations: BulkOperation[];
  codeCreations: CodeCreation[];
  /** Rarely used parts of the Admin API, kept by kind: pixels, marketing activities, subscriptions of the app… */
  extras: Record<string, Record<string, unknown>[]>;
  /** Next order's number; the first order is #1001. */
  nextOrderNumber: number;
}

export interface Market {
  name: string;
  countries: string[];
  currency: string;
  /** Units of `currency` for one unit of the shop's currency. */
  rate: number;
}

export interface Installation {
  installedAt: Instant;
  scopes: string[];
  /** Real time, epoch milliseconds; tokens do not move with the sandbox's clock. */
  accessTokens: Record<
    string,
    { kind: 'offline' | 'online'; scopes: string[]; expires: number | null; user: string | null }
  >;
  refreshTokens: Record<string, { expires: number; replaces: string | null }>;
}

/** A value that the app has attached to something of the shop. */
export interface Metafield {
  id: Gid;
  owner: Gid;
  namespace: string;
  key: string;
  type: string;
  value: string;
  createdAt: Instant;
  updatedAt: Instant;
}

export interface BulkOperation {
  id: Gid;
  type: 'QUERY' | 'MUTATION';
  status: 'CREATED' | 'RUNNING' | 'COMPLETED' | 'FAILED' | 'CANCELING' | 'CANCELED' | 'EXPIRED';
  query: string;
  errorCode: 'ACCESS_DENIED' | 'INTERNAL_SERVER_ERROR' | 'TIMEOUT' | null;
  objectCount: number;
  rootObjectCount: number;
  /** The lines themselves; they are served at the operation's url. */
  result: string | null;
  /** Part of the url that cannot be guessed. */
  secret: string;
  createdAt: Instant;
  completedAt: Instant | null;
}
