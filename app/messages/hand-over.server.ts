/**
 * From the outbox to the provider. A round claims a batch and asks permission (judge.server.ts, committed), finds the
 * words, calls the provider with the message's id as key, and records what came of it.
 */
import type { Db, SqlTx } from '../db.server.ts';
import { makeAtOnce, type AtOnce } from './at-once.server.ts';
import { Breaker, FIRST_RETRY_MS, retryDelayMs } from './breaker.ts';
import type { Turn } from './claim.server.ts';
import type { FactsDeps, JudgedMessage } from './facts.server.ts';
import { makeEar, type Hearing } from './hearing.server.ts';
import { claimAndJudge, type Approved, type ApprovedMessage } from './judge.server.ts';
import type { MessageChannel, Reason } from './message.ts';
import { makePace, type Pace } from './pace.ts';
import { mailOf, textOf, type MailSettings } from './outgoing.ts';
import { unpacked } from './packed.server.ts';
import type { MailProvider, SendResult, TextProvider } from './provider.ts';
import { makeRecorder, type Content, type Outcome, type Recorder } from './record.server.ts';

/** Finds the words of a batch: what is to be sent, or why it cannot be said. By message id. */
export type Contents = (
  tx: SqlTx,
  messages: readonly JudgedMessage[],
  now: Date,
) => Promise<Map<string, Content | { missing: Reason }>>;

/** What hand-over needs; built by wiring. */
export interface HandOverDeps {
  db: Db;
  email: MailProvider;
  /** Null while no provider of texts is set up: nobody gets texts then. */
  texts: TextProvider | null;
  contents: Contents;
  facts: FactsDeps;
  /** How old what is known of a shop's orders is, and how to ask anew; without it nobody is asked. */
  hearing?: Hearing;
  mail: MailSettings;
  /** Longer than a provider's call may take. */
  leaseMs?: number;
  /** Messages a round. */
  batch?: number;
  /** Calls at a time. */
  concurrency?: number;
  /** Calls a second in this process, outages and their ends included; what the provider of mail takes otherwise. */
  perSecond?: number;
  /** Pause before the first retry, at most. */
  firstRetryMs?: number;
}

const DEFAULTS = {
  leaseMs: 20_000,
  batch: 100,
  concurrency: 10,
  perSecond: 50,
  firstRetryMs: FIRST_RETRY_MS,
};

interface Round {
  deps: HandOverDeps & typeof DEFAULTS;
  recorder: Recorder;
  breakers: Record<MessageChannel, Breaker>;
  pace: Pace;
  now: Date;
}

/** The way out of the outbox, in both its forms. */
export interface HandOver {
  /** The worker's loop: hands over a batch of what is due. @returns messages settled or moved; 0: nothing due */
  round: (now: Date) => Promise<number>;
  /** For whoever plans messages in this process: what may go at once is handed over in its next round. */
  atOnce: AtOnce;
}

/** The loop alone. */
export const makeHandOverLoop = (deps: HandOverDeps): HandOver['round'] => makeHandOver(deps).round;

export function makeHandOver(given: HandOverDeps): HandOver {
  const deps = { ...DEFAULTS, perSecond: given.email.perSecond ?? DEFAULTS.perSecond, ...given };
  const turn: Turn = { after: 0n };
  const breakers = { email: new Breaker(), sms: new Breaker() };
  const pace = makePace(deps.perSecond);
  const ear = makeEar(given.hearing ?? null);
  const memoryMs = { email: deps.email.memoryMs, sms: deps.texts?.memoryMs ?? 0 };
  const judging = { ...deps, memoryMs, ear };
  const handOverAll = async ({ claim, messages, startedAt }: Approved, now: Date) => {
    const recorder = makeRecorder({ ...deps, hashKey: deps.facts.hashKey }, claim, now);
    await inLanes({ deps, recorder, breakers, pace, now }, messages, startedAt);
  };
  const departed: { approved: Approved; now: Date }[] = [];
  const waiting = () => departed.reduce((sum, { approved }) => sum + approved.messages.length, 0);
  return {
    async round(now) {
      let done = 0;
      for (let left = departed.length; left > 0; left--) {
        const one = departed.shift()!;
        await handOverAll(one.approved, one.now);
        done += one.approved.messages.length;
      }
      const approved = await claimAndJudge(judging, turn, now);
      const { messages, settled, unheard } = approved;
      await Promise.all([handOverAll(approved, now), ear.ask(unheard, now)]);
      return done + settled + messages.length + unheard.size;
    },
    atOnce: makeAtOnce({
      ...judging,
      room: () => deps.batch - waiting(),
      go: (approved, now) => void departed.push({ approved, now }),
    }),
  };
}

