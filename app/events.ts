/**
 * "This happened", across modules. Whoever changes something writes an event in the same transaction;
 * app/reactions.server.ts says what follows from it. Payload fields are only ever added, and optional.
 */

type CalendarData = { ahead: number; cause: string; years?: number };
type OfProduct = { productId: string; shipmentId?: string };

/** What each kind carries beside shop, customer, order and moment. */
export interface EventData {
  'order.created': Record<string, never>;
  'order.paid': { codes?: string[] };
  'order.edited': Record<string, never>;
  'order.fulfilled': Record<string, never>;
  'order.cancelled': Record<string, never>;
  /** `full`: nothing of its goods is left, or left paid. `amount`: minor units of the shop's currency, refunded in all. */
  'order.refunded': { full: boolean; amount: string };
  /** Of some lines less is left than before: given back, taken out. */
  'order.items-removed': { lineIds: string[] };
  /** `part`: something of the order stays. */
  'order.returned': { returnId: string; part?: true };
  'order.deleted': Record<string, never>;
  /** What Shopify (risk: none, low, medium, high) or the bank (dispute: inquiry, open, won, lost) thinks of its payment. */
  'payment.checked': { risk?: string; dispute?: string };
  'shipment.shipped': { shipmentId: string };
  /**
   * `by`: a carrier's scan, assumed by time, or the buyer's or the staff's word. `after`: it had been believed to have
   * arrived at that moment before (ISO), and had not.
   */
  'shipment.delivered': { shipmentId: string; by: 'carrier' | 'assumed' | 'buyer' | 'staff'; after?: string };
  /** The buyer says that it has not arrived, although it was believed to have. */
  'shipment.missing': { shipmentId: string };
  'shipment.failed': { shipmentId: string };
  'customer.merged': { from: string };
  'customer.consent-changed': { channel: 'email' | 'sms'; state: string };
  'customer.erased': Record<string, never>;
  /** `quiet`: by new rules of the shop, so that no sequence begins. */
  'customer.stage-changed': { from: string; to: string; quiet?: boolean };
  /** Something was given without being asked; `origin` says on which occasion: app/gestures/gesture.ts */
  'gesture.given': { gestureId: string; gesture: string; origin: string };
  /** Points count from now on, or were turned into something. */
  'points.earned': { rewardId: string };
  'points.redeemed': { points: number };
  /** Tags that were not there before. */
  'customer.tagged': { tags: string[]; cause: string };
  /** `segment`: Shopify's id. */
  'customer.segment-joined': { segment: string; cause: string };
  'customer.segment-left': { segment: string; cause: string };
  /** Moments of the calendar: app/sequences/calendar.ts. `ahead`: days before it; `cause` names the moment itself. */
  'customer.date': CalendarData & { date: string };
  'customer.anniversary': CalendarData;
  'reward.expiring': CalendarData & { rewardId: string };
  'product.first-use': CalendarData & OfProduct;
  'product.ready-to-judge': CalendarData & OfProduct;
  'product.end-of-life': CalendarData & OfProduct;
  'product.event-ended': CalendarData & OfProduct;
  /** `score` 1…5 of the first scale question; null without one. */
  'answer.given': { answerId: string; surveyKey: string; score: number | null; again?: boolean };
  /** `again`: it was said before, and is said otherwise now. `late`: the order came after the answer, so that nothing that hangs on it was shown yet. */
  'answer.verified': {
    answerId: string;
    surveyKey: string;
    score: number | null;
    late?: boolean;
    again?: boolean;
  };
  'review.written': { reviewId: string; productId: string; stars: number; again?: boolean };
  /** About a product, by anybody: the customer is known only where they were logged in. */
  'question.asked': { questionId: string; productId: string };
  /** More was said under it, or something else than before. */
  'answer.amended': { answerId: string; surveyKey: string; score: number | null };
  /** Nothing more is to be expected: it is whole, or was left some minutes ago. Its order is confirmed. May come twice. */
  'answer.settled': { answerId: string; surveyKey: string; score: number | null };
  /** Words that came after the answer they belong to. */
  'answer.commented': { answerId: string };
  'conversation.opened': { conversationId: string };
  'conversation.replied': { conversationId: string };
  /** `healed`: a trouble that somebody has answered. */
  'conversation.solved': { conversationId: string; healed?: boolean };
  /** The same complaint came too often about one product; nobody is asked about it meanwhile. */
  'product.alarm': { productId: string; tag: string };
  /** `kind`: app/stories/story.ts */
  'story.sent': { storyId: string; kind: string };
  'story.withdrawn': { storyId: string };
  /** An article that was made of it has to go from the shop's blog. `articleId`: Shopify's. */
  'story.unpublished': { storyId: string; articleId: string };
  'message.sent': { messageId: string };
  'message.skipped': { messageId: string; reason: string };
  'message.opened': { messageId: string };
  'message.clicked': { messageId: string };
  'message.bounced': { messageId: string; permanent: boolean };
  'message.complained': { messageId: string };
  'customer.unsubscribed': { channel: 'email' | 'sms'; classes: string[] };
  /** The pool of codes, or the discount that carries them, has to be brought to what the programme says. */
  'codes.wanted': Record<string, never>;
  /** Somebody who named an order and proved nothing liked it: whoever ordered gets a code by mail, nobody else. */
  'code.promised': { answerId: string };
  /** `late`: the customer was told that it comes by mail. */
  'code.issued': { code: string; late?: boolean };
  /** Somebody says that an order came by a friend's link: app/referrals/order-links.server.ts */
  'link.told': Record<string, never>;
  /** The web pixel has to be brought to what the merchant wants. */
  'pixel.wanted': Record<string, never>;
  /** A friend has ordered; what the advocate gets is held until the return window has passed. */
  'referral.made': { referralId: string; code: string };
  'referral.held': { referralId: string; reasons: string[] };
  'referral.qualified': { referralId: string };
  /** `round`: how often a person had let it pass before, in each of these. */
  'referral.refused': { referralId: string; round?: number };
  /** `wasQualified`: it had counted already. */
  'referral.voided': { referralId: string; reason: string; wasQualified?: boolean; round?: number };
  /** What is left of its order, and what it was of: of its goods before discounts, minor units. Only ever less. */
  /** `amount`: what is left of a share to the unit, minor units, where that can be told. */
  'referral.reduced': { referralId: string; left: string; of: string; amount?: string; round?: number };
  /** The advocate asks for another look; what they said stands in the step. */
  'referral.appealed': { referralId: string; stepId: string };
  /** `kind`: app/rewards/reward.ts, in each of these. */
  'reward.held': { rewardId: string; kind: string };
  /** `code` is empty where there is none to enter. */
  'reward.issued': { rewardId: string; code: string; kind?: string };
  'reward.voided': { rewardId: string };
  /** `whole`: nothing is left of it. */
  'reward.used': { rewardId: string; kind: string; whole: boolean };
  'reward.expired': { rewardId: string };
  /** A customer is to be led into a sequence: by a person, or by a step of another. `cause` names the wish: heard twice, it is one. */
  'sequence.started': {
    sequence: string;
    by: 'staff' | 'step' | 'csv' | 'flow';
    cause: string;
    shipmentId?: string;
    productId?: string;
  };
  'shop.installed': Record<string, never>;
  'shop.uninstalled': Record<string, never>;
}

export type EventKind = keyof EventData;

/** An event to be recorded. `at` is when it happened, which may be long before it was heard of. */
export type NewEvent = {
  [K in EventKind]: {
    shopId: bigint;
    kind: K;
    customerId?: string | null;
    orderId?: bigint | null;
    data: EventData[K];
    at: Date;
  };
}[EventKind];

/** A recorded event, as reactions meet it. */
export type HappenedEvent = NewEvent & { id: string; attempts: number };

/** Something of the order stays with its buyer. */
export const isReturnInPart = ({ kind, data }: Pick<HappenedEvent, 'kind' | 'data'>): boolean =>
  kind === 'order.returned' && 'part' in data;
