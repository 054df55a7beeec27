/**
 * Which voices belong to one matter. Pure: what is found by name wins, then what is still open about the same thing by the
 * same person; everything else opens a conversation of its own.
 */
import type { ReplyChannel, Voice, VoiceKind } from './voice.ts';

/** Which promise counts for a conversation. */
export const CLOCKS = ['complaint', 'review', 'question', 'message', 'praise'] as const;
export type Clock = (typeof CLOCKS)[number];

/** Up to this score, of 5, something went wrong. */
const LOW_SCORE = 2;
/** From this score on it is praise. */
export const HIGH_SCORE = 4;

type Said = Pick<Voice, 'kind' | 'score'>;

/** What a voice asks of the shop. A bad review is a complaint: its author waits no less than somebody who writes a mail. */
export function clockOf({ kind, score }: Said): Clock {
  if (kind === 'not-arrived' || kind === 'referral-complaint') return 'complaint';
  if (typeof score === 'number' && score <= LOW_SCORE) return 'complaint';
  if (kind === 'review') return 'review';
  if (kind === 'question') return 'question';
  if (kind === 'story' || (typeof score === 'number' && score >= HIGH_SCORE)) return 'praise';
  return 'message';
}

/** The more urgent of two: a matter that becomes a complaint stays one. */
export const moreUrgent = (a: Clock, b: Clock): Clock => (CLOCKS.indexOf(a) <= CLOCKS.indexOf(b) ? a : b);

/** Everybody reads these, and reads the answer: each is a matter of its own. */
const PUBLIC: readonly VoiceKind[] = ['review', 'question', 'mention', 'story'];

/**
 * Names the matter of a voice within its shop, so that what comes later about the same finds it; null: only its thread
 * joins anything to it.
 */
export function matterOf(
  voice: Pick<Voice, 'kind' | 'source' | 'customerId' | 'orderId' | 'from' | 'channel'>,
) {
  // A post is named by its network and its id there: two people on one network are two matters.
  if (voice.kind === 'mention') return voice.source;
  if (PUBLIC.includes(voice.kind)) return `${voice.kind}:${sourceOf(voice.source)}`;
  if (voice.orderId) return `order:${voice.orderId}`;
  const person = voice.customerId ?? voice.from?.address?.trim().toLowerCase();
  return person ? `person:${voice.channel}:${person}` : null;
}

/** "answer:ID:follow-up" and "answer:ID" are about one thing. */
const sourceOf = (source: string) => source.split(':').slice(0, 2).join(':');

/** A conversation that a voice might belong to. */
export interface Candidate {
  id: string;
  state: 'open' | 'snoozed' | 'solved' | 'merged';
  matter: string | null;
  customerId: string | null;
  heardAt: Date;
  channel: ReplyChannel;
}

const DAY_MS = 86_400_000;
/** A solved matter is taken up again by what comes within so many days; later it is another one. */
const TAKEN_UP_DAYS = 14;
/** Where no order says what it is about, people mean the same thing for so long. */
const SAME_THING_DAYS = 3;

/**
 * The conversation that a voice goes on with, or null for one of its own.
 * @param named those that one of its threads leads to, the nearest first, merges followed
 * @param about those of the same matter
 */
export function joins(
  voice: Pick<Voice, 'at'>,
  matter: string | null,
  named: readonly Candidate[],
  about: readonly Candidate[],
): Candidate | null {
  // A reply goes on with its thread however old that is: the person has said what they mean.
  const thread = named.find(({ state }) => state !== 'merged');
  if (thread) return thread;
  const same = about.filter((one) => one.matter === matter && matter !== null && one.state !== 'merged');
  const alive = same.filter(({ state, heardAt }) => {
    const days = Math.abs(voice.at.getTime() - heardAt.getTime()) / DAY_MS;
    if (matter?.startsWith('person:')) return state !== 'solved' && days <= SAME_THING_DAYS;
    return state !== 'solved' || days <= TAKEN_UP_DAYS;
  });
  const rank = ({ state, heardAt }: Candidate) => (state === 'solved' ? 0 : 1e15) + heardAt.getTime();
  return alive.toSorted((a, b) => rank(b) - rank(a))[0] ?? null;
}
