/** The door of messages: planning, templates, hand-over, what providers and customers tell us. */
import type { ShopTx, SqlTx } from '../db.server.ts';
import type { Template, TemplateText } from './blocks.ts';
import type { HandOverDeps } from './hand-over.server.ts';
import type {
  Message,
  MessageChannel,
  MessageClass,
  MessageDraft,
  PlannedMessage,
  Reason,
} from './message.ts';
import type { Preview, SavedTemplate } from './templates.server.ts';

/**
 * Puts messages into the outbox, in the caller's transaction. Set-based; a key that exists already changes nothing.
 * @returns one entry a draft, in the order of the drafts
 */
export async function planMessages(
  _tx: SqlTx,
  _drafts: readonly MessageDraft[],
  _now: Date,
): Promise<PlannedMessage[]> {
  throw new Error('not yet');
}

/** Which messages of one shop: all given fields must fit. Never all of a shop by accident: `shop: true` says so. */
export interface CancelFilter {
  shopId: bigint;
  enrollmentId?: string;
  orderId?: bigint;
  customerId?: string;
  keys?: string[];
  classes?: MessageClass[];
  shop?: true;
}

/** Stops what has not gone yet, with a reason that the timeline shows. @returns how many were stopped */
export async function cancelMessages(
  _tx: SqlTx,
  _filters: readonly CancelFilter[],
  _reason: Reason,
  _now: Date,
): Promise<number> {
  throw new Error('not yet');
}

/** Hands over a batch of what is due. @returns how many messages were settled or moved; 0: nothing due */
export async function handOverDue(_deps: HandOverDeps, _now: Date): Promise<number> {
  throw new Error('not yet');
}

/** Texts of a new shop; what a merchant has changed already is left as it is. */
export async function installTemplates(
  _tx: ShopTx,
  _templates: readonly Template[],
  _now: Date,
): Promise<void> {
  throw new Error('not yet');
}

/** Compiles and publishes one text. Nothing is saved while a check fails. */
export async function saveTemplate(
  _tx: ShopTx,
  _template: { key: string; locale: string; text: TemplateText },
  _now: Date,
): Promise<SavedTemplate> {
  throw new Error('not yet');
}

/** All texts of the shop, or those of one key. */
export async function templatesOf(_tx: ShopTx, _key?: string): Promise<(Template & { updatedAt: Date })[]> {
  throw new Error('not yet');
}

export interface PreviewInput {
  key: string;
  locale: string;
  /** Whose data is shown; an invented customer without it. */
  customerId?: string;
  /** What is being edited; the saved text without it. */
  text?: TemplateText;
  class?: MessageClass;
}

/** The mail as one customer would get it, with the checks that publishing makes. */
export async function preview(_tx: ShopTx, _input: PreviewInput, _now: Date): Promise<Preview> {
  throw new Error('not yet');
}

/** Messages of one customer, newest first, with what is still to come. */
export async function messagesOf(_tx: SqlTx, _shopId: bigint, _customerId: string): Promise<Message[]> {
  throw new Error('not yet');
}

export interface Unsubscribe {
  shopId: bigint;
  customerId: string;
  channel: MessageChannel;
  /** ['ask', 'offer'] for "nothing but order news". */
  classes: MessageClass[];
  source: 'one-click' | 'preference-page' | 'provider' | 'text';
}

/** Effective when the transaction commits: no hand-over that is claimed later goes through. Twice is once. */
export async function unsubscribe(_tx: SqlTx, _input: Unsubscribe, _now: Date): Promise<void> {
  throw new Error('not yet');
}
