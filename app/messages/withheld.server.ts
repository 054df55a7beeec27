/** Why did mails not go: what was left out, what failed and what was moved, counted by its reason. */
import type { SqlTx } from '../db.server.ts';
import { WHY } from './message-list.server.ts';

export interface Withheld {
  /** As the list behind the figure filters by it. */
  fate: 'skipped' | 'failed' | 'moved';
  /** Code of the reason and, after a colon, what tells apart reasons of that code. */
  why: string;
  count: number;
}

const WITHHELD = `
  select fate, why, count(*)::int as count from (
    select case m.state when 'skipped' then 'skipped' else 'failed' end as fate, ${WHY('m.reason')} as why
    from message m where m.shop_id = $1 and m.planned_at >= $2 and m.state in ('skipped', 'failed', 'unknown')
    union all
    select distinct on (p.message_id, ${WHY('p.reason')}) 'moved', ${WHY('p.reason')}
    from permission_answer p join message m on m.shop_id = p.shop_id and m.id = p.message_id
    where p.shop_id = $1 and p.at >= $2 and p.answer = 'later' and m.planned_at >= $2
  ) t group by fate, why order by count desc, why`;

/** See the door. A message that was moved for two reasons counts with each of them. */
export async function withheldSince(tx: SqlTx, shopId: bigint, since: Date): Promise<Withheld[]> {
  return tx.sql<Withheld>(WITHHELD, [shopId, since]);
}
