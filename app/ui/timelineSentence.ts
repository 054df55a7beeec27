/** A line of the timeline as a sentence for staff. */
import type { TimelineLines, TimelineReason, WrittenEntry } from '../customers/timeline.ts';
import { whyArrived } from './arrivalWords.ts';
import { conversationSentence } from './conversationSentence.ts';
import { money, moment } from './format.ts';
import { messageName } from './messageNames.ts';
import { reasonText } from '../referrals/reasons.ts';
import { gestureSentence } from './gestures/words.ts';
import { loyaltySentence } from './loyalty/words.ts';
import { reasonInWords } from './reasonWords.ts';
import { STAGE_WORDS, stageReasonInWords } from './stageWords.ts';
import { storySentence } from './storySentence.ts';

interface Said {
  /** Zone of the customer: their hours. */
  zone: string;
}

const nameOf = (key: string) => `“${messageName(key)}”`;

const CHANNELS: Record<string, string> = { email: 'e-mail', sms: 'text message' };
const DELIVERED = {
  carrier: 'the carrier says',
  assumed: 'taken as arrived by now',
  buyer: 'the customer says',
  staff: 'somebody of the team says',
} as const;
const BELIEVED = {
  carrier: 'scanned at the door',
  assumed: 'taken as arrived',
  buyer: 'found by the customer',
  staff: 'found by somebody of the team',
} as const;
const DEEDS = { tag: 'set the tags', metafield: 'set the metafield', webhook: 'told' } as const;
const DEEDS_TO_DO = { tag: 'set the tags', metafield: 'set the metafield', webhook: 'tell' } as const;
const CONSENT: Record<string, string> = {
  subscribed: 'agreed to',
  unsubscribed: 'said no to',
  'not-subscribed': 'has not agreed to',
  pending: 'has yet to confirm',
};

/** "why", with the colon that introduces it; nothing without a reason. */
const because = (reason: TimelineReason) => `: ${reasonInWords(reason)}`;

function placedSentence({ order, total, currency, test, paid }: TimelineLines['order']['order-placed']) {
  const seen = paid ? ` (${money(paid.total, paid.currency, 'en')} at the checkout)` : '';
  return `Ordered ${order}, ${money(total, currency, 'en')}${seen}${test ? ', a test' : ''}`;
}

/** Sentences by code; `data` is what app/customers/timeline.ts says of that code. */
export function timelineSentence(entry: WrittenEntry, { zone }: Said): string {
  const at = (iso: string) => moment(iso, { locale: 'en', timeZone: zone, now: entry.at });
  switch (entry.code) {
    case 'order-placed':
      return placedSentence(entry.data);
    case 'order-paid':
      return `Paid for ${entry.data.order}`;
    case 'order-edited':
      return `${entry.data.order} was changed`;
    case 'order-fulfilled':
      return `All of ${entry.data.order} is on its way`;
    case 'order-cancelled':
      return `${entry.data.order} was cancelled`;
    case 'order-refunded':
      return refundSentence(entry.data);
    case 'order-returned':
      return `${entry.data.order} came back`;
    case 'order-deleted':
      return `${entry.data.order} was deleted`;
    case 'shipment-shipped':
      return `A parcel of ${entry.data.order} left${entry.data.carrier ? ` with ${entry.data.carrier}` : ''}`;
    case 'shipment-delivered':
      return `A parcel of ${entry.data.order} arrived (${DELIVERED[entry.data.by]}${entry.data.why ? `: ${whyArrived(entry.data.why)}` : ''})`;
    case 'shipment-missing':
      return `Said that a parcel of ${entry.data.order} has not arrived yet; it had been ${BELIEVED[entry.data.by]}`;
    case 'shipment-failed':
      return `A parcel of ${entry.data.order} could not be delivered`;
    case 'message-sent':
      return `${entry.data.subject ? `“${entry.data.subject}”` : nameOf(entry.data.template)} went out by ${CHANNELS[entry.data.channel] ?? entry.data.channel}`;
    case 'message-moved':
      return `${nameOf(entry.data.template)} moved to ${at(entry.data.until)}${because(entry.data.reason)}`;
    case 'message-skipped':
      return `${nameOf(entry.data.template)} did not go out${because(entry.data.reason)}`;
    case 'message-failed':
      return `${nameOf(entry.data.template)} could not be sent${because(entry.data.reason)}`;
    default:
      return laterSentence(entry, at);
  }
}

