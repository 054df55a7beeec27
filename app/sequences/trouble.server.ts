/** What sequences go by and nobody can tell: segments that are gone, dates that may not be read. */
import type { ShopTx } from '../db.server.ts';
import { troubleOf } from './audience.ts';
import { listeningIn } from './heard.server.ts';
import { unansweredAt, type Audience, type Unanswered } from './wishes.ts';

const UNANSWERED = `
  select kind, ref, trouble, coalesce(trouble_at, due_at) as since from audience_watch
  where shop_id = $1 and trouble is not null order by kind, ref`;

/** See the door. */
export async function unanswered(tx: ShopTx, now: Date): Promise<Unanswered[]> {
  const rows = await tx.sql<Audience & { trouble: string; since: Date }>(UNANSWERED, [tx.shopId]);
  return rows.flatMap(({ kind, ref, trouble, since }) => {
    const why = troubleOf(trouble, since, now);
    return why ? [{ kind, ref, why, since }] : [];
  });
}

/** See the door. */
export async function sequencesInTrouble(tx: ShopTx, now: Date): Promise<number> {
  const told = await unanswered(tx, now);
  if (told.length === 0) return 0;
  const listening = await listeningIn(tx, [tx.shopId]);
  return listening.filter(({ plan }) => unansweredAt(plan, told).length > 0).length;
}
