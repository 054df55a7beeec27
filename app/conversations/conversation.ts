/** A conversation and what stands in it. */
import type { Ticking } from './clock.ts';
import type { Attachment, ReplyChannel, VoiceKind } from './voice.ts';

const STATES = ['open', 'snoozed', 'solved'] as const;
export type ConversationState = (typeof STATES)[number] | 'merged';

export interface Conversation extends Ticking {
  shopId: bigint;
  id: string;
  kind: VoiceKind;
  channel: ReplyChannel;
  matter: string | null;
  mergedInto: string | null;
  customerId: string | null;
  personName: string | null;
  personAddress: string | null;
  orderId: bigint | null;
  productId: bigint | null;
  shipmentId: bigint | null;
  /** The worst that was said, 1…5 */
  score: number | null;
  subject: string | null;
  preview: string;
  language: string | null;
  link: string | null;
  problem: boolean;
  voices: number;
  heardAt: Date;
  firstRepliedAt: Date | null;
  repliedAt: Date | null;
  assignee: string | null;
  solvedBy: string | null;
  holdsUntil: Date | null;
  helpScore: number | null;
  helpAt: Date | null;
  reorderedAt: Date | null;
}

export type EntryKind = 'voice' | 'reply' | 'note' | 'happening' | 'help' | 'notice';
/** Of what leaves; null for what does not. */
export type EntryState = 'to-send' | 'sending' | 'sent' | 'by-hand' | 'refused';

/** Why something was done, or what: a code and its numbers; the sentence is made when it is shown. */
export interface EntryData {
  code?: string;
  [detail: string]: string | number | boolean | null | undefined | string[];
}

export interface Entry {
  shopId: bigint;
  id: string;
  conversationId: string;
  kind: EntryKind;
  source: string | null;
  voiceKind: VoiceKind | null;
  channel: ReplyChannel | null;
  /** staff:ID | auto; null for voices */
  author: string | null;
  name: string | null;
  address: string | null;
  subject: string | null;
  /** Plain text, as it was said: whoever shows it escapes it. */
  text: string;
  language: string | null;
  score: number | null;
  productId: bigint | null;
  link: string | null;
  attachments: Attachment[];
  at: Date;
  state: EntryState | null;
  dueAt: Date | null;
  attempts: number;
  ref: string | null;
  waitedMinutes: number | null;
  late: boolean | null;
  first: boolean | null;
  data: EntryData;
}

/** The beginning of a text on one line. */
export function previewOf(text: string, most = 160): string {
  const line = text.replace(/\s+/g, ' ').trim();
  return [...line].length <= most ? line : `${[...line].slice(0, most - 1).join('')}…`;
}
