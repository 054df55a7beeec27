/** Whether the books say what the rewards say. They do, unless somebody has written past the doors. */
import type { SqlTx } from '../db.server.ts';

export interface Disagreement {
  rewardId: string;
  /** promised | issued | used | breakage */
  account: string;
  currency: string;
  /** Minor units: what the reward's state says, and what its entries sum to. */
  expected: bigint;
  booked: bigint;
}

/** What has to stand in the accounts of each reward, by its state. */
const EXPECTED = `
  select r.shop_id, r.id, r.currency, way.account, way.amount from reward r cross join lateral (values
    ('promised', case when r.state in ('held', 'issuing') then r.amount else 0 end),
    ('issued', case when r.state = 'issued' then r.amount - r.used else 0 end),
    ('used', r.used),
    ('breakage', case when r.state = 'expired' then r.amount - r.used else 0 end)) way(account, amount)
  where r.shop_id = $1`;

const DISAGREEMENTS = `
  with booked as (
    select reward_id, split_part(account, ':', 1) as account, currency, sum(amount) as amount
    from ledger_entry where shop_id = $1 and reward_id is not null
      and (account = 'breakage' or account ~ '^(promised|issued|used):') group by 1, 2, 3)
  select e.id as "rewardId", e.account, e.currency, e.amount::bigint as expected, coalesce(b.amount, 0)::bigint as booked
  from (${EXPECTED}) e left join booked b on b.reward_id = e.id and b.account = e.account and b.currency = e.currency
  where e.amount <> coalesce(b.amount, 0) order by e.id, e.account limit 100`;

/** Rewards whose entries are not what their state says; at most a hundred. */
export async function disagreements(tx: SqlTx, shopId: bigint): Promise<Disagreement[]> {
  return tx.sql<Disagreement>(DISAGREEMENTS, [shopId]);
}

const REMAINDERS = `
  select currency, sum(amount)::bigint as amount from ledger_entry where shop_id = $1
  group by currency having sum(amount) <> 0 order by currency`;

/** What is left over of all accounts together: nothing, or the books are broken. */
export async function remainders(tx: SqlTx, shopId: bigint): Promise<{ currency: string; amount: bigint }[]> {
  return tx.sql<{ currency: string; amount: bigint }>(REMAINDERS, [shopId]);
}
