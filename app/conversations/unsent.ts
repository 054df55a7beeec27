/** What an answer that has not gone out means for its conversation: whoever was to get it still waits. Pure. */
import { resolveBy, started, type Promised } from './clock.ts';
import type { Conversation } from './conversation.ts';

/**
 * The conversation without that answer: open, and its clock runs from what the customer said last, as if nobody had
 * answered. One that was answered again since, or waits already, stays as it is.
 * @param reply when it was given, and whether it was the first
 */
export function unanswered(
  one: Conversation,
  reply: { at: Date; first: boolean | null },
  promised: Promised,
): Conversation {
  const isOver = one.state === 'merged' || one.awaitingSince !== null;
  if (isOver || (one.repliedAt !== null && one.repliedAt > reply.at)) return one;
  const open: Conversation = {
    ...one,
    ...(reply.first ? { firstRepliedAt: null } : {}),
    ...(one.state === 'solved'
      ? { state: 'open' as const, solvedAt: null, solvedBy: null, holdsUntil: null, helpDueAt: null }
      : {}),
  };
  return started(resolveBy(open, one.openedAt, promised), one.heardAt, promised);
}
