/** A plan in words: one sentence a step, for staff. */
import type { Opening } from '../sequences/opening.ts';
import type { Plan } from '../sequences/plan.ts';
import type { Step, Until } from '../sequences/steps.ts';
import { offText } from '../shops/discount-value.ts';
import type { Period } from '../sequences/period.ts';

const NO_TIME = 'no time';
const UNITS = ['months', 'weeks', 'days', 'hours', 'minutes'] as const;

/** "2 days", "an hour and 30 minutes"; "no time" for nothing */
function periodInWords(period: Period): string {
  const parts = UNITS.flatMap((unit) => {
    const amount = period[unit] ?? 0;
    if (amount === 0) return [];
    const one = unit.slice(0, -1);
    return [amount === 1 ? `${one === 'hour' ? 'an' : 'a'} ${one}` : `${amount} ${unit}`];
  });
  return parts.join(' and ') || NO_TIME;
}

const ANCHOR_WORDS = {
  trigger: 'it began',
  reached: 'the step before',
  paid: 'payment',
  delivered: 'delivery',
} as const;

const PRODUCT_WORDS = {
  'first-use': 'the product is first used',
  'ready-to-judge': 'the product is ready to judge',
  'end-of-life': 'the product is used up',
} as const;

const DAYS = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];

/** "Mon or Tue, "; nothing for any day */
const daysInWords = (weekdays: readonly number[]) =>
  weekdays.length === 0 || weekdays.length === 7
    ? ''
    : `${weekdays.map((day) => DAYS[day - 1]).join(' or ')}, `;

function waitInWords({ after, from, product, at, awake }: Until): string {
  const span = periodInWords(after);
  const isAtOnce = span === NO_TIME;
  const base = isAtOnce ? ANCHOR_WORDS[from] : `${span} after ${ANCHOR_WORDS[from]}`;
  const hour = at
    ? `${daysInWords(at.weekdays)}${String(at.hour).padStart(2, '0')}:${String(at.minute).padStart(2, '0')} on their clock`
    : '';
  if (isAtOnce && from === 'reached' && !product) {
    if (hour) return `Wait until ${hour}`;
    return awake ? 'Go on as soon as it is not night' : 'Go on at once';
  }
  const wait = product ? `Wait until ${PRODUCT_WORDS[product]}, or ${base}` : `Wait until ${base}`;
  return `${wait}${hour ? `, then until ${hour}` : ''}${awake && !at ? ', not at night' : ''}`;
}

const CLASS_WORDS = { service: 'About the order', ask: 'Asks for something', offer: 'An offer' } as const;

/** @returns title and what is to be known about it */
export function stepInWords(step: Step): { title: string; note: string } {
  switch (step.kind) {
    case 'wait':
      return { title: waitInWords(step.until), note: '' };
    case 'message': {
      const note = step.uselessAfter
        ? `; not sent if it would be more than ${periodInWords(step.uselessAfter)} late`
        : '';
      return {
        title: step.channel === 'email' ? 'Send the mail' : 'Send the text',
        note: `${CLASS_WORDS[step.class]}${note}`,
      };
    }
    case 'condition':
      return {
        title: 'Look who it is',
        note: `${step.branches.length === 1 ? 'One way on' : `${step.branches.length} ways on`}, or the other`,
      };
    case 'wait-for':
      return { title: 'Wait for something to come about', note: `At most ${periodInWords(step.within)}` };
    case 'split':
      return { title: 'Draw lots', note: step.ways.map((way) => `${way.name} (${way.weight})`).join(', ') };
    case 'gift':
      return { title: 'Give a present', note: `${offText(step.value, 'en')}, a code of their own` };
    case 'tag':
      return { title: `Tag the ${step.on}`, note: step.tags.join(', ') };
    case 'metafield':
      return { title: `Set a metafield of the ${step.on}`, note: `${step.namespace}.${step.name}` };
    case 'webhook':
      return { title: 'Tell another system', note: URL.canParse(step.url) ? new URL(step.url).host : '' };
    case 'task':
      return { title: step.title || 'A task', note: 'For somebody of your team' };
    case 'start':
      return { title: 'Begin another sequence', note: step.sequence };
    case 'stop':
      return { title: 'End here', note: '' };
  }
}

