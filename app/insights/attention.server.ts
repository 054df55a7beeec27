/** What needs the merchant: each a count and the place where it is dealt with. */
import type { ShopTx } from '../db.server.ts';
import { troubledAnswers } from '../conversations/conversations.server.ts';
import { socialTroubles } from '../correspondence/correspondence.server.ts';
import { sequencesInTrouble } from '../sequences/sequences.server.ts';

export interface Attention {
  kind:
    | 'late-conversations'
    | 'unsent-answers'
    | 'waiting-answers'
    | 'accounts-locked-out'
    | 'accounts-away'
    | 'held-reviews'
    | 'held-questions'
    | 'missing-parcels'
    | 'held-referrals'
    | 'failed-rewards'
    | 'reward-differences'
    | 'poor-answers'
    | 'dead-letters'
    | 'stuck-messages'
    | 'failed-messages'
    | 'sequences-in-trouble'
    | 'failed-deeds'
    | 'sync-failed';
  count: number;
  /** Of answers: to which survey, by key. */
  survey: string | null;
  /** Of answers that did not go out: the newest of their conversations. */
  conversation?: string;
}

const COUNTS = `
  select 'late-conversations' as kind, null as survey, count(*) as count from (select 1 from conversation
    where shop_id = $1 and state = 'open' and awaiting_since is not null and reply_due_at <= $4 limit 1000) late
  union all select 'held-reviews', null, count(*) from (select 1 from review
    where shop_id = $1 and due_at is not null and state = 'held' limit 1000) held
  union all select 'held-questions', null, count(*) from (select 1 from product_question
    where shop_id = $1 and due_at is not null and state = 'held'
    union all select 1 from question_answer where shop_id = $1 and due_at is not null and state = 'held' limit 1000) held
  union all select 'missing-parcels', null, count(*) from problem where shop_id = $1 and state = 'open'
  union all select 'held-referrals', null, count(*) from referral where shop_id = $1 and state = 'held' and due_at is null
  union all select 'failed-rewards', null, count(*) from reward where shop_id = $1 and
    (state = 'held' and due_at is null and reason ? 'code' or state in ('held', 'issuing') and attempts > 3)
  union all select 'reward-differences', null, count(*) from reward_difference where shop_id = $1 and state = 'open'
  union all select 'poor-answers', s.key, count(*) from answer a join survey s on s.shop_id = a.shop_id and s.id = a.survey_id
    where a.shop_id = $1 and a.at > $2 and a.score <= 2 and a.comment is not null
      and not exists (select from orders o where o.shop_id = a.shop_id and o.id = a.order_id and o.test) group by s.key
  union all select 'dead-letters', null, count(*) from webhook_inbox where shop_id = $1 and state = 2
  union all select 'stuck-messages', null, count(*) from message where shop_id = $1 and planned_at > $2 and due_at <= $3
    and state = 'waiting' and reason ->> 'code' in ('provider-unavailable', 'no-answer') and (reason ->> 'times')::int >= 3
  union all select 'failed-messages', null, count(*) from message where shop_id = $1 and planned_at > $2 and state in ('failed', 'unknown')
  union all select 'failed-deeds', null, count(*) from deed where shop_id = $1 and state = 'failed' and at > $2
  union all select 'sync-failed', null, count(*) from sync_run where shop_id = $1 and state = 'failed'`;

/** No pause between two tries is longer. */
const LONGEST_PAUSE_MS = 60 * 60 * 1000;

/** @param since how far back answers and messages count */
export async function attentionOf(tx: ShopTx, since: Date, now: Date): Promise<Attention[]> {
  const soon = new Date(now.getTime() + LONGEST_PAUSE_MS);
  const rows = await tx.sql<Omit<Attention, 'count'> & { count: bigint }>(COUNTS, [
    tx.shopId,
    since,
    soon,
    now,
  ]);
  const counted = rows.map((row) => ({ ...row, count: Number(row.count) }));
  const answers = (await troubledAnswers(tx, since)).map(({ kind, count, newest }): Attention => {
    const said = kind === 'unsent' ? 'unsent-answers' : 'waiting-answers';
    return { kind: said, count, survey: null, conversation: newest };
  });
  const { lockedOut, away } = await socialTroubles(tx);
  const accounts: Attention[] = [
    { kind: 'accounts-locked-out', count: lockedOut, survey: null },
    { kind: 'accounts-away', count: away, survey: null },
  ];
  const inTrouble = await sequencesInTrouble(tx, now);
  return [
    ...answers,
    ...accounts,
    ...counted,
    { kind: 'sequences-in-trouble' as const, survey: null, count: inTrouble },
  ].filter(({ count }) => count > 0);
}
