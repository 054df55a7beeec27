/** A shop's rules of stages: those that are gone by, those that were, and the draft of new ones. */
import type { ShopTx, SqlTx } from '../db.server.ts';
import { FIRST_RULES, parseStageRules, type StageRules } from './stage-rules.ts';
import type { StageTrial } from './stage-trial.ts';

const LIVE = `select shop_id, content from stage_rules where shop_id = any($1::bigint[]) and state = 'live'`;

/** What each of these shops goes by now; a shop that never changed anything goes by the first rules. */
export async function liveRulesOf(
  tx: SqlTx,
  shopIds: readonly bigint[],
): Promise<(shopId: bigint) => StageRules> {
  const rows = await tx.sql<{ shop_id: bigint; content: unknown }>(LIVE, [[...new Set(shopIds)]]);
  const own = new Map(rows.map((row) => [row.shop_id, rulesIn(row.content)]));
  return (shopId) => own.get(shopId) ?? FIRST_RULES;
}

/** Stored rules were checked when they were saved; what an older release can't read falls back as a whole. */
function rulesIn(content: unknown): StageRules {
  const parsed = parseStageRules(content);
  return 'rules' in parsed ? parsed.rules : FIRST_RULES;
}

export type RulesState = 'draft' | 'live' | 'past';

/** A version of a shop's rules, with the run over all customers that tries it or brings them in line. */
export interface RulesVersion {
  /** 0: the first rules, which no row is kept of. */
  version: number;
  state: RulesState;
  rules: StageRules;
  madeAt: Date | null;
  madeBy: string | null;
  liveAt: Date | null;
  /** Null: no run yet. */
  run: { done: number; total: number; isOver: boolean; outcome: StageTrial | null } | null;
}

interface Row {
  version: number;
  state: RulesState;
  content: unknown;
  made_at: Date;
  made_by: string;
  live_at: Date | null;
  cursor: string | null;
  done: number;
  total: number | null;
  outcome: StageTrial | null;
}

const VERSIONS = `
  select version, state, content, made_at, made_by, live_at, cursor, done, total, outcome from stage_rules
  where shop_id = $1 order by version desc limit 50`;

/** Newest first, the first rules last. */
export async function rulesVersions(tx: ShopTx): Promise<RulesVersion[]> {
  const rows = await tx.sql<Row>(VERSIONS, [tx.shopId]);
  const first: RulesVersion = {
    version: 0,
    state: rows.some((row) => row.state === 'live') ? 'past' : 'live',
    rules: FIRST_RULES,
    madeAt: null,
    madeBy: null,
    liveAt: null,
    run: null,
  };
  return [...rows.map(versionOf), first];
}

const versionOf = (row: Row): RulesVersion => ({
  version: row.version,
  state: row.state,
  rules: rulesIn(row.content),
  madeAt: row.made_at,
  madeBy: row.made_by,
  liveAt: row.live_at,
  run:
    row.total === null
      ? null
      : { done: row.done, total: row.total, isOver: row.cursor === null, outcome: row.outcome },
});

const SAVE_DRAFT = `
  insert into stage_rules (shop_id, version, content, state, made_at, made_by)
  select $1, coalesce(max(version), 0) + 1, $2::jsonb, 'draft', $3, $4 from stage_rules where shop_id = $1
  on conflict (shop_id) where state = 'draft' do update set content = excluded.content, made_at = excluded.made_at,
    made_by = excluded.made_by, cursor = null, done = 0, total = null, outcome = null
  returning version`;

/** Keeps a draft, in place of the one before; what a trial of that came to goes with it. @returns its version */
export async function saveRulesDraft(tx: ShopTx, rules: StageRules, by: string, now: Date): Promise<number> {
  const [row] = await tx.sql<{ version: number }>(SAVE_DRAFT, [tx.shopId, JSON.stringify(rules), now, by]);
  return row!.version;
}

const DROP_DRAFT = `delete from stage_rules where shop_id = $1 and state = 'draft'`;

export const dropRulesDraft = (tx: ShopTx) => tx.sql(DROP_DRAFT, [tx.shopId]);
