/**
 * One text to one person on one channel. A draft is what other modules hand in; the row that is made of it is the
 * outbox: waiting → handing-over → sent, or skipped (never allowed), failed (refused for good), unknown (nobody can tell).
 */
import { z } from 'zod';

/** service: about the order. ask: wants something (an answer, a review). offer: marketing. */
export type MessageClass = 'service' | 'ask' | 'offer';
export type MessageChannel = 'email' | 'sms';
export type MessageState = 'waiting' | 'handing-over' | 'sent' | 'skipped' | 'failed' | 'unknown';

/** What became of a message, as the figures of a sequence count it; one may have had several of these fates. */
export const MESSAGE_FATES = ['sent', 'opened', 'acted', 'moved', 'skipped', 'stuck', 'failed'] as const;
export type MessageFate = (typeof MESSAGE_FATES)[number];

/** What is known when a message is planned: ids, codes and links, never personal data. Fields are only ever added. */
const messageDataSchema = z.object({
  /** The parcel it is about: `products` are those inside; all of the order without it. */
  shipmentId: z.string().optional(),
  /** The one product it is about, as `product` in the text. */
  productId: z.string().optional(),
  /** The survey that the rating row answers. */
  surveyKey: z.string().optional(),
  /** The sequence it comes from, for figures. */
  sequenceKey: z.string().optional(),
  /** It is about the end of the order: a cancelled or refunded one does not keep it back. */
  orderIsOver: z.boolean().optional(),
  /** It waits until a parcel is found. */
  held: z.boolean().optional(),
  /** A day whose pictures it is about, as `event` in the text. */
  event: z.object({ id: z.string(), name: z.string() }).optional(),
  /** What an advocate has earned, as `reward` in the text. `offer` is a sentence part: "10 € off". */
  reward: z.object({ code: z.string(), offer: z.string(), expiresAt: z.string().optional() }).optional(),
  /** Points of theirs that run out before this moment, as `points` in the text: counted when it goes. */
  pointsUntil: z.string().optional(),
  /** What became of a friend's order, as `news` in the text: sentences in the reader's language. */
  news: z
    .object({
      why: z.string(),
      next: z.string(),
      gift: z.string().optional(),
      taken: z.boolean(),
      extra: z.string().optional(),
      orderedAt: z.string(),
    })
    .optional(),
});
export type MessageData = z.infer<typeof messageDataSchema>;

export interface MessageDraft {
  shopId: bigint;
  customerId: string;
  enrollmentId?: string | null;
  orderId?: bigint | null;
  /** What makes it one within the shop: ENROLLMENT:STEP, reward:ID. Planned twice, it exists once. */
  key: string;
  channel: MessageChannel;
  class: MessageClass;
  templateKey: string;
  data: MessageData;
  /** When it may be handed over at the earliest. */
  dueAt: Date;
  /** Why that is later than now; permission is asked again then. */
  held?: Reason | null;
  /** Of PRIORITIES in rank.ts; normal without it. */
  priority?: number;
  /** After this moment it is not sent any more; null: always worth sending. */
  uselessAfter: Date | null;
  /** The shop's epoch when it was planned. */
  epoch: number;
}

/** A draft after planning. `isNew` is false when its key existed already: `id` is then the one that exists. */
export interface PlannedMessage {
  shopId: bigint;
  key: string;
  id: string;
  isNew: boolean;
}

/** Why something was decided: a code and its numbers; sentences are made where they are shown. */
export interface Reason {
  code: string;
  [detail: string]: string | number | boolean | null;
}

/** A message as lists and timelines show it. */
export interface Message {
  id: string;
  customerId: string;
  enrollmentId: string | null;
  orderId: bigint | null;
  channel: MessageChannel;
  class: MessageClass;
  templateKey: string;
  state: MessageState;
  dueAt: Date | null;
  plannedAt: Date;
  sentAt: Date | null;
  subject: string | null;
  reason: Reason;
}
