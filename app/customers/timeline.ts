/**
 * The timeline: one line a happening, in the customer's story. A closed list: whoever wants a new line adds its code
 * here with its data, and its sentence in app/ui/timelineSentence.ts. Numbers above 2^53 and money are text (minor units).
 */
import type { Channel, ConsentState, Stage } from './customer.ts';

export const TIMELINE_KINDS = [
  'order',
  'shipment',
  'message',
  'decision',
  'answer',
  'conversation',
  'story',
  'code',
  'referral',
  'reward',
  'consent',
  'stage',
  'note',
] as const;
export type TimelineKind = (typeof TIMELINE_KINDS)[number];

/** Why something was done or not done: a code and its numbers; the sentence is made when it is shown. */
export interface TimelineReason {
  code: string;
  [detail: string]: string | number | boolean | null | string[];
}

interface OfOrder {
  /** "#1001" */
  order: string;
}
/** Why a parcel is taken as arrived: app/orders/arrival.ts has the rules. */
export interface ArrivalReason {
  rule: 'learned' | 'everywhere' | 'default' | 'estimate' | 'moving' | 'at-once';
  days: number | null;
  carrier: string | null;
  /** ISO 3166 */
  country: string | null;
}

interface OfMessage {
  messageId: string;
  /** Key of the template: thank-you, getting-started… */
  template: string;
  channel: Channel;
}
interface OfQuestion {
  questionId: string;
  productId: string;
  /** Its title */
  product: string;
}
interface OfConversation {
  conversationId: string;
}
interface OfDeed extends OfStep {
  deed: 'tag' | 'metafield' | 'webhook';
  /** "vip, gold", "custom.size", "hooks.example.com" */
  what: string;
}
interface OfStep {
  /** Key of the sequence: thank-you, getting-started… */
  sequence: string;
  step: string;
}

