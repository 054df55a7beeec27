/** What becomes of a claimed message: permission, and what a crash or a silent provider has left behind. */
import type { MessageClass, Reason } from './message.ts';
import { permission, type PermissionFacts } from './permission.ts';

export interface Standing {
  class: MessageClass;
  /** Milliseconds since a provider was first called with its id; null: never, or it certainly said no. */
  triedMs: number | null;
  /** How long that provider remembers an id. */
  memoryMs: number;
  /** Claims before this one. */
  attempts: number;
  reason: Reason;
}

export type Verdict =
  /** `again`: it may have arrived before; the provider may not notice, so this happens once only. */
  | { kind: 'hand-over'; again: boolean }
  | { kind: 'later'; until: Date; reason: Reason }
  | { kind: 'skip'; reason: Reason }
  | { kind: 'fail'; reason: Reason }
  | { kind: 'unknown'; reason: Reason };

/** A message that takes its process down with it each time is not tried for ever. */
const MOST_ATTEMPTS = 20;
/** Left of the provider's memory when it is no longer relied upon. */
const MARGIN_MS = 60_000;
/** Names in `reason` that a service message was sent a second time without knowing of the first. */
export const SENT_AGAIN = 'sent-again';

/**
 * A message that a provider may have accepted already goes out again only where the provider would notice, or, for
 * service messages, once: rather twice than not at all. Asks and offers: rather not at all than twice.
 */
export function verdict(standing: Standing, facts: PermissionFacts, now: Date): Verdict {
  const tried = standing.triedMs !== null;
  const answer = permission(facts, now);
  if (answer.answer === 'never') {
    return tried
      ? { kind: 'unknown', reason: { code: 'unknown', because: answer.reason.code } }
      : { kind: 'skip', reason: answer.reason };
  }
  if (standing.attempts >= MOST_ATTEMPTS) {
    const code = 'too-many-attempts';
    return tried ? { kind: 'unknown', reason: { code } } : { kind: 'fail', reason: { code } };
  }
  if (answer.answer === 'later') return { kind: 'later', until: answer.until, reason: answer.reason };
  const remembered = tried && standing.triedMs! < standing.memoryMs - MARGIN_MS;
  if (!tried || remembered) return { kind: 'hand-over', again: false };
  if (standing.class === 'service' && standing.reason.code !== SENT_AGAIN)
    return { kind: 'hand-over', again: true };
  return { kind: 'unknown', reason: { code: 'unknown', because: 'no-answer' } };
}
