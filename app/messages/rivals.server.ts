/**
 * Messages that compete for the same slot of one customer's budget. Whoever is judged takes with them all that waits
 * for that customer, moved or due: the slot goes to the higher priority, then to the older, in whatever order and by
 * whichever worker they were claimed.
 */
import type { SqlTx } from '../db.server.ts';
import { CLAIMED, type ClaimedMessage } from './claim.server.ts';
import { byRank, type Ranked } from './rank.ts';

/** Reasons for which permission moves a message; what waits for another reason does not compete. */
const MOVED = ['paused', 'open-problem', 'budget', 'gap', 'day', 'night', 'chosen-hour'];

const RIVALS = `
  select m.shop_id, m.id, m.customer_id, m.priority::int, m.planned_at
  from (select distinct * from unnest($1::bigint[], $2::uuid[]) as u(shop_id, customer_id)) t
  cross join lateral (
    select * from message o where o.shop_id = t.shop_id and o.customer_id = t.customer_id and o.due_at is not null
      and o.state = 'waiting' and o.class <> 'service' and (o.due_at <= $3 or o.reason ->> 'code' = any($4::text[]))
      and o.id <> all($5::uuid[])) m`;

const HOLD = `
  select ${CLAIMED} from message
  where (shop_id, id) in (select * from unnest($1::bigint[], $2::uuid[])) and state = 'waiting' and due_at is not null
  for update skip locked`;

interface RivalRow {
  shop_id: bigint;
  id: string;
  customer_id: string;
  priority: number;
  planned_at: Date;
}

export interface Competition {
  /** What was claimed, without what has to let another message go first that somebody else holds at this moment. */
  claimed: ClaimedMessage[];
  /** What waits for the same customers, locked; left as it is unless it may go. */
  rivals: ClaimedMessage[];
}

/** Of a claimed batch; one look at an index where nobody competes. */
export async function compete(
  tx: SqlTx,
  claimed: readonly ClaimedMessage[],
  now: Date,
): Promise<Competition> {
  const asking = claimed.filter((one) => one.class !== 'service');
  if (asking.length === 0) return { claimed: [...claimed], rivals: [] };
  const found = await tx.sql<RivalRow>(RIVALS, [
    asking.map((one) => one.shop_id),
    asking.map((one) => one.customer_id),
    now,
    MOVED,
    claimed.map((one) => one.id),
  ]);
  if (found.length === 0) return { claimed: [...claimed], rivals: [] };
  const rivals = await tx.sql<ClaimedMessage>(HOLD, [
    found.map((one) => one.shop_id),
    found.map((one) => one.id),
  ]);
  const held = new Set(rivals.map(({ id }) => id));
  const elsewhere = Map.groupBy(
    found.filter(({ id }) => !held.has(id)),
    (one) => one.customer_id,
  );
  const isFirst = (one: ClaimedMessage) =>
    one.class === 'service' ||
    one.tried_ms !== null ||
    !elsewhere.get(one.customer_id)?.some((rival) => byRank(rankOf(rival), rankOf(one)) < 0);
  return { claimed: claimed.filter(isFirst), rivals: rivals.filter(isFirst) };
}

/**
 * By state, not by due moment: the partial indexes of what is due are full of dead entries while somebody holds a
 * snapshot, and a plan that joins over them reads all of those for every batch.
 */
const WAITED_FOR = `
  select distinct t.shop_id, t.customer_id from unnest($1::bigint[], $2::uuid[]) as t(shop_id, customer_id)
  where exists (select 1 from message m where m.shop_id = t.shop_id and m.customer_id = t.customer_id
    and m.state in ('waiting', 'handing-over') and m.class <> 'service')`;

/** Of messages that are not in the outbox yet: those that go past nothing that waits or is just going. */
export async function withoutRivals(
  tx: SqlTx,
  messages: readonly ClaimedMessage[],
): Promise<ClaimedMessage[]> {
  const asking = messages.filter((one) => one.class !== 'service');
  if (asking.length === 0) return [...messages];
  const rows = await tx.sql<Pick<RivalRow, 'shop_id' | 'customer_id'>>(WAITED_FOR, [
    asking.map((one) => one.shop_id),
    asking.map((one) => one.customer_id),
  ]);
  const waited = new Set(rows.map((row) => `${row.shop_id} ${row.customer_id}`));
  return messages.filter(
    (one) => one.class === 'service' || !waited.has(`${one.shop_id} ${one.customer_id}`),
  );
}

/** As {@link byRank} compares them. */
export const rankOf = (row: Pick<RivalRow, 'priority' | 'planned_at' | 'id'>): Ranked => ({
  priority: row.priority,
  plannedAt: row.planned_at,
  id: row.id,
});
