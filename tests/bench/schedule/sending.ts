/** Hand-over taken apart where the bench measures: up to the words of a mail, and from there to its record. */
import type { Db } from '../../../app/db.server.ts';
import { makeAtOnce } from '../../../app/messages/at-once.server.ts';
import { makeEar } from '../../../app/messages/hearing.server.ts';
import type { Approved } from '../../../app/messages/judge.server.ts';
import { makeContents, makeLinks, makeMergeSource } from '../../../app/messages/messages.server.ts';
import { makeRecorder, type Content } from '../../../app/messages/record.server.ts';

const KEY = Buffer.alloc(32, 7);
const APP_URL = 'https://app.example.com';
const LEASE_MS = 20_000;
const BATCH = 500;

export const links = makeLinks({ appUrl: APP_URL, key: KEY });
const facts = { hashKey: KEY, texts: false };
const DAY_MS = 86_400_000;

/** What `makeHandOverLoop` is built from. */
export const handOverDeps = (db: Db) => ({
  db,
  texts: null,
  contents: makeContents({ source: makeMergeSource({ links }), links, appUrl: APP_URL }),
  facts,
  mail: { from: 'hello@everafter.test', unsubscribeUrl: links.unsubscribe },
  leaseMs: LEASE_MS,
  batch: BATCH,
});

/** A provider that takes everything at once. */
export const instantMail = {
  name: 'instant',
  memoryMs: DAY_MS,
  perSecond: 1_000_000,
  async send(_mail: unknown, beforeCommit: () => Promise<boolean>) {
    if (!(await beforeCommit())) return { kind: 'withdrawn' as const };
    return { kind: 'accepted' as const, providerId: 'p' };
  },
  async close() {},
};

interface Prepared extends Approved {
  words: Map<string, Content | { missing: unknown }>;
}

/** What planning let through, and the batch in its hands. */
export function makeSender(db: Db) {
  const deps = handOverDeps(db);
  let departed: Approved | null = null;
  let prepared: Prepared | null = null;
  return {
    /** Asks permission while messages are planned, as a worker does that has room. */
    atOnce: makeAtOnce({
      facts,
      memoryMs: { email: DAY_MS, sms: 0 },
      // Nobody is asked: a provider of the network is not what is measured.
      ear: makeEar(null),
      leaseMs: LEASE_MS,
      batch: BATCH,
      room: () => BATCH,
      go: (approved) => void (departed = approved),
    }),
    /** Renders. @returns mails with words */
    async prepare(now: Date): Promise<number> {
      if (!departed) return 0;
      const approved = departed;
      departed = null;
      const words = await db.acrossShops((tx) => deps.contents(tx, approved.messages, now));
      prepared = { ...approved, words };
      return [...words.values()].filter((one) => 'html' in one).length;
    },
    /** Marks and records what was prepared, as hand-over does around the call of a provider. */
    async send(now: Date): Promise<number> {
      if (!prepared) return 0;
      const { claim, messages, words } = prepared;
      prepared = null;
      const recorder = makeRecorder({ db, hashKey: KEY, leaseMs: LEASE_MS }, claim, now);
      const sent = { kind: 'sent', provider: 'instant', providerId: 'p' } as const;
      await Promise.all(
        messages.map(async (one) => {
          await recorder.mark(one, words.get(one.message.id) as Content);
          await recorder.settle(one, sent);
        }),
      );
      return messages.length;
    },
  };
}
