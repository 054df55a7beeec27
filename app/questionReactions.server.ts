/** What follows from questions about products: the part of reactions.server.ts that makes them voices. */
import * as conversations from './conversations/conversations.server.ts';
import type { Voice } from './conversations/voice.ts';
import type { SqlTx } from './db.server.ts';
import type { HappenedEvent } from './events.ts';
import * as reviews from './reviews/reviews.server.ts';

/** Each question opens a conversation: the shop answers it where it stands, in public. */
export async function hearQuestions(
  tx: SqlTx,
  events: readonly Extract<HappenedEvent, { kind: 'question.asked' }>[],
  now: Date,
): Promise<void> {
  const refs = events.map(({ shopId, data }) => ({ shopId, questionId: data.questionId }));
  await hearAsked(tx, refs, now);
}

/** Heard again, what they say of whose they are is believed. */
export async function hearAsked(
  tx: SqlTx,
  refs: readonly { shopId: bigint; questionId: string }[],
  now: Date,
): Promise<void> {
  if (refs.length === 0) return;
  const said = await reviews.questionsSaid(tx, refs);
  const voices = said.map(({ id, name, text, locale, ...one }): Voice => ({
    ...one,
    kind: 'question',
    source: `question:${id}`,
    from: name === null ? null : { name, address: null },
    text: text ?? '',
    language: locale,
    channel: 'question',
  }));
  await conversations.hear(tx, voices, now);
}
