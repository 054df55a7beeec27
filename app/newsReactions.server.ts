/** What advocates are told by mail while friends come: the part of reactions.server.ts about their news. */
import type { SqlTx } from './db.server.ts';
import type { EventKind, HappenedEvent } from './events.ts';
import * as messages from './messages/messages.server.ts';
import type { News } from './referrals/news.ts';
import * as referrals from './referrals/referrals.server.ts';
import { givenSchema, KEPT_HERE } from './rewards/reward.ts';
import { givenText } from './rewards/words.ts';

type Told = Extract<
  HappenedEvent,
  {
    kind:
      | 'referral.made'
      | 'referral.held'
      | 'referral.qualified'
      | 'referral.reduced'
      | 'referral.refused'
      | 'referral.voided';
  }
>;

const WORDS: referrals.RewardWords = {
  say: (given, ...wishes) => givenText(givenSchema.parse(given), ...wishes),
  comesAlone: ({ kind }) => !KEPT_HERE.includes(kind),
};

const refsOf = (events: readonly Told[]) =>
  events.map(({ shopId, data }) => ({ shopId, referralId: data.referralId }));

/** First what is no longer so is taken out of the outbox, then what is new goes in. */
const tell =
  (news: News, ends: Parameters<typeof referrals.newsOver>[2] | null) =>
  async (tx: SqlTx, events: Told[], now: Date): Promise<void> => {
    const refs = refsOf(events);
    if (ends) {
      const over = await referrals.newsOver(tx, refs, ends);
      await messages.cancelMessages(tx, over, { code: 'referral-moved' }, now);
    }
    const heard = refs.map((ref) => ({ ...ref, news }));
    await messages.planMessages(tx, await referrals.newsMails(tx, heard, WORDS, now), now);
  };

interface NewsLink {
  kinds: readonly EventKind[];
  then(tx: SqlTx, events: never[], now: Date): Promise<void>;
}

/** Links of the reactions, behind those that give and take what friends' orders earn. */
export const NEWS_TOLD: readonly NewsLink[] = [
  { kinds: ['referral.made'], then: tell('ordered', 'made') },
  { kinds: ['referral.held'], then: tell('held', null) },
  { kinds: ['referral.qualified'], then: tell('counts', 'qualified') },
  { kinds: ['referral.reduced'], then: tell('less', null) },
  { kinds: ['referral.refused', 'referral.voided'], then: tell('lost', 'ended') },
];
