/** Words of this module, as rows know them. */
import type { Opening } from './opening.ts';
import type { TriggerKind } from './plan.ts';
import type { Unanswered } from './wishes.ts';

/** "This happened": what may set sequences off. */
export interface Happened {
  shopId: bigint;
  trigger: TriggerKind;
  customerId: string;
  orderId?: bigint | null;
  shipmentId?: bigint | null;
  productId?: bigint | null;
  /** When it happened, which may be long before it was heard of. */
  at: Date;
  /** Of the event: score, stars… */
  data: Record<string, unknown>;
}

/** Why an enrollment ends before its plan does. Shown to staff through explain.ts. */
export type StopReason =
  | 'cancelled'
  | 'refunded'
  | 'returned'
  | 'deleted'
  | 'delivery-failed'
  | 'product-returned'
  | 'unsubscribed'
  | 'erased'
  | 'uninstalled'
  | 'ordered-again'
  | 'merged'
  | 'stopped-by-staff'
  | 'error'
  | 'plan';

/** Whose enrollments are to stop. */
export interface Stop {
  shopId: bigint;
  by: 'order' | 'items-gone' | 'customer' | 'shipment' | 'shop' | 'sequence' | 'enrollment';
  /** `items-gone`: what is about products of which nothing is left in the order. Id of that order, customer, shipment, sequence or enrollment; ignored for the shop. */
  id: string;
  reason: StopReason;
  /** Only enrollments that have nothing but messages of these classes left to send. */
  classes?: ('service' | 'ask' | 'offer')[];
}

export type EnrollmentState = 'open' | 'done' | 'stopped';
export type Outcome =
  'started' | 'sent' | 'done' | 'waiting' | 'moved' | 'skipped' | 'stopped' | 'finished' | 'branched';

/** Days that the figures of the list page look back. */
export const FIGURE_DAYS = 30;

/** One line of the list page. Figures are of the last {@link FIGURE_DAYS} days, except `inside`. */
export interface SequenceSummary {
  id: string;
  key: string;
  name: string;
  on: boolean;
  /** Has changes that are not published. */
  hasDraft: boolean;
  liveVersion: number | null;
  /** People inside now. */
  inside: number;
  sent: number;
  opened: number;
  /** Clicked or answered. */
  acted: number;
  /** Messages moved to a later moment at least once. */
  moved: number;
  skipped: number;
  /** How the live plan begins. */
  opening: Opening | null;
  /** What the live plan goes by and Shopify does not answer for. */
  unanswered: Unanswered[];
}

/** An enrollment as the customer page shows it. */
export interface EnrollmentView {
  id: string;
  sequenceId: string;
  sequenceName: string;
  state: EnrollmentState;
  /** {@link StopReason}, or key of the plan's exit; null while open and when done */
  reason: string | null;
  orderId: bigint | null;
  productId: bigint | null;
  startedAt: Date;
  endedAt: Date | null;
  /** Step that is decided next, and when; null once it is over. */
  stepKey: string | null;
  dueAt: Date | null;
}

/** What comes next for a customer. */
export interface ComingUp {
  enrollmentId: string;
  sequenceId: string;
  sequenceKey: string;
  sequenceName: string;
  /** The message that follows the wait; null when a condition is met first. */
  template: string | null;
  class: 'service' | 'ask' | 'offer' | null;
  orderId: bigint | null;
  productId: bigint | null;
  at: Date;
  /** It waits for a parcel that its customer misses; `at` is only when it is looked at again. */
  held: boolean;
}

/** What waits for a person, oldest first; `count` is of all of them. */
export interface OpenTasks {
  count: number;
  oldest: {
    enrollmentId: string;
    stepKey: string;
    title: string;
    note: string;
    at: Date;
    customerId: string;
    /** Null for somebody without a name or an address. */
    customer: string | null;
    /** "#1001" */
    order: string | null;
  }[];
}

/** What came of beginning a sequence by hand; app/ui/beginWords.ts says why not. */
export type Begun =
  | { outcome: 'begun' }
  | {
      outcome: 'refused';
      why:
        | 'gone'
        | 'not-on'
        | 'no-order'
        | 'no-parcel'
        | 'order-over'
        | 'not-for-them'
        | 'inside'
        | 'been-through';
    };
export type NotBegun = Extract<Begun, { outcome: 'refused' }>['why'];
