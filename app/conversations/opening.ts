/** What a voice makes of a conversation: of none, of one that waits, of one that was settled. Pure. */
import { dated, resolveBy, started, type Promised, type Ticking } from './clock.ts';
import { previewOf, type Conversation } from './conversation.ts';
import { clockOf, moreUrgent } from './matters.ts';
import type { Voice } from './voice.ts';

/** A conversation of its own. An automatic answer to nothing of ours is kept, and asks nothing of anybody. */
export function opened(voice: Voice, matter: string | null, promised: Promised, id: string): Conversation {
  const blank: Conversation = {
    ...NOTHING_YET,
    shopId: voice.shopId,
    id,
    kind: voice.kind,
    clock: clockOf(voice),
    channel: voice.channel,
    state: voice.isAutomatic ? 'solved' : 'open',
    matter,
    subject: voice.subject?.slice(0, 300) ?? null,
    openedAt: voice.at,
    heardAt: voice.at,
    solvedAt: voice.isAutomatic ? voice.at : null,
    solvedBy: voice.isAutomatic ? 'auto' : null,
  };
  const conversation = withVoice(blank, voice);
  if (voice.isAutomatic) return { ...conversation, problem: false };
  return started(resolveBy(conversation, voice.at, promised), voice.at, promised);
}

/** What comes later: it opens what was solved, wakes what slept, and starts the clock unless somebody waits already. */
export function wentOn(before: Conversation, voice: Voice, promised: Promised): Conversation {
  if (voice.isAutomatic) return before;
  const isSettled = before.state === 'solved';
  const reopened: Conversation = isSettled
    ? { ...before, state: 'open', openedAt: voice.at, solvedAt: null, solvedBy: null, ...NOT_ASKED }
    : { ...before, state: before.state === 'snoozed' ? 'open' : before.state, snoozedUntil: null };
  const told = withVoice(reopened, voice);
  const current = isSettled ? resolveBy(told, voice.at, promised) : told;
  // Who waits already has waited since then; a message that has become a complaint counts by the shorter promise.
  const conversation = started(current, current.awaitingSince ?? voice.at, promised);
  const isSame = before.awaitingSince !== null && before.clock === conversation.clock;
  return isSame ? dated({ ...conversation, ...toldOf(before) }, promised) : conversation;
}

const NOT_ASKED = { holdsUntil: null, helpDueAt: null, helpAskedAt: null };

const toldOf = ({ warnedAt, breachedAt, escalated }: Conversation) => ({ warnedAt, breachedAt, escalated });

function withVoice(one: Conversation, voice: Voice): Conversation {
  const score = voice.score ?? null;
  const clock = moreUrgent(one.clock, clockOf(voice));
  return {
    ...one,
    clock,
    problem: one.problem || clock === 'complaint',
    channel: voice.channel === 'none' ? one.channel : voice.channel,
    customerId: one.customerId ?? voice.customerId,
    personName: voice.from?.name?.slice(0, 200) ?? one.personName,
    personAddress: voice.from?.address?.slice(0, 320) ?? one.personAddress,
    orderId: one.orderId ?? voice.orderId ?? null,
    productId: one.productId ?? voice.productId ?? null,
    shipmentId: one.shipmentId ?? voice.shipmentId ?? null,
    score: score === null ? one.score : Math.min(score, one.score ?? score),
    preview: previewOf(voice.text) || broughtAlong(voice) || one.preview,
    language: voice.language ?? one.language,
    link: voice.link ?? one.link,
    voices: one.voices + 1,
    heardAt: voice.at > one.heardAt ? voice.at : one.heardAt,
  };
}

/** What a voice without words is known by. */
const broughtAlong = ({ attachments }: Voice): string =>
  previewOf((attachments ?? []).map(({ name }) => name).join(', '));

const NOT_TICKING: Omit<Ticking, 'state' | 'clock' | 'openedAt'> = {
  awaitingSince: null,
  replyDueAt: null,
  resolutionDueAt: null,
  warnedAt: null,
  breachedAt: null,
  overdueAt: null,
  escalated: 0,
  snoozedUntil: null,
  solvedAt: null,
  helpDueAt: null,
  helpAskedAt: null,
  dueAt: null,
};

const NOTHING_YET = {
  ...NOT_TICKING,
  mergedInto: null,
  customerId: null,
  personName: null,
  personAddress: null,
  orderId: null,
  productId: null,
  shipmentId: null,
  score: null,
  preview: '',
  language: null,
  link: null,
  problem: false,
  voices: 0,
  firstRepliedAt: null,
  repliedAt: null,
  assignee: null,
  solvedBy: null,
  holdsUntil: null,
  helpScore: null,
  helpAt: null,
  reorderedAt: null,
};
