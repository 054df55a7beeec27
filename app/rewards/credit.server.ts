/**
 * Store credit, given and taken once. Shopify has neither a key nor a name for it, so the intention is written down
 * before it is asked: which lines were in the account then. Whoever comes after a lost answer looks for a line of that
 * amount and expiry that was not there and belongs to no other reward; only when none has come for longer than any request
 * lives is Shopify asked again. One intention a customer at a time, by a unique index.
 */
import type { Db } from '../db.server.ts';
import type { CreditAccount, CreditAsk, CreditLine, StoreCredits } from './credits.ts';
import { expiryOf, laterAfter, type Claimed, type Issued, type Way, type Withdrawn } from './way.ts';

/** What is about to be done, as it was written down. */
export interface Intent {
  doing: 'give' | 'take';
  /** Lines that were there before. */
  known: string[];
  /** ISO; of what is given. */
  expiresAt: string | null;
  /** Minor units. */
  amount: string;
}

export interface CreditDeps {
  db: Db;
  credits: StoreCredits;
  /** Real time after which a request that was not answered can't be done any more. */
  settleSeconds?: number;
}

const SETTLE_SECONDS = 120;
/** For a line that is known to have been there. */
const LOOKS = 12;
/** Another reward of theirs is on its way. */
const IN_TURN = { outcome: 'later', seconds: 10 } as const;
const LOOK_AGAIN = { outcome: 'later', seconds: 0 } as const;

export const creditWay = (deps: CreditDeps): Way => ({
  issue: (reward, now) => issue(deps, reward, now),
  withdraw: (reward) => withdraw(deps, reward),
  async look({ domain, customerShopifyId, currency, discountId, used }) {
    if (customerShopifyId === null) return { outcome: 'seen', used };
    const seen = await deps.credits.accountOf(domain, customerShopifyId, currency);
    if (seen.outcome === 'unavailable') return laterAfter(seen);
    const lines = seen.outcome === 'ok' ? seen.account.credits : [];
    const line = lines.find(({ id }) => id === discountId);
    return { outcome: 'seen', used: line ? line.amount - line.remaining - line.lapsed : used };
  },
});

async function issue(deps: CreditDeps, reward: Claimed, now: Date): Promise<Issued> {
  const ask = askOf(reward);
  if (!ask) return { outcome: 'refused', reason: 'no-account' };
  const seen = await deps.credits.accountOf(reward.domain, ask.customerShopifyId, reward.currency);
  if (seen.outcome === 'unavailable') return laterAfter(seen);
  if (seen.outcome === 'refused') return seen;
  if (seen.outcome === 'no-customer') return { outcome: 'refused', reason: 'no-account' };
  const made = (id: string, expiresAt: Date | null): Issued => ({
    outcome: 'issued',
    code: null,
    discountId: id,
    expiresAt,
  });
  if (reward.intent?.doing === 'give') {
    const mine = await oursIn(deps.db, reward, seen.account.credits);
    // Without an expiry to tell them apart, two of one amount may be anybody's: a person looks.
    if (mine.length > 1 && !reward.intent.expiresAt) return { outcome: 'refused', reason: 'unsure' };
    if (mine[0]) return made(mine[0].id, mine[0].expiresAt);
    if (!isSettled(deps, reward)) return LOOK_AGAIN;
  }
  const expiresAt = reward.intent?.expiresAt
    ? new Date(reward.intent.expiresAt)
    : wholeSecond(expiryOf(reward, now));
  const intent = intentOf('give', seen.account, ask.amount, expiresAt);
  if (!(await intend(deps.db, reward, intent))) return IN_TURN;
  const given = await deps.credits.give(reward.domain, { ...ask, expiresAt });
  if (given.outcome === 'done') return made(given.id, expiresAt);
  if (given.outcome === 'refused') return given;
  if (given.undone) await forget(deps.db, reward);
  return laterAfter(given);
}

