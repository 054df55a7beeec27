/** The rules of policy.ts, held against what a shop has: before a plan is published, and before a text is. */
import type { ShopTx } from '../db.server.ts';
import type { Template } from '../messages/blocks.ts';
import { templatesOf } from '../messages/messages.server.ts';
import { parsePlan, type Plan, type Problem } from './plan.ts';
import { policyProblems } from './policy.ts';

/** What a plan would break with the texts that the shop has now. */
export async function rulesBrokenByPlan(tx: ShopTx, plan: Plan): Promise<Problem[]> {
  return policyProblems(plan, await templatesOf(tx));
}

const LIVE_PLANS = `
  select v.plan from sequence s
  join sequence_version v on v.shop_id = s.shop_id and v.sequence_id = s.id and v.version = s.live_version
  where s.shop_id = $1 order by s.key`;

/** See the door. */
export async function rulesBrokenByText(tx: ShopTx, template: Template): Promise<Problem[]> {
  const rows = await tx.sql<{ plan: unknown }>(LIVE_PLANS, [tx.shopId]);
  return rows.flatMap(({ plan }) => {
    const parsed = parsePlan(plan);
    return 'plan' in parsed ? policyProblems(parsed.plan, [template]) : [];
  });
}