/** Goods and money are two things: all goods may have been paid back and the shipping not. */
function refundSentence({ order, amount, currency, full, total }: TimelineLines['order']['order-refunded']) {
  const refunded = `${money(amount, currency, 'en')} of ${order} refunded`;
  if (!full) return refunded;
  if (amount === '0') return `Nothing is left of ${order}; nothing was refunded`;
  const rest = total === undefined ? null : BigInt(total) - BigInt(amount);
  if (rest === null) return `${refunded}, all its goods`;
  return rest > 0n
    ? `${refunded}, all its goods; the other ${money(rest, currency, 'en')} was not`
    : `${refunded}, all of it`;
}

type At = (iso: string) => string;

function laterSentence(entry: WrittenEntry, at: At): string {
  switch (entry.code) {
    case 'message-delivered':
      return `${nameOf(entry.data.template)} arrived`;
    case 'message-opened':
      return `Opened ${nameOf(entry.data.template)}`;
    case 'message-clicked':
      return `Followed a link in ${nameOf(entry.data.template)}`;
    case 'message-bounced':
      return `${nameOf(entry.data.template)} came back${entry.data.permanent ? ': the address does not work' : ', perhaps only for now'}`;
    case 'message-complained':
      return `Marked ${nameOf(entry.data.template)} as spam`;
    case 'sequence-entered':
      return `${nameOf(entry.data.sequence)} began`;
    case 'step-waiting':
      return `${nameOf(entry.data.sequence)} waits until ${at(entry.data.until)}`;
    case 'step-moved':
      return entry.data.until === null
        ? `${nameOf(entry.data.sequence)} waits${because(entry.data.reason)}`
        : `${nameOf(entry.data.sequence)} moved to ${at(entry.data.until)}${because(entry.data.reason)}`;
    case 'step-skipped':
      return `${nameOf(entry.data.sequence)} left a step out${because(entry.data.reason)}`;
    case 'step-done':
      return `${nameOf(entry.data.sequence)} went on${because(entry.data.reason)}`;
    case 'deed-done':
      return `${nameOf(entry.data.sequence)} ${DEEDS[entry.data.deed]} ${entry.data.what}`;
    case 'deed-failed':
      return `${nameOf(entry.data.sequence)} could not ${DEEDS_TO_DO[entry.data.deed]} ${entry.data.what}${because(entry.data.reason)}`;
    case 'task-done':
      return `“${entry.data.title}” was done by staff ${entry.data.by}`;
    case 'step-branched':
      return `${nameOf(entry.data.sequence)} chose its way${because(entry.data.reason)}`;
    case 'sequence-stopped':
      return `${nameOf(entry.data.sequence)} stopped${because(entry.data.reason)}`;
    case 'sequence-finished':
      return `${nameOf(entry.data.sequence)} came to its end`;
    case 'answer-given':
      return `Answered${entry.data.label ? ` “${entry.data.label}”` : ''}${entry.data.score === null ? '' : ` (${entry.data.score} of 5)`}`;
    case 'answer-verified':
      return 'The order behind the answer is confirmed';
    case 'conversation-opened':
    case 'conversation-answered':
    case 'conversation-unsent':
    case 'conversation-solved':
    case 'conversation-helped':
      return conversationSentence(entry);
    case 'review-written':
      return `Reviewed ${entry.data.product ?? 'a product'}: ${entry.data.stars} of 5 stars`;
    case 'question-asked':
      return `Asked about ${entry.data.product}`;
    case 'question-answered':
      return `You answered what they asked about ${entry.data.product || 'a product'}`;
    case 'question-helped':
      return `Answered another shopper’s question about ${entry.data.product || 'a product'}`;
    default:
      return friendlySentence(entry);
  }
}

