/** A customer and their story in the shape that pages send to the browser: no bigints, no keys, no hashes. */
import type { Customer } from '../customers/customer.ts';
import type { TimelineReason, WrittenEntry } from '../customers/timeline.ts';
import type { StageStory } from '../customers/stage.ts';
import { nextInWords, stageReasonInWords } from './stageWords.ts';
import { timelineSentence } from './timelineSentence.ts';

export interface CustomerView {
  id: string;
  firstName: string | null;
  lastName: string | null;
  email: string | null;
  phone: string | null;
  place: string;
  locale: string | null;
  stage: Customer['stage'];
  stageSentence: string;
  ordersCount: number;
  totalSpent: string;
  currency: string;
  lastScore: number | null;
  createdAt: Date;
  paused: boolean;
  consent: { channel: string; state: string; source: string; at: Date }[];
}

/** @param next what is missing to the next stage; null: nothing that they could do */
export function customerView(
  customer: Customer,
  shop: { currency: string },
  next: StageStory['next'],
  now: Date,
): CustomerView {
  const { pausedUntil } = customer.preferences;
  return {
    id: customer.id,
    firstName: customer.firstName,
    lastName: customer.lastName,
    email: customer.email,
    phone: customer.phone,
    place: [customer.city, countryName(customer.country)].filter(Boolean).join(', '),
    locale: customer.locale,
    stage: customer.stage,
    stageSentence: [stageSentence(customer.stageReason), next ? nextInWords(next, shop.currency) : '']
      .join(' ')
      .trim(),
    ordersCount: customer.ordersCount,
    totalSpent: String(customer.totalSpent),
    currency: shop.currency,
    lastScore: customer.lastScore,
    createdAt: customer.firstOrderAt ?? customer.createdAt,
    paused: pausedUntil !== null && pausedUntil > now,
    consent: Object.entries(customer.consent).map(([channel, { state, source, at }]) => ({
      channel,
      state,
      source,
      at,
    })),
  };
}

/** "ES" as "Spain" */
const countryName = (code: string | null) =>
  code && (new Intl.DisplayNames('en', { type: 'region', fallback: 'code' }).of(code) ?? code);

export interface TimelineLine {
  id: string;
  at: Date;
  kind: string;
  sentence: string;
}

/** "They ordered twice." */
function stageSentence(reason: unknown): string {
  const known = reason as Partial<TimelineReason> | null;
  return known?.code
    ? `They ${stageReasonInWords(known as TimelineReason)
        .replace(/^has /, 'have ')
        .replace(/^was /, 'were ')
        .replace(/^sends /, 'send ')}.`
    : '';
}

export function timelineView(entries: readonly WrittenEntry[], zone: string): TimelineLine[] {
  return entries.map((entry) => ({
    id: entry.id,
    at: entry.at,
    kind: entry.kind,
    sentence: timelineSentence(entry, { zone }),
  }));
}
