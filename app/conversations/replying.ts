/** What may be answered, and how long it may be. Pure. */
import type { Conversation } from './conversation.ts';
import type { ReplyChannel } from './voice.ts';

/** Characters that an answer may have, by channel. */
const REPLY_MAX: Readonly<Record<ReplyChannel, number>> = {
  mail: 20_000,
  text: 1_000,
  review: 5_000,
  question: 5_000,
  social: 2_000,
  none: 20_000,
};

export type ReplyProblem =
  | 'empty'
  | 'too-long'
  /** The customer has been erased, and with them every address. */
  | 'erased'
  /** Nobody knows where it would go. */
  | 'no-address'
  /** Somebody else has answered since this was read. */
  | 'answered-meanwhile'
  | 'merged';

interface Answerable {
  conversation: Pick<Conversation, 'state' | 'channel' | 'customerId' | 'repliedAt'>;
  text: string;
  /** Where it would go; null: nowhere. */
  address: string | null;
  isErased: boolean;
  /** When the newest answer was given that its writer has seen; undefined: they do not mind. */
  seenReplyAt?: Date | null;
}

/** Channels that need an address to answer to; a review is answered where it stands. */
const ADDRESSED: readonly ReplyChannel[] = ['mail', 'text'];

/** Why this answer cannot be given; null when it can. */
export function replyProblem({
  conversation,
  text,
  address,
  isErased,
  seenReplyAt,
}: Answerable): ReplyProblem | null {
  if (text.trim() === '') return 'empty';
  if ([...text].length > REPLY_MAX[conversation.channel]) return 'too-long';
  if (conversation.state === 'merged') return 'merged';
  if (isErased) return 'erased';
  if (ADDRESSED.includes(conversation.channel) && !address) return 'no-address';
  if (seenReplyAt !== undefined && isNewer(conversation.repliedAt, seenReplyAt)) return 'answered-meanwhile';
  return null;
}

const isNewer = (at: Date | null, seen: Date | null) =>
  at !== null && (seen === null || at.getTime() > seen.getTime());