async function inLanes(round: Round, messages: readonly ApprovedMessage[], startedAt: number): Promise<void> {
  const { deps, recorder, now } = round;
  const contents = await wordsFor(deps, messages, now);
  const queue = [...messages];
  // What has not been begun when the lease is nearly over is left to whoever comes next.
  const isFresh = () => performance.now() - startedAt < deps.leaseMs / 2;
  const lane = async () => {
    for (let one = queue.shift(); one; one = queue.shift()) {
      const outcome = isFresh() ? await handOver(round, one, contents.get(one.message.id)!) : postponed(now);
      if (outcome) await recorder.settle(one, outcome);
    }
  };
  await Promise.all(Array.from({ length: deps.concurrency }, lane));
}

/** What was said already is said again; the rest is rendered, read from the rows after the claim. */
async function wordsFor(deps: HandOverDeps, messages: readonly JudgedMessage[], now: Date) {
  const words = new Map<string, Content | { missing: Reason }>();
  const fresh: JudgedMessage[] = [];
  for (const one of messages) {
    const { id, tried_ms, locale, subject, html, text } = one.message;
    if (tried_ms !== null && text !== null) {
      words.set(id, { locale: locale ?? 'en', subject: subject ?? '', html: unpacked(html ?? ''), text });
    } else fresh.push(one);
  }
  if (fresh.length === 0) return words;
  const rendered = await deps.db.acrossShops((tx) => deps.contents(tx, fresh, now));
  for (const [id, content] of rendered) words.set(id, content);
  return words;
}

const postponed = (now: Date): Outcome => ({
  kind: 'again',
  at: now,
  reason: { code: 'busy' },
  certain: true,
});

/** Null: nothing is to be recorded, somebody else has it. */
async function handOver(
  round: Round,
  one: ApprovedMessage,
  content: Content | { missing: Reason },
): Promise<Outcome | null> {
  if ('missing' in content) return { kind: 'skipped', reason: content.missing };
  const breaker = round.breakers[one.channel];
  const pause = breaker.pause(round.now);
  if (pause > 0) return unavailable(round, one, pause);
  await round.pace();
  const result = await call(round, one, content);
  if (result.kind === 'unavailable') breaker.failed(round.now, result.retryAfterMs);
  else if (result.kind === 'uncertain') breaker.failed(round.now, null);
  else if (result.kind === 'accepted' || result.kind === 'refused') breaker.succeeded();
  return outcomeOf(round, one, result);
}

function call({ deps, recorder, now }: Round, one: ApprovedMessage, content: Content) {
  const beforeCommit = () => recorder.mark(one, content);
  if (one.channel === 'email') return deps.email.send(mailOf(one, content, deps.mail, now), beforeCommit);
  if (!deps.texts) return Promise.resolve<SendResult>({ kind: 'unavailable', retryAfterMs: 3_600_000 });
  return deps.texts.send(textOf(one, content), beforeCommit);
}

function outcomeOf(
  round: Round,
  one: ApprovedMessage,
  result: SendResult | { kind: 'withdrawn' },
): Outcome | null {
  const { deps, now } = round;
  const provider = one.channel === 'email' ? deps.email.name : (deps.texts?.name ?? 'none');
  switch (result.kind) {
    case 'accepted':
      return { kind: 'sent', provider, providerId: result.providerId };
    case 'refused':
      return {
        kind: 'failed',
        provider,
        reason: { code: 'refused', said: result.reason },
        address: result.address,
      };
    case 'unavailable':
      return unavailable(round, one, result.retryAfterMs ?? 0);
    case 'uncertain':
      return again(round, one, 'no-answer', 0);
    case 'withdrawn':
      // Cancelled, suppressed or taken over meanwhile; what is still ours is judged anew.
      return { kind: 'again', at: now, reason: { code: 'withdrawn' }, certain: true };
  }
}

/** Certainly not accepted, so that it may be tried again with nothing to fear. */
const unavailable = (round: Round, one: JudgedMessage, atLeastMs: number) =>
  again(round, one, 'provider-unavailable', atLeastMs);

function again(
  { now, deps }: Round,
  { message: { reason } }: JudgedMessage,
  code: 'provider-unavailable' | 'no-answer',
  atLeastMs: number,
): Outcome {
  const times = Number(reason['times'] ?? 0) + 1;
  const at = new Date(
    now.getTime() + retryDelayMs({ times, atLeastMs, firstMs: deps.firstRetryMs }, Math.random),
  );
  return { kind: 'again', at, reason: { code, times }, certain: code === 'provider-unavailable' };
}
