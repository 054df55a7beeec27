/** The rules of policy.ts, held against what a shop has: before a plan is published, and before a text is. */
import type { ShopTx } from '../db.server.ts';
import type { Template } from '../messages/blocks.ts';
import type { MessageClass } from '../messages/message.ts';
import { templatesOf } from '../messages/messages.server.ts';
import { beginningProblems } from './beginnings.ts';
import { senseProblems } from './sense.ts';
import { parsePlan, templatesIn, type Plan, type Problem } from './plan.ts';
import { policyProblems } from './policy.ts';
import { startProblems, type Startable } from './starts.ts';

/**
 * What a plan would break with the texts that the shop has now, why it would never begin, and what it begins in vain.
 * @param own key of the sequence that it is of
 */
export async function rulesBrokenByPlan(tx: ShopTx, plan: Plan, own: string | null): Promise<Problem[]> {
  return [
    ...beginningProblems(plan),
    ...senseProblems(plan),
    ...startProblems(plan, own, await startables(tx)),
    ...policyProblems(plan, await templatesOf(tx)),
  ];
}

const ALL_PLANS = `
  select s.key, v.plan from sequence s
  left join sequence_version v on v.shop_id = s.shop_id and v.sequence_id = s.id and v.version = s.live_version
  where s.shop_id = $1`;

/** All sequences of the shop, as steps may begin them. */
export async function startables(tx: ShopTx): Promise<Startable[]> {
  const rows = await tx.sql<{ key: string; plan: unknown }>(ALL_PLANS, [tx.shopId]);
  return rows.map(({ key, plan }) => {
    const parsed = plan === null ? null : parsePlan(plan);
    return { key, plan: parsed && 'plan' in parsed ? parsed.plan : null };
  });
}

const LIVE_PLANS = `
  select s.id, s.key, s.name, v.plan from sequence s
  join sequence_version v on v.shop_id = s.shop_id and v.sequence_id = s.id and v.version = s.live_version
  where s.shop_id = $1 order by s.key`;

interface LivePlan {
  id: string;
  key: string;
  name: string;
  plan: Plan;
}

async function livePlans(tx: ShopTx): Promise<LivePlan[]> {
  const rows = await tx.sql<{ id: string; key: string; name: string; plan: unknown }>(LIVE_PLANS, [
    tx.shopId,
  ]);
  return rows.flatMap((row) => {
    const parsed = parsePlan(row.plan);
    return 'plan' in parsed ? [{ ...row, plan: parsed.plan }] : [];
  });
}

/** See the door. */
export async function rulesBrokenByText(tx: ShopTx, template: Template): Promise<Problem[]> {
  const plans = await livePlans(tx);
  return plans.flatMap(({ plan }) => policyProblems(plan, [template]));
}

/** Keys of the texts that customers get already. */
export async function mailsInUse(tx: ShopTx): Promise<Set<string>> {
  return new Set((await livePlans(tx)).flatMap(({ plan }) => templatesIn(plan)));
}

/** What texts would break in the live plans of other sequences than one: each with its text and the other's name. */
export async function rulesBrokenElsewhere(
  tx: ShopTx,
  texts: readonly Template[],
  ownKey: string,
): Promise<{ text: Template; name: string; detail: string }[]> {
  const others = (await livePlans(tx)).filter(({ key }) => key !== ownKey);
  return texts.flatMap((text) =>
    others.flatMap(({ name, plan }) =>
      policyProblems(plan, [text]).map(({ detail }) => ({ text, name, detail })),
    ),
  );
}

/** A sequence that sends a text, and as what. */
export interface SenderOfText {
  id: string;
  name: string;
  class: MessageClass;
}

/** See the door. Null for a text that no sequence sends: codes and rewards have theirs. */
export async function senderOfText(tx: ShopTx, templateKey: string): Promise<SenderOfText | null> {
  for (const { id, name, plan } of await livePlans(tx)) {
    const step = plan.steps.find((one) => one.kind === 'message' && one.template === templateKey);
    if (step?.kind === 'message') return { id, name, class: step.class };
  }
  return null;
}
