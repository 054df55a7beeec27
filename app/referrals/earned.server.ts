/** What friends' orders earn their advocates: for each friend, and something more for the third, the tenth. */
import type { SqlTx } from '../db.server.ts';
import { causeOf, tierCauseOf, type EarnedReward } from './program.ts';
import { programsOf } from './programs.server.ts';
import { promiseOf, type Promised } from './promise.ts';
import { paidInBy } from './promise.server.ts';

interface EarningRow {
  shop_id: bigint;
  id: string;
  round: number;
  program_id: string;
  advocate_id: string;
  state: string;
  promised: Promised | null;
  total: bigint | null;
  currency: string;
}

const EARNING = `
  select r.shop_id, r.id, r.round, r.program_id, r.advocate_id, r.state, r.promised, o.total, shop.currency
  from referral r join unnest($1::bigint[], $2::uuid[]) as t(shop_id, id) on r.shop_id = t.shop_id and r.id = t.id
  join shop on shop.id = r.shop_id
  left join orders o on o.shop_id = r.shop_id and o.id = r.order_id
  where r.state in ('pending', 'held', 'qualified')`;

type Refs = readonly { shopId: bigint; referralId: string }[];

const valuesOf = (refs: Refs) => [refs.map(({ shopId }) => shopId), refs.map(({ referralId }) => referralId)];

const programsById = async (tx: SqlTx, shopIds: bigint[]) => {
  const programs = [...(await programsOf(tx, shopIds)).values()].flat();
  return new Map(programs.map((program) => [program.id, program]));
};

/**
 * What referrals give their advocates, as it was agreed when the friend ordered; those that have ended give nothing. A
 * programme that was switched off since still gives what it has promised. Reactions hand it to rewards.
 */
export async function rewardsOf(tx: SqlTx, referrals: Refs): Promise<EarnedReward[]> {
  const rows = await tx.sql<EarningRow>(EARNING, valuesOf(referrals));
  const programs = await programsById(
    tx,
    rows.map((row) => row.shop_id),
  );
  return rows.flatMap((row): EarnedReward[] => {
    const terms = programs.get(row.program_id)?.terms;
    if (!terms) return [];
    // Referrals of before were not told what they were promised: what the programme says now was all there ever was.
    const facts = { total: row.total ?? 0n, currency: row.currency, advocateCurrency: null };
    const promised = row.promised ?? promiseOf(terms.advocate, facts);
    if (!promised) return [];
    const cause = causeOf(row.id, row.round);
    const isReady = row.state === 'qualified';
    return [{ ...earnedOf(row, terms.rewardValidDays, isReady), cause, ...promised }];
  });
}

const earnedOf = (row: EarningRow, validDays: number | null, isReady: boolean) => ({
  shopId: row.shop_id,
  customerId: row.advocate_id,
  programId: row.program_id,
  validDays,
  isReady,
});

const COUNT = `
  select shop_id, program_id, advocate_id, count(*)::int as friends from referral
  where (shop_id, program_id, advocate_id) in (select * from unnest($1::bigint[], $2::uuid[], $3::uuid[]))
    and state = 'qualified' group by shop_id, program_id, advocate_id`;

const REACH = `
  insert into referral_tier (shop_id, program_id, advocate_id, friends, referral_id, reached_at)
  values ($1, $2, $3, $4, $5, $6) on conflict do nothing returning friends`;

/** Referrals have qualified: which of them were the last of as many friends as earn something more, and what. Each number once. */
export async function earnTiers(tx: SqlTx, qualified: Refs, now: Date): Promise<EarnedReward[]> {
  const rows = await tx.sql<EarningRow>(EARNING, valuesOf(qualified));
  const programs = await programsById(
    tx,
    rows.map((row) => row.shop_id),
  );
  const tiered = rows.filter((row) => (programs.get(row.program_id)?.terms.tiers.length ?? 0) > 0);
  if (tiered.length === 0) return [];
  const paidIn = await paidInBy(
    tx,
    tiered.map((row) => ({ shopId: row.shop_id, id: row.advocate_id })),
  );
  const counts = await friendsOf(tx, tiered);
  const earned: EarnedReward[] = [];
  for (const row of tiered) {
    const { tiers, rewardValidDays } = programs.get(row.program_id)!.terms;
    const friends = counts.get(keyOf(row)) ?? 0;
    for (const tier of tiers.filter((each) => each.friends <= friends)) {
      const values = [row.shop_id, row.program_id, row.advocate_id, tier.friends, row.id, now];
      const reached = await tx.sql(REACH, values);
      const facts = { total: row.total ?? 0n, currency: row.currency };
      const promised = promiseOf(tier.reward, {
        ...facts,
        advocateCurrency: paidIn.get(row.advocate_id) ?? null,
      });
      if (reached.length === 0 || !promised) continue;
      const cause = tierCauseOf(row.id, tier.friends);
      earned.push({ ...earnedOf(row, rewardValidDays, true), cause, ...promised });
    }
  }
  return earned;
}

const keyOf = (row: { shop_id: bigint; program_id: string; advocate_id: string }) =>
  `${row.shop_id}:${row.program_id}:${row.advocate_id}`;

async function friendsOf(
  tx: SqlTx,
  rows: readonly { shop_id: bigint; program_id: string; advocate_id: string }[],
): Promise<Map<string, number>> {
  const counted = await tx.sql<EarningRow & { friends: number }>(COUNT, [
    rows.map((row) => row.shop_id),
    rows.map((row) => row.program_id),
    rows.map((row) => row.advocate_id),
  ]);
  return new Map(counted.map((row) => [keyOf(row), row.friends]));
}

const OF_LOST = `
  select r.shop_id, r.program_id, r.advocate_id
  from referral r join unnest($1::bigint[], $2::uuid[]) as t(shop_id, id) on r.shop_id = t.shop_id and r.id = t.id
  where exists (select from referral_tier t where t.shop_id = r.shop_id and t.program_id = r.program_id
    and t.advocate_id = r.advocate_id)`;

const FALL = `
  delete from referral_tier where shop_id = $1 and program_id = $2 and advocate_id = $3 and friends > $4
  returning friends, referral_id`;

/** Referrals that counted do no more: what was earned by a number that is not reached any longer. @returns its causes */
export async function loseTiers(tx: SqlTx, lost: Refs): Promise<{ shopId: bigint; cause: string }[]> {
  const rows = await tx.sql<EarningRow>(OF_LOST, valuesOf(lost));
  const counts = await friendsOf(tx, rows);
  const causes: { shopId: bigint; cause: string }[] = [];
  for (const row of new Map(rows.map((each) => [keyOf(each), each])).values()) {
    const values = [row.shop_id, row.program_id, row.advocate_id, counts.get(keyOf(row)) ?? 0];
    const fallen = await tx.sql<{ friends: number; referral_id: string }>(FALL, values);
    for (const { friends, referral_id: id } of fallen)
      causes.push({ shopId: row.shop_id, cause: tierCauseOf(id, friends) });
  }
  return causes;
}