export const TRIGGER_WORDS: Record<Plan['trigger']['on'][number], string> = {
  'order.created': 'an order is placed',
  'order.paid': 'an order is paid',
  'order.fulfilled': 'an order is sent out',
  'order.cancelled': 'an order is cancelled',
  'order.refunded': 'an order is refunded',
  'order.returned': 'an order is sent back',
  'shipment.shipped': 'a parcel leaves',
  'shipment.delivered': 'a parcel arrives',
  'answer.verified': 'a customer answers the question',
  'review.written': 'a review is written',
  'story.sent': 'a photo or a story is sent',
  'referral.qualified': "a friend's order is settled",
  'gesture.given': 'a gesture is given',
  'points.earned': 'points count from now on',
  'points.redeemed': 'points are turned into something',
  'customer.stage-changed': 'a customer comes closer or drifts away',
  'customer.tagged': 'a tag is added to a customer',
  'customer.segment-joined': 'a customer joins a segment',
  'customer.segment-left': 'a customer leaves a segment',
  'customer.date': 'a customer’s birthday (or another date of theirs) comes round',
  'customer.anniversary': 'their first order has its anniversary',
  'reward.expiring': 'a reward is about to expire',
  'product.first-use': 'the day of first use comes',
  'product.ready-to-judge': 'a product is ready to judge',
  'product.end-of-life': 'a product is used up',
  'product.event-ended': 'an event that they had a place at is over',
  'sequence.started': 'you, a file, Flow or another sequence begin it',
};

const EACH_WORDS = {
  order: 'once an order',
  shipment: 'once a parcel',
  product: 'once a product',
  customer: 'once a customer',
} as const;

export function triggerInWords({ on, each }: Plan['trigger']): string {
  return `When ${on.map((kind) => TRIGGER_WORDS[kind]).join(' or ')}, ${EACH_WORDS[each]}`;
}

/** A subject with what is filled in named in brackets: "What is (product title) really like?" */
export const subjectInWords = (subject: string): string =>
  subject
    .replace(/\{%.*?%\}/g, '')
    .replace(/\{\{\s*([\w.]+).*?\}\}/g, (_, field: string) => `(${field.replaceAll(/[._]/g, ' ')})`);

/** What each of the ready sequences brings. */
const GIFTS: Record<string, string> = {
  'thank-you': 'a personal note and nothing to sell',
  'getting-started': 'care for what they bought',
  'how-is-it-going': 'one question answered by one click',
  review: 'their story',
  invite: 'a code for friends, if it was a good one',
  'win-back': 'a hello to those who have not come back',
  'second-order': 'thanks for coming back',
  'late-parcel': 'a word about a parcel before they have to ask',
  'put-right': 'a person who writes after an unhappy answer, and asks later whether it is right now',
  'sorry-refund': 'an open ear',
  regulars: 'a card by hand for those who keep coming',
  'buy-again': 'a hand to find it again when it runs low',
};

const AFTER_WORDS: Record<Plan['trigger']['on'][number], string> = {
  'order.created': 'the order',
  'order.paid': 'payment',
  'order.fulfilled': 'the order is sent out',
  'order.cancelled': 'the order is cancelled',
  'order.refunded': 'the order is refunded',
  'order.returned': 'the order is sent back',
  'shipment.shipped': 'the parcel leaves',
  'shipment.delivered': 'delivery',
  'answer.verified': 'an answer',
  'review.written': 'a review',
  'story.sent': 'their story',
  'referral.qualified': "a friend's order is settled",
  'gesture.given': 'the gesture',
  'points.earned': 'their points count',
  'points.redeemed': 'their points are used',
  'customer.stage-changed': 'a change of stage',
  'customer.tagged': 'a tag is added',
  'customer.segment-joined': 'they join a segment',
  'customer.segment-left': 'they leave a segment',
  'customer.date': 'their birthday',
  'customer.anniversary': 'the anniversary of their first order',
  'reward.expiring': 'the last days of a reward',
  'product.first-use': 'the day of first use',
  'product.ready-to-judge': 'the product is ready to judge',
  'product.end-of-life': 'the product is used up',
  'product.event-ended': 'the event is over',
  'sequence.started': 'it is begun by you or another sequence',
};

/** "An hour after payment", "When the product is used up, or 90 days after payment" */
function openingInWords({ on, until }: Opening): string {
  const trigger = on.map((kind) => AFTER_WORDS[kind]).join(' or ');
  if (until === null || periodInWords(until.after) === NO_TIME) return `At once after ${trigger}`;
  const from = until.from === 'paid' || until.from === 'delivered' ? ANCHOR_WORDS[until.from] : trigger;
  const after = `${periodInWords(until.after)} after ${from}`;
  return until.product ? `When ${PRODUCT_WORDS[until.product]}, or ${after}` : capital(after);
}

const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);

/** What a sequence does and when, by its plan as it stands; nothing where no short sentence would be true. */
export function promiseOf(key: string, opening: Opening | null): string {
  const gift = GIFTS[key.replace(/-\d+$/, '')];
  if (!gift) return '';
  return opening ? `${openingInWords(opening)}, ${gift}.` : `${capital(gift)}.`;
}
