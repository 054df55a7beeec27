/** Why something was done or not done, in words for staff. Codes and their numbers are stored; words are made here. */
import type { TimelineReason } from '../customers/timeline.ts';
import { explain } from '../sequences/explain.ts';
import { placeOf } from './format.ts';

/** Reasons of permission, of rendering and of providers. */
const MESSAGE_REASONS: Record<string, (reason: TimelineReason) => string> = {
  uninstalled: () => 'the app was removed',
  erased: () => 'the customer was erased',
  'said-by-sequence': ({ sequence }) => `your sequence “${String(sequence)}” says it instead`,
  'referral-moved': () => 'the friend’s order has gone on since',
  'reward-over': () => 'the reward was used, taken back or ran out',
  'too-late': () => 'its moment has passed',
  'order-cancelled': () => 'the order was cancelled',
  'order-refunded': () => 'the order was refunded',
  'order-returned': () => 'the order came back',
  'order-deleted': () => 'the order was deleted',
  suppressed: ({ because }) =>
    because === 'bounced'
      ? 'their address does not work'
      : because === 'complained'
        ? 'they marked a mail as spam'
        : 'they unsubscribed',
  'no-address': () => 'there is no address to write to',
  'no-consent': () => 'they have not agreed to such mails',
  'no-soft-opt-in': () => 'the law of their country wants their consent first',
  'order-news-only': () => 'they want nothing but order news',
  paused: () => 'they asked for a pause',
  'shopify-silent': () => 'Shopify did not say how their order stands',
  'open-problem': ({ problem }) =>
    problem === 'return'
      ? 'they are sending something back'
      : problem === 'delivery'
        ? 'a parcel of theirs did not arrive'
        : problem === 'not-arrived'
          ? 'a parcel of theirs has not arrived yet'
          : problem === 'dispute'
            ? 'their bank has asked for the money of an order back'
            : problem === 'complaint'
              ? 'they have a complaint that is not settled, or only just was'
              : problem === 'product-alarm'
                ? 'too many have complained about the product'
                : 'something is not solved yet',
  night: ({ zone }) => (zone ? `it was night in ${placeOf(String(zone))}` : 'it was night where they live'),
  day: () => 'nothing is asked on that day of the week',
  'chosen-hour': () => 'they chose another hour of the day',
  gap: () => 'the last one was sent only a little while ago',
  budget: ({ channel }) =>
    channel === 'email'
      ? 'they had got enough mails from you that week'
      : channel === 'sms'
        ? 'they had got enough texts from you that week'
        : 'they had heard enough from you that week',
  'no-template': () => 'there is no text for it',
  'missing-field': ({ field }) => `the text needs ${String(field)}, which is not known`,
  unknown: () => 'the provider did not say whether it arrived',
  refused: () => 'the mail server refused it',
  'provider-unavailable': () => 'the mail server does not answer, it is tried again',
  'no-answer': () => 'the mail server broke off, it is tried again',
};

/** "night in Madrid", "they unsubscribed" */
export function reasonInWords(reason: TimelineReason): string {
  const known = MESSAGE_REASONS[reason.code];
  return known ? known(reason) : explain(reason as Parameters<typeof explain>[0], 'en');
}

/** The same of a reason in one word, as reports count by it: "suppressed:bounced" */
export function whyInWords(why: string): string {
  const [code = '', detail] = why.split(':');
  if (detail === undefined) return reasonInWords({ code });
  return reasonInWords({ code, because: detail, problem: detail, field: detail, channel: detail });
}
