/** From a friend's click to the reward, by programme. */
import type { Db, SqlTx } from '../db.server.ts';
import { csvOf } from '../shops/csv.ts';
import { CAUSE_OF_R } from './program.ts';

export interface ProgramFunnel {
  programId: string;
  name: string;
  /** Links opened by people. */
  clicked: number;
  /** Friends' orders by what became of them. */
  pending: number;
  held: number;
  qualified: number;
  /** Of those that qualified. */
  rewarded: number;
  refused: number;
  void: number;
  /** Of all orders, those that came by a link without the code. */
  byLink: number;
}

const FUNNELS = `
  select p.id as "programId", p.name,
    (select count(*)::int from referral_visit v join referral_code c on c.shop_id = v.shop_id and c.code = v.code
      where v.shop_id = p.shop_id and c.program_id = p.id and v.at >= $2) as clicked,
    count(r.id) filter (where r.state = 'pending')::int as pending,
    count(r.id) filter (where r.state = 'held')::int as held,
    count(r.id) filter (where r.state = 'qualified')::int as qualified,
    count(r.id) filter (where r.state = 'qualified' and exists (select from reward w
      where w.shop_id = r.shop_id and w.cause = ${CAUSE_OF_R} and w.state in ('issued', 'used', 'expired')))::int as rewarded,
    count(r.id) filter (where r.state = 'refused')::int as refused,
    count(r.id) filter (where r.state = 'void')::int as void,
    count(r.id) filter (where r.via = 'link')::int as "byLink"
  from program p left join referral r on r.shop_id = p.shop_id and r.program_id = p.id and r.created_at >= $2
  where p.shop_id = $1 group by p.shop_id, p.id order by p.position, p.id`;

/** From then on, in the order of the programmes. */
export const programFunnels = (tx: SqlTx, shopId: bigint, since: Date): Promise<ProgramFunnel[]> =>
  tx.sql<ProgramFunnel>(FUNNELS, [shopId, since]);

const HEAD = [
  'Programme',
  'Links opened',
  'In the return window',
  'Held',
  'Qualified',
  'Rewarded',
  'Refused',
  'Undone',
  'By link',
];

/** A line a programme. */
export function funnelsCsv(db: Db, shopId: bigint, since: Date): AsyncGenerator<string> {
  return csvOf(HEAD, async () => {
    const funnels = await db.inShop(shopId, (tx) => programFunnels(tx, shopId, since));
    const rows = funnels.map((each) => [
      each.name,
      each.clicked,
      each.pending,
      each.held,
      each.qualified,
      each.rewarded,
      each.refused,
      each.void,
      each.byLink,
    ]);
    return { rows, next: null };
  });
}
