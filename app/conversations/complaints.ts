/**
 * What a subject makes of a matter: named as one of complaints it is a complaint, until that is taken off again. Pure.
 * A score says by itself how somebody feels; a mail, a text and a post have none, and are taken at their words.
 */
import { resolveBy, started, type Promised } from './clock.ts';
import type { Conversation } from './conversation.ts';
import { clockOf, moreUrgent, type Clock } from './matters.ts';
import type { Voice, VoiceKind } from './voice.ts';

const SCORELESS: readonly VoiceKind[] = ['mail', 'text', 'mention'];

/** Whether words that fit a complaint's subject make it one, before anybody has looked. */
export const speaksByWords = ({ kind, score }: Pick<Voice, 'kind' | 'score'>): boolean =>
  SCORELESS.includes(kind) && (score ?? null) === null;

/** By the shorter promise, counted from the same beginning. What is settled stays so. */
export function asComplaint(one: Conversation, promised: Promised): Conversation {
  const isOver = one.state === 'solved' || one.state === 'merged';
  if (isOver || (one.problem && one.clock === 'complaint')) return one;
  return counted({ ...one, problem: true }, 'complaint', promised);
}

/** Nothing names it a complaint any more. @param said everything that was said in it; a low score still makes it one */
export function asBefore(
  one: Conversation,
  said: readonly Pick<Voice, 'kind' | 'score'>[],
  promised: Promised,
): Conversation {
  const isOver = one.state === 'solved' || one.state === 'merged';
  const own = said.map(clockOf).reduce<Clock>(moreUrgent, 'praise');
  if (isOver || said.length === 0 || own === 'complaint' || one.clock !== 'complaint') return one;
  return counted({ ...one, problem: false }, own, promised);
}

function counted(one: Conversation, clock: Clock, promised: Promised): Conversation {
  const after = resolveBy({ ...one, clock }, one.openedAt, promised);
  return one.awaitingSince ? started(after, one.awaitingSince, promised) : after;
}
