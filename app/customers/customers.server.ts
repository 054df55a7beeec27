/** The door of customers: identity, consent, preferences, stage, timeline, search. See README.md. */
import type { SqlTx } from '../db.server.ts';
import type {
  Channel,
  Consent,
  Customer,
  CustomerRef,
  ConsentSource,
  ConsentState,
  Preferences,
  Stage,
} from './customer.ts';
import type { PersonSnapshot } from './person.ts';
import type { TimelineEntry, TimelineKind, WrittenEntry } from './timeline.ts';

/** What identity needs of the floor below; handed in by wiring. */
export interface PeopleDeps {
  /** Which of these were erased: a late snapshot must not bring anybody back. One answer for each, in order. */
  isErased(
    tx: SqlTx,
    people: readonly {
      shopId: bigint;
      shopifyId: bigint | null;
      email: string | null;
      phone: string | null;
    }[],
  ): Promise<boolean[]>;
  /** Keys the hashes of addresses; 32 bytes. */
  hashKey: Uint8Array;
}

/** Finds or makes the customer of each person; null where nothing identifies them or they were erased. */
export declare function upsertCustomers(
  tx: SqlTx,
  people: readonly PersonSnapshot[],
  now: Date,
  deps: PeopleDeps,
): Promise<(string | null)[]>;

/** Customers by the id that was asked for; one that was merged gives the one that is left. */
export declare function customersByIds(
  tx: SqlTx,
  refs: readonly CustomerRef[],
): Promise<Map<string, Customer>>;

/** By Shopify's id; null when not known. */
export declare function customerByShopifyId(
  tx: SqlTx,
  shopId: bigint,
  shopifyId: bigint,
): Promise<Customer | null>;

/** Writes lines in the caller's transaction. */
export declare function addTimeline(tx: SqlTx, entries: readonly TimelineEntry[], now: Date): Promise<void>;

/** Newest first. `before` is the cursor of the last line of the page before. */
export declare function timelineOf(
  tx: SqlTx,
  customer: CustomerRef,
  page: { kinds?: readonly TimelineKind[]; before?: string | null; limit?: number },
): Promise<{ entries: WrittenEntry[]; next: string | null }>;

export interface ConsentChange {
  shopId: bigint;
  customerId: string;
  channel: Channel;
  state: ConsentState;
  level?: Consent['level'];
  source: ConsentSource;
  at: Date;
}

/** Only moves forward; writes `customer.consent-changed` and a line for every real change, and says which those were. */
export declare function setConsent(
  tx: SqlTx,
  changes: readonly ConsentChange[],
  now: Date,
): Promise<ConsentChange[]>;

export declare function preferencesOf(tx: SqlTx, customer: CustomerRef): Promise<Preferences>;

/** Saves what the customer chose; writes one line that names what has changed. */
export declare function savePreferences(
  tx: SqlTx,
  customer: CustomerRef,
  preferences: Preferences,
  now: Date,
): Promise<void>;

/** Signs of life and of closeness, counted by whoever hears them; follow with `refreshStages`. */
export declare function noteSigns(
  tx: SqlTx,
  signs: readonly (CustomerRef & { heardAt?: Date; score?: number | null; friends?: number })[],
): Promise<void>;

/** Computes the stages anew; writes `customer.stage-changed` and a line where one has changed. */
export declare function refreshStages(
  tx: SqlTx,
  customers: readonly CustomerRef[],
  now: Date,
): Promise<number>;

export interface CustomerSearch {
  shopId: bigint;
  /** As typed: parts of name, e-mail or phone, in any order. */
  text?: string;
  stage?: Stage | null;
  country?: string | null;
  /** Last order at or after this moment, and before that one. */
  lastOrderFrom?: Date | null;
  lastOrderTo?: Date | null;
  /** May be written to on this channel. */
  consent?: Channel | null;
  after?: string | null;
  limit?: number;
}

export interface CustomerRow extends CustomerRef {
  name: string | null;
  email: string | null;
  country: string | null;
  stage: Stage;
  ordersCount: number;
  totalSpent: bigint;
  lastOrderAt: Date | null;
  lastHeardAt: Date | null;
  lastScore: number | null;
}

/** A page of customers, those we heard from last first. */
export declare function searchCustomers(
  tx: SqlTx,
  search: CustomerSearch,
): Promise<{ customers: CustomerRow[]; next: string | null }>;
