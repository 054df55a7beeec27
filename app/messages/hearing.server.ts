/**
 * Before anything is handed over because of a shop's orders, Shopify is asked what has become of them, unless that was
 * heard a moment ago: the webhook of a cancellation may be lost. One question a shop, however many mails are due.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import type { SqlTx } from '../db.server.ts';
import { errorFields, log } from '../log.server.ts';
import type { JudgedMessage } from './facts.server.ts';
import { ASK_AGAIN_MS, heldForSilence } from './hearing.ts';
import type { Verdict } from './verdict.ts';

/** What the neighbour that knows the orders can tell and ask; handed in by wiring. */
export interface Hearing {
  /** Of these shops, those that were heard of too long ago. */
  outdated(tx: SqlTx, shopIds: readonly bigint[], now: Date): Promise<Set<bigint>>;
  /** Asks, and works in what it hears. Throws when there is no answer. */
  ask(shopId: bigint, now: Date): Promise<void>;
}

type Judged = JudgedMessage & { verdict: Verdict };

export interface Ear {
  /** `unheard`: shops to ask first. What would go to their customers is left as it is, for the round after. */
  sift(
    tx: SqlTx,
    judged: readonly Judged[],
    now: Date,
  ): Promise<{ judged: Judged[]; unheard: ReadonlySet<bigint> }>;
  /** Comes back soon, with or without answers. */
  ask(shopIds: ReadonlySet<bigint>, now: Date): Promise<void>;
}

/** So long other shops' mails wait for one shop's answer, in real time; it is still heard when it comes later. */
const PATIENCE_MS = 5000;

/** One a loop: it remembers who gave no answer, so that each of a thousand mails does not wait for it anew. */
export function makeEar(hearing: Hearing | null, patienceMs = PATIENCE_MS): Ear {
  const silentUntil = new Map<bigint, number>();
  const asking = new Map<bigint, Promise<void>>();

  const isSilent = (shopId: bigint, now: Date) => (silentUntil.get(shopId) ?? 0) > now.getTime();

  async function answerOf(of: Hearing, shopId: bigint, now: Date): Promise<void> {
    // Until it has answered.
    silentUntil.set(shopId, now.getTime() + ASK_AGAIN_MS);
    try {
      await of.ask(shopId, now);
      silentUntil.delete(shopId);
    } catch (error) {
      log.warn('nothing was heard of the orders before a mail', { shopId, ...errorFields(error) });
    } finally {
      asking.delete(shopId);
    }
  }

  return {
    async sift(tx, judged, now) {
      const going = judged.filter(isFirstTry);
      if (!hearing || going.length === 0) return { judged: [...judged], unheard: new Set() };
      const shops = [...new Set(going.map(({ message }) => message.shop_id))];
      const outdated = await hearing.outdated(tx, shops, now);
      const unheard = new Set([...outdated].filter((shopId) => !isSilent(shopId, now)));
      const waiting = new Set(
        going.filter(({ message }) => unheard.has(message.shop_id)).map(({ message }) => message.customer_id),
      );
      const left = judged.filter(({ message }) => !waiting.has(message.customer_id));
      return {
        judged: left.map((one) => (outdated.has(one.message.shop_id) ? held(one, now) : one)),
        unheard,
      };
    },
    async ask(shopIds, now) {
      if (!hearing) return;
      for (const shopId of shopIds) {
        if (!asking.has(shopId)) asking.set(shopId, answerOf(hearing, shopId, now));
      }
      const answers = Promise.all([...shopIds].flatMap((shopId) => asking.get(shopId) ?? []));
      await Promise.race([answers, sleep(patienceMs, undefined, { ref: false })]);
    },
  };
}

/** What a provider has been called for already goes on as it was begun. */
const isFirstTry = ({ verdict, message }: Judged) =>
  verdict.kind === 'hand-over' && message.tried_ms === null;

function held(one: Judged, now: Date): Judged {
  const hold = isFirstTry(one) ? heldForSilence(one.message.reason, now) : null;
  return hold ? { ...one, verdict: { kind: 'later', ...hold } } : one;
}
