/** A plan in words: one sentence a step, for staff. */
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

function waitInWords({ after, from, product, at, awake }: Until): string {
  const span = periodInWords(after);
  const isAtOnce = span === NO_TIME;
  const base = isAtOnce ? ANCHOR_WORDS[from] : `${span} after ${ANCHOR_WORDS[from]}`;
  const hour = at
    ? `${String(at.hour).padStart(2, '0')}:${String(at.minute).padStart(2, '0')} on their clock`
    : '';
  if (isAtOnce && from === 'reached' && !product) {
    if (hour) return `Wait until ${hour}`;
    return awake ? 'Go on as soon as it is not night' : 'Go on at once';
  }
  const clock = {
    'first-use': `until the product is first used, or ${base}`,
    'ready-to-judge': `until the product is ready to judge, or ${base}`,
    'end-of-life': `until the product is used up, or ${base}`,
  };
  const wait = product ? `Wait ${clock[product]}` : `Wait until ${base}`;
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
  'referral.qualified': "a friend's order is settled",
  'customer.stage-changed': 'a customer comes closer or drifts away',
  'sequence.started': 'you or another sequence begin it',
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

/** What each of the twelve ready sequences does. */
const PROMISES: Record<string, string> = {
  'thank-you': 'An hour after payment, a personal note and nothing to sell.',
  'getting-started': 'A day after delivery, care for what they bought.',
  'how-is-it-going': 'A week after delivery, one question answered by one click.',
  review: 'When each product is ready to judge, their story.',
  invite: 'After a good sign only, a code for friends.',
  'win-back': 'When the product is used up, or after 90 days.',
  'second-order': 'Two hours after their second order, thanks for coming back.',
  'late-parcel': 'After eight days without an arrival, before they have to ask.',
  'put-right': 'After an unhappy answer a person writes; five days later, is it right now?',
  'sorry-refund': 'The morning after a refund, an open ear.',
  regulars: 'With the fifth order, a card by hand.',
  'buy-again': 'When a product runs low, a hand to find it again.',
};

export function promiseOf(key: string): string {
  return PROMISES[key.replace(/-\d+$/, '')] ?? '';
}
