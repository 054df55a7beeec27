/** How many friends may count: for one advocate, in a month, in all; and how many come in a day that nobody has. */
import type { SqlTx } from '../db.server.ts';
import type { Program } from './program.ts';

const COUNTS = `
  select shop_id, program_id, advocate_id, count(*)::int as friends, count(*) filter (where created_at > $3)::int as today,
    count(*) filter (where created_at > $4)::int as month from referral
  where shop_id = any($1::bigint[]) and state in ('pending', 'held', 'qualified') and created_at > $2
  group by grouping sets ((shop_id, program_id, advocate_id), (shop_id, program_id))`;

const DAY = 86_400_000;
const [MONTH, YEAR] = [30 * DAY, 365 * DAY];
/** Friends of one advocate in a day; more look like a code that was posted somewhere. */
const A_DAY = 10;

interface CountRow {
  shop_id: bigint;
  program_id: string;
  /** Null for the programme in all. */
  advocate_id: string | null;
  friends: number;
  today: number;
  month: number;
}

/** Friends so far, by programme; those of the same batch are to be added as they are judged. */
export async function countsOf(tx: SqlTx, shopIds: bigint[], now: Date) {
  const ago = (ms: number) => new Date(now.getTime() - ms);
  const rows = await tx.sql<CountRow>(COUNTS, [shopIds, ago(YEAR), ago(DAY), ago(MONTH)]);
  const keyOf = (programId: string, shopId: bigint, advocateId: string | null) =>
    `${shopId}:${programId}:${advocateId ?? ''}`;
  const counts = new Map(rows.map((row) => [keyOf(row.program_id, row.shop_id, row.advocate_id), row]));
  const of = ({ id }: Program, shopId: bigint, advocateId: string | null) =>
    counts.get(keyOf(id, shopId, advocateId)) ?? { friends: 0, today: 0, month: 0 };
  return {
    isTooMany(program: Program, shopId: bigint, advocateId: string) {
      const { perAdvocate, perMonth, inAll } = program.terms;
      const theirs = of(program, shopId, advocateId);
      return (
        theirs.friends >= (perAdvocate ?? Infinity) ||
        theirs.month >= (perMonth ?? Infinity) ||
        of(program, shopId, null).friends >= (inAll ?? Infinity)
      );
    },
    isTooFast: (program: Program, shopId: bigint, advocateId: string) =>
      of(program, shopId, advocateId).today >= A_DAY,
    add(program: Program, shopId: bigint, advocateId: string) {
      for (const id of [advocateId, null]) {
        const { friends, today, month } = of(program, shopId, id);
        const more = { friends: friends + 1, today: today + 1, month: month + 1 };
        const row = { shop_id: shopId, program_id: program.id, advocate_id: id, ...more };
        counts.set(keyOf(program.id, shopId, id), row);
      }
    },
  };
}
