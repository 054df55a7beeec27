/**
 * A switch of the rules of stages in a shop of a million customers, from the merchant's press to the last customer in line:
 * a fifth of them move, each with a line in their story and an event. Goal: 5 minutes on one core.
 */
import { runStages, saveRulesDraft, switchRules } from '../../../app/customers/customers.server.ts';
import { FIRST_RULES, type StageRules } from '../../../app/customers/stage-rules.ts';
import type { Queue } from '../../../app/jobs/queue.server.ts';
import { addCustomers } from '../../many-customers.ts';
import { onServer } from '../engine/server.ts';

const NOW = new Date('2026-05-02T10:00:00Z');
/** Three orders make a friend, where two did: every fifth customer has ordered twice. */
const STRICTER: StageRules = { ...FIRST_RULES, friend: [[{ sign: 'orders', atLeast: 3 }]] };
/** The chore is called by the bench itself. */
const NO_QUEUE = { enqueue: () => Promise.resolve() } as unknown as Queue;

/** @returns seconds of a switch, scaled to a million customers, and how many moved of so many */
export function stagesOfMany(
  customers: number,
): Promise<{ stages_1m_s: number; stages_customers: number; stages_moved: number }> {
  return onServer(async ({ db, owner, url }) => {
    await owner.query(
      `insert into shop (id, domain, created_at, updated_at) values (1, 'many.myshopify.com', now(), now())`,
    );
    await addCustomers(url, 1n, customers);
    await settle(db, FIRST_RULES);
    await owner.query('vacuum analyze customer');
    const begun = performance.now();
    await settle(db, STRICTER);
    const seconds = (performance.now() - begun) / 1000;
    const { rows } = await owner.query<{ moved: number }>(
      `select sum((m ->> 'count')::int)::int as moved from stage_rules, jsonb_array_elements(outcome -> 'moves') m
       where state = 'live'`,
    );
    if (!rows[0]?.moved) throw new Error('nobody has moved');
    return {
      stages_1m_s: Math.round((seconds * 10 * 1_000_000) / customers) / 10,
      stages_customers: customers,
      stages_moved: rows[0].moved,
    };
  });
}

async function settle(db: Parameters<typeof runStages>[0]['db'], rules: StageRules) {
  const version = await db.inShop(1n, async (tx) => {
    const draft = await saveRulesDraft(tx, rules, 'bench', NOW);
    await switchRules(tx, NO_QUEUE, { version: draft, announce: false }, NOW);
    return draft;
  });
  await runStages({ db }, { shopId: '1', version }, () => NOW);
}