/** What was given, in any way. @throws never: codes of other kinds are an empty sentence */
function givenSentence(entry: WrittenEntry): string {
  switch (entry.code) {
    case 'reward-held':
      return 'A reward is set aside until the return window has passed';
    case 'reward-issued':
      return entry.data.code ? `Got the reward ${entry.data.code}` : 'Got a reward';
    case 'reward-used':
      return 'Used a reward';
    case 'reward-expired':
      return 'A reward ran out before it was used';
    case 'reward-voided':
    case 'reward-clawed-back':
      return `A reward was taken back: ${TAKEN_BACK[entry.data.reason] ?? `the order was ${entry.data.reason}`}`;
    case 'reward-owed-back':
      return `Owes back ${money(entry.data.amount, entry.data.currency, 'en')} of a commission that was paid: the next payout takes it off`;
    case 'gesture-given':
      return gestureSentence(entry.data);
    case 'benefit-given':
    case 'benefit-taken':
    case 'points-redeemed':
    case 'points-taken-back':
      return loyaltySentence(entry);
    default:
      return '';
  }
}

const TAKEN_BACK: Record<string, string> = {
  'stage-left': 'they are farther away now',
  staff: 'somebody of your staff did it',
  missing: 'it was gone at Shopify',
};

function friendlySentence(entry: WrittenEntry): string {
  switch (entry.code) {
    case 'story-sent':
    case 'story-shown':
    case 'story-hidden':
    case 'story-withdrawn':
    case 'article-made':
    case 'article-ended':
    case 'rights-asked':
    case 'rights-granted':
    case 'pictures-found':
      return storySentence(entry);
    case 'code-issued':
      return `Got the code ${entry.data.code} for friends`;
    case 'code-revoked':
      return `The code ${entry.data.code} no longer works`;
    case 'friend-ordered':
      return `A friend ordered with ${entry.data.code}`;
    case 'came-by-friend':
      return `Came by a friend's code, ${entry.data.code}`;
    case 'referral-held':
      return `A friend's order waits for your yes. ${entry.data.reasons.map((reason) => reasonText(reason, 'en')).join(' ')}`;
    case 'referral-qualified':
      return "A friend's order is settled";
    case 'referral-refused':
      return "A friend's order does not count";
    case 'referral-voided':
      return `A friend's order no longer counts. ${reasonText(entry.data.reason, 'en')}`;
    case 'heard-about-us':
      return `Heard about you: ${entry.data.answer}`;
    case 'reward-held':
    case 'reward-issued':
    case 'reward-used':
    case 'reward-expired':
    case 'reward-voided':
    case 'reward-clawed-back':
    case 'reward-owed-back':
    case 'gesture-given':
    case 'benefit-given':
    case 'benefit-taken':
    case 'points-redeemed':
    case 'points-taken-back':
      return givenSentence(entry);
    case 'consent-changed':
      return `${capital(CONSENT[entry.data.state] ?? entry.data.state)} ${CHANNELS[entry.data.channel] ?? entry.data.channel}`;
    case 'preferences-changed':
      return `Changed their preferences: ${entry.data.changed.join(', ')}`;
    case 'unsubscribed':
      return `Unsubscribed from ${entry.data.classes.join(' and ')} mails`;
    case 'stage-changed':
      return `Became ${STAGE_WORDS[entry.data.to]}: ${stageReasonInWords(entry.data.reason)}`;
    case 'note-written':
      return entry.data.text;
    default:
      return RECORDS[entry.code] ?? entry.code;
  }
}

/** What became of the record itself. */
const RECORDS: Record<string, string> = {
  'customer-merged': 'Two records of the same person became one',
  'customer-deleted': 'Was deleted at Shopify',
};

const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);

/** Why somebody stands at their stage, as half a sentence. */
