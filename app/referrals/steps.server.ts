/** What became of a friend's order, step by step: written with each change, never changed afterwards. */
import type { ShopTx, SqlTx } from '../db.server.ts';
import { newId } from '../ids.ts';
import type { Step, StepName } from './steps.ts';

export interface NewStep {
  shopId: bigint;
  referralId: string;
  step: StepName;
  /** `rule`, `staff:ID` or `advocate` */
  by: string;
  reasons?: readonly string[];
  note?: string | null;
}

const ADD = `
  insert into referral_step (shop_id, referral_id, id, at, step, by, reasons, note)
  select shop_id, referral_id, id, $8, step, by, reasons::jsonb, note
  from unnest($1::bigint[], $2::uuid[], $3::uuid[], $4::text[], $5::text[], $6::text[], $7::text[])
    as t(shop_id, referral_id, id, step, by, reasons, note)`;

export async function addSteps(tx: SqlTx, steps: readonly NewStep[], now: Date): Promise<void> {
  if (steps.length === 0) return;
  await tx.sql(ADD, [
    steps.map(({ shopId }) => shopId),
    steps.map(({ referralId }) => referralId),
    steps.map(() => newId(now)),
    steps.map(({ step }) => step),
    steps.map(({ by }) => by),
    steps.map(({ reasons = [] }) => JSON.stringify(reasons)),
    steps.map(({ note }) => note ?? null),
    now,
  ]);
}

const STEPS = `
  select s.at, s.step, s.by, s.reasons, s.note, m.name from referral_step s
  left join staff_member m on m.shop_id = s.shop_id and s.by = 'staff:' || m.user_id
  where s.shop_id = $1 and s.referral_id = $2 order by s.at, s.id`;

/** Oldest first. */
export async function stepsOf(tx: ShopTx, referralId: string): Promise<Step[]> {
  return tx.sql<Step>(STEPS, [tx.shopId, referralId]);
}
