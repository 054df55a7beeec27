/** What consent a class of message needs, by the law of where the customer lives. */
import type { MessageChannel, MessageClass } from './message.ts';

export type ConsentState =
  'subscribed' | 'unsubscribed' | 'pending' | 'not-subscribed' | 'invalid' | 'redacted';

/**
 * Months after the last order in which a customer may be asked (not advertised to) without having subscribed: the
 * "soft opt-in" of ePrivacy 13(2) and its relatives, where no time is named two years as in Canada's law.
 */
const SOFT_OPT_IN_MONTHS = 24;
/** Countries that are stricter. 0: never without consent. */
const STRICTER: Readonly<Record<string, number>> = { CN: 0, KR: 6 };

export interface ConsentFacts {
  class: MessageClass;
  channel: MessageChannel;
  state: ConsentState | null;
  country: string | null;
  lastOrderAt: Date | null;
}

/** Null when consent allows it, else why not. Service mails are part of the order and need none. */
export function consentMissing(facts: ConsentFacts, now: Date): string | null {
  if (facts.class === 'service') return null;
  const { state } = facts;
  if (state === 'subscribed') return null;
  if (state === 'unsubscribed' || state === 'redacted' || state === 'invalid') return state;
  if (facts.class === 'offer' || facts.channel === 'sms') return 'no-consent';
  return isSoftOptIn(facts, now) ? null : 'no-consent';
}

function isSoftOptIn({ country, lastOrderAt }: ConsentFacts, now: Date): boolean {
  if (!lastOrderAt) return false;
  const until = new Date(lastOrderAt);
  until.setUTCMonth(until.getUTCMonth() + (STRICTER[country ?? ''] ?? SOFT_OPT_IN_MONTHS));
  return now < until;
}