async function withdraw(deps: CreditDeps, reward: Claimed): Promise<Withdrawn> {
  const done = (found: string, used = 0n): Withdrawn => ({ outcome: 'withdrawn', found, used });
  const ask = askOf(reward);
  const { intent } = reward;
  if (!ask || (!intent && !reward.discountId)) return done('none');
  const seen = await deps.credits.accountOf(reward.domain, ask.customerShopifyId, reward.currency);
  if (seen.outcome === 'unavailable') return laterAfter(seen);
  if (seen.outcome !== 'ok') return done(seen.outcome);
  const { account } = seen;
  let line = account.credits.find(({ id }) => id === reward.discountId);
  if (!line && intent?.doing === 'give') [line] = await oursIn(deps.db, reward, account.credits);
  if (intent?.doing === 'take') {
    const taken = account.debits.some(
      ({ id, amount }) => !intent.known.includes(id) && String(amount) === intent.amount,
    );
    if (taken) return done('deactivated', reward.amount - BigInt(intent.amount));
  }
  if (intent && !isSettled(deps, reward) && (intent.doing === 'take' || !line)) return LOOK_AGAIN;
  // Reads lag; a line older than the newest hundred is never seen again.
  if (!line && reward.discountId) return reward.attempts < LOOKS ? LOOK_AGAIN : done('not-found');
  if (!line) return done('none');
  if (line.remaining === 0n) return done('used', reward.amount);
  const next = intentOf('take', account, line.remaining, null);
  if (!(await intend(deps.db, reward, next, line.id))) return IN_TURN;
  const taken = await deps.credits.take(reward.domain, { ...ask, amount: line.remaining });
  switch (taken.outcome) {
    case 'done':
      return done('deactivated', reward.amount - line.remaining);
    case 'too-little':
      return done('used', reward.amount);
    case 'refused':
      return done(taken.reason);
    case 'unavailable':
      return laterAfter(taken);
  }
}

const askOf = ({ customerShopifyId, amount, used, currency }: Claimed): CreditAsk | null =>
  customerShopifyId === null ? null : { customerShopifyId, amount: amount - used, currency };

const intentOf = (
  doing: Intent['doing'],
  { credits, debits }: CreditAccount,
  amount: bigint,
  expiresAt: Date | null,
): Intent => ({
  doing,
  known: (doing === 'give' ? credits : debits).map(({ id }) => id),
  expiresAt: expiresAt?.toISOString() ?? null,
  amount: String(amount),
});

/** What Shopify keeps of a moment. */
const wholeSecond = (at: Date | null) => at && new Date(Math.floor(at.getTime() / 1000) * 1000);

const isSettled = ({ settleSeconds = SETTLE_SECONDS }: CreditDeps, { intentAge }: Claimed) =>
  intentAge !== null && intentAge >= settleSeconds;

const ADOPTED = `select discount_id from reward where shop_id = $1 and discount_id = any($2::text[]) and id <> $3`;

/** Lines that can only be what this reward asked for. */
async function oursIn(db: Db, { shopId, id, intent }: Claimed, credits: CreditLine[]): Promise<CreditLine[]> {
  const like = credits.filter(
    (line) =>
      !intent!.known.includes(line.id) &&
      String(line.amount) === intent!.amount &&
      (line.expiresAt?.toISOString() ?? null) === intent!.expiresAt,
  );
  if (like.length === 0) return [];
  const ids = like.map((line) => line.id);
  const adopted = await db.sqlAcrossShops<{ discount_id: string }>(ADOPTED, [shopId, ids, id]);
  return like.filter((line) => !adopted.some((row) => row.discount_id === line.id));
}

/** The line that was found is kept with it, so that a second look knows it. */
const INTEND = `
  update reward set intent = $3::jsonb, intent_for = customer_id, intent_at = clock_timestamp(), discount_id = coalesce($4, discount_id)
  where shop_id = $1 and id = $2 and lease_until is not null and attempts = $5 returning 1`;

/** @returns whether nothing else of this customer's is on its way, and the reward is still this worker's */
async function intend(
  db: Db,
  { shopId, id, attempts }: Claimed,
  intent: Intent,
  line?: string,
): Promise<boolean> {
  try {
    const values = [shopId, id, intent, line ?? null, attempts];
    return (await db.sqlAcrossShops(INTEND, values)).length > 0;
  } catch (error) {
    if ((error as { code?: string }).code === UNIQUE_VIOLATION) return false;
    throw error;
  }
}
const UNIQUE_VIOLATION = '23505';

const FORGET = `update reward set intent = null, intent_at = null where shop_id = $1 and id = $2`;
const forget = (db: Db, { shopId, id }: Claimed) => db.sqlAcrossShops(FORGET, [shopId, id]);
