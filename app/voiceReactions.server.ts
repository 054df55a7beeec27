/** What customers say is heard: the part of reactions.server.ts that turns what happened into voices. */
import * as conversations from './conversations/conversations.server.ts';
import type { Voice } from './conversations/voice.ts';
import type { SqlTx } from './db.server.ts';
import type { EventKind, HappenedEvent } from './events.ts';
import * as feedback from './feedback/feedback.server.ts';
import * as reviews from './reviews/reviews.server.ts';
import * as stories from './stories/stories.server.ts';

type Of<Kind extends EventKind> = Extract<HappenedEvent, { kind: Kind }>;

/** Answers with words of their own, or a low score. */
async function hearAnswers(
  tx: SqlTx,
  events: readonly Of<'answer.given' | 'answer.verified' | 'answer.commented'>[],
  now: Date,
): Promise<void> {
  const refs = events.map(({ shopId, data }) => ({ shopId, answerId: data.answerId }));
  const said = await feedback.answersSaid(tx, refs);
  const voices = said.map(({ id, comment, locale, ...one }): Voice => ({
    ...one,
    kind: 'answer',
    source: `answer:${id}`,
    from: null,
    text: comment ?? '',
    language: locale,
    channel: one.customerId ? 'mail' : 'none',
  }));
  await conversations.hear(tx, voices, now);
}

/** Reviews, all of them: each gets at least a thank-you, in public where it stands. */
async function hearReviews(tx: SqlTx, events: readonly Of<'review.written'>[], now: Date): Promise<void> {
  const refs = events.map(({ shopId, data }) => ({ shopId, reviewId: data.reviewId }));
  const said = await reviews.reviewsSaid(tx, refs);
  const voices = said.map(({ id, stars, text, locale, ...one }): Voice => ({
    ...one,
    kind: 'review',
    source: `review:${id}`,
    from: null,
    score: stars,
    text: text ?? '',
    language: locale,
    channel: 'review',
  }));
  await conversations.hear(tx, voices, now);
}

/** Stories, also those without a word: each gets at least a thank-you. */
async function hearStories(tx: SqlTx, events: readonly Of<'story.sent'>[], now: Date): Promise<void> {
  const refs = events.map(({ shopId, data }) => ({ shopId, storyId: data.storyId }));
  const said = await stories.storiesSaid(tx, refs);
  const voices = said.map(({ id, title, locale, ...one }): Voice => ({
    ...one,
    kind: 'story',
    source: `story:${id}`,
    from: null,
    subject: title,
    language: locale,
    channel: 'mail',
  }));
  await conversations.hear(tx, voices, now);
}

/** A story that was taken back is gone from the inbox as well. */
async function forgetStories(tx: SqlTx, events: readonly Of<'story.withdrawn'>[], now: Date): Promise<void> {
  const taken = events.map(({ shopId, data }) => ({ shopId, source: `story:${data.storyId}` }));
  await conversations.takeBack(tx, taken, now);
}

/** "It has not arrived": a person answers, while the page of parcels says what is known of it. */
async function hearMissing(tx: SqlTx, events: readonly Of<'shipment.missing'>[], now: Date): Promise<void> {
  const voices = events.map(({ shopId, customerId, orderId, at, data }): Voice => ({
    shopId,
    kind: 'not-arrived',
    source: `not-arrived:${data.shipmentId}:${at.toISOString()}`,
    customerId: customerId ?? null,
    from: null,
    orderId: orderId ?? null,
    shipmentId: BigInt(data.shipmentId),
    text: '',
    at,
    channel: 'mail',
  }));
  await conversations.hear(tx, voices, now);
}

/** It has come after all: nobody has to look for it any more. */
async function settleArrived(
  tx: SqlTx,
  events: readonly Of<'shipment.delivered'>[],
  now: Date,
): Promise<void> {
  const found = events.filter(({ data }) => data.after !== undefined);
  const parcels = found.map(({ shopId, data }) => ({ shopId, shipmentId: BigInt(data.shipmentId) }));
  await conversations.settleParcels(tx, parcels, now);
}

/** Whether people come back after a matter was settled. */
async function noteReorders(tx: SqlTx, events: readonly Of<'order.paid'>[]): Promise<void> {
  await conversations.noteReorders(
    tx,
    events.flatMap(({ shopId, customerId, at }) => (customerId ? [{ shopId, customerId, at }] : [])),
  );
}

interface VoiceLink {
  kind: EventKind;
  then(tx: SqlTx, events: HappenedEvent[], now: Date): Promise<unknown>;
}

const on = <Kind extends EventKind>(
  kind: Kind,
  then: (tx: SqlTx, events: Of<Kind>[], now: Date) => Promise<unknown>,
): VoiceLink => ({ kind, then }) as unknown as VoiceLink;

/** Links of reactions.server.ts, in this order within a batch. */
export const VOICES: readonly VoiceLink[] = [
  on('answer.given', hearAnswers),
  on('answer.verified', hearAnswers),
  on('answer.commented', hearAnswers),
  on('review.written', hearReviews),
  on('story.sent', hearStories),
  on('story.withdrawn', forgetStories),
  on('shipment.missing', hearMissing),
  on('shipment.delivered', settleArrived),
  on('order.paid', noteReorders),
];