/** Data of each line, by kind and code. */
export interface TimelineLines {
  order: {
    /** `paid`: what the customer saw, where it was another currency than the shop's. */
    'order-placed': OfOrder & {
      total: string;
      currency: string;
      source: string;
      test: boolean;
      paid?: { total: string; currency: string };
    };
    'order-paid': OfOrder;
    'order-edited': OfOrder;
    'order-fulfilled': OfOrder;
    'order-cancelled': OfOrder;
    /** `full`: nothing of its goods is left, or left paid. `total`: of the order; older lines lack it. */
    'order-refunded': OfOrder & { amount: string; currency: string; full: boolean; total?: string };
    'order-returned': OfOrder;
    'order-deleted': OfOrder;
  };
  shipment: {
    'shipment-shipped': OfOrder & { carrier: string | null };
    'shipment-delivered': OfOrder & { by: 'carrier' | 'assumed' | 'buyer' | 'staff'; why?: ArrivalReason };
    /** `by`: who had said that it had arrived. */
    'shipment-missing': OfOrder & { by: 'carrier' | 'assumed' | 'buyer' | 'staff' };
    'shipment-failed': OfOrder;
  };
  message: {
    'message-sent': OfMessage & { subject?: string };
    'message-moved': OfMessage & { from?: string; until: string; reason: TimelineReason };
    'message-skipped': OfMessage & { reason: TimelineReason };
    'message-failed': OfMessage & { reason: TimelineReason };
    'message-delivered': OfMessage;
    'message-opened': OfMessage;
    'message-clicked': OfMessage;
    'message-bounced': OfMessage & { permanent: boolean };
    'message-complained': OfMessage;
  };
  decision: {
    'sequence-entered': { sequence: string };
    'step-waiting': OfStep & { until: string };
    /** `until`: null while nobody can say. */
    'step-moved': OfStep & { until: string | null; reason: TimelineReason };
    'step-skipped': OfStep & { reason: TimelineReason };
    'step-done': OfStep & { reason: TimelineReason };
    'step-branched': OfStep & { reason: TimelineReason };
    'deed-done': OfDeed;
    'deed-failed': OfDeed & { reason: TimelineReason };
    /** `by`: Shopify's id of the member of the staff. */
    'task-done': OfStep & { title: string; by: string };
    'sequence-stopped': { sequence: string; reason: TimelineReason };
    'sequence-finished': { sequence: string };
  };
  answer: {
    'answer-given': { answerId: string; survey: string; score: number | null; label?: string };
    'answer-verified': { answerId: string; survey: string };
    'review-written': { reviewId: string; productId: string; product?: string; stars: number };
    'question-asked': OfQuestion;
    /** By the shop. */
    'question-answered': OfQuestion;
    /** They have answered somebody else's, for they own it. */
    'question-helped': OfQuestion;
  };
  conversation: {
    /** `about`: what they came with: app/conversations/voice.ts. What has a line of its own (a review, an answer) has none here. */
    'conversation-opened': OfConversation & { about: string };
    /** `minutes`: of working time that they waited; null where nobody did. `by`: staff:ID | auto */
    'conversation-answered': OfConversation & { minutes: number | null; late: boolean; by: string };
    /** The answer told of before was refused on its way. `problem`: app/ui/inbox/inboxWords.ts */
    'conversation-unsent': OfConversation & { problem: string };
    /** `by`: staff:ID | customer | time | auto */
    'conversation-solved': OfConversation & { by: string };
    /** "Did it help?", 1…5 */
    'conversation-helped': OfConversation & { score: number };
  };
  story: {
    'story-sent': { storyId: string; kind: string; files: number };
    'story-shown': { storyId: string };
    'story-hidden': { storyId: string };
    'story-withdrawn': { storyId: string };
    /** A draft in the shop's blog. */
    'article-made': { storyId: string };
    /** The term that was granted is over: the article goes from the blog. */
    'article-ended': { storyId: string };
    'rights-asked': { storyId: string; uses: string[] };
    /** No uses: they took back what they had granted. `until`: null, until they say otherwise. */
    'rights-granted': { storyId: string; uses: string[]; until: string | null };
    'pictures-found': { eventId: string; event: string; pictures: number };
  };
  code: {
    'code-issued': { code: string };
    'code-revoked': { code: string };
  };
  referral: {
    /** On the advocate: a friend has ordered. */
    'friend-ordered': { referralId: string; code: string };
    /** On the friend: they came by a code. */
    'came-by-friend': { referralId: string; code: string };
    'referral-held': { referralId: string; reasons: string[] };
    'referral-qualified': { referralId: string };
    'referral-refused': { referralId: string };
    'referral-voided': { referralId: string; reason: string };
    'heard-about-us': { answer: string };
  };
  reward: {
    'reward-held': { rewardId: string };
    /** `code` is empty where there is none to enter. */
    'reward-issued': { rewardId: string; code: string; kind?: string };
    'reward-used': { rewardId: string };
    'reward-expired': { rewardId: string };
    'reward-voided': { rewardId: string; reason: string };
    'reward-clawed-back': { rewardId: string; reason: string };
    /** It was paid out already. `amount`: minor units, in all. */
    'reward-owed-back': { rewardId: string; amount: string; currency: string };
    /** `amount`: minor units, what it cost or, of a credit, what they got. Codes: app/gestures/gesture.ts */
    /** What comes with a stage: app/loyalty/settings.ts */
    'benefit-given': { benefit: string };
    'benefit-taken': { benefit: string };
    /** An order that had earned them was paid back in part. */
    'points-taken-back': { points: number; left: number };
    'points-redeemed': { points: number; amount: string; currency: string };
    'gesture-given': { gestureId: string; gesture: string; origin: string; amount: string; currency: string };
  };
  consent: {
    'consent-changed': { channel: Channel; state: ConsentState; source: string };
    'preferences-changed': { changed: string[] };
    unsubscribed: { channel: Channel; classes: string[]; source: string };
  };
  stage: {
    'stage-changed': { from: Stage; to: Stage; reason: TimelineReason };
  };
  note: {
    'customer-merged': { from: string };
    'customer-deleted': Record<string, never>;
    'note-written': { text: string; by: string };
  };
}

export type TimelineCode = { [Kind in TimelineKind]: keyof TimelineLines[Kind] }[TimelineKind];

/** A line to be written: `kind` and `code` say what `data` has to be. */
export type TimelineEntry = {
  [Kind in TimelineKind]: {
    [Code in keyof TimelineLines[Kind]]: {
      shopId: bigint;
      customerId: string;
      /** When it happened. */
      at: Date;
      kind: Kind;
      code: Code;
      data: TimelineLines[Kind][Code];
      orderId?: bigint | null;
    };
  }[keyof TimelineLines[Kind]];
}[TimelineKind];

/** A line as it was written. */
export type WrittenEntry = TimelineEntry & { id: string };
