/** Benefits come with a stage and go with it. The stage itself does not waver (app/customers/stage.ts), so neither do they. */
import type { Stage } from '../customers/customer.ts';
import { addTimeline } from '../customers/customers.server.ts';
import type { TimelineEntry } from '../customers/timeline.ts';
import type { SqlTx } from '../db.server.ts';
import { hold, voidRewards } from '../rewards/rewards.server.ts';
import type { Shop } from '../shops/shop.ts';
import { loyaltySettings } from './settings.server.ts';
import { benefitsAt, type BenefitKind, type LoyaltySettings } from './settings.ts';

const PEOPLE = `
  select id, stage from customer
  where shop_id = $1 and id = any($2::uuid[]) and erased_at is null and merged_into is null
  order by shop_id, id for no key update`;

const HELD = `
  select customer_id as "customerId", kind, state, times, tag from benefit where shop_id = $1 and customer_id = any($2::uuid[])`;

interface Held {
  customerId: string;
  kind: BenefitKind;
  state: 'has' | 'had';
  times: number;
  tag: string | null;
}

/** What changes for somebody. `times`: how often it will have been given. */
interface Change {
  customerId: string;
  kind: BenefitKind;
  given: boolean;
  times: number;
}

/**
 * Gives what comes with the stages of these customers, and takes what went with them. May be repeated: nothing changes then.
 * @returns how many benefits were given or taken
 */
export async function bringBenefits(
  tx: SqlTx,
  shop: Shop,
  ids: readonly string[],
  now: Date,
): Promise<number> {
  const settings = await loyaltySettings(tx, shop);
  const people = await tx.sql<{ id: string; stage: Stage }>(PEOPLE, [shop.id, ids]);
  const held = Map.groupBy(
    await tx.sql<Held>(HELD, [shop.id, people.map(({ id }) => id)]),
    (row) => row.customerId,
  );
  const changes = people.flatMap(({ id, stage }) =>
    changesFor(id, benefitsAt(stage, settings), held.get(id) ?? []),
  );
  const { tag } = settings.benefits.tag;
  const renamed = people.filter(
    ({ id, stage }) =>
      benefitsAt(stage, settings).includes('tag') &&
      (held.get(id) ?? []).some((row) => row.kind === 'tag' && row.state === 'has' && row.tag !== tag),
  );
  await rename(
    tx,
    shop.id,
    renamed.map(({ id }) => id),
    tag,
    now,
  );
  await save(tx, shop.id, changes, tag, now);
  await codes(tx, shop.id, changes, settings, now);
  await tell(tx, shop.id, changes, now);
  return changes.length;
}

function changesFor(customerId: string, wanted: readonly BenefitKind[], held: readonly Held[]): Change[] {
  const of = (kind: BenefitKind) => held.find((row) => row.kind === kind);
  const given = wanted
    .filter((kind) => of(kind)?.state !== 'has')
    .map((kind) => ({ customerId, kind, given: true, times: (of(kind)?.times ?? 0) + 1 }));
  const taken = held
    .filter(({ kind, state }) => state === 'has' && !wanted.includes(kind))
    .map(({ kind, times }) => ({ customerId, kind, given: false, times }));
  return [...given, ...taken];
}

const SAVE = `
  insert into benefit (shop_id, customer_id, kind, state, times, since, until, tag, due_at)
  select $1, customer_id, kind, case when given then 'has' else 'had' end, times, $6, case when given then null else $6::timestamptz end,
    case when kind = 'tag' and given then $7 end, case when kind = 'tag' then $6::timestamptz end
  from unnest($2::uuid[], $3::text[], $4::boolean[], $5::int[]) as t(customer_id, kind, given, times)
  order by customer_id, kind
  on conflict (shop_id, customer_id, kind) do update set state = excluded.state, times = excluded.times, until = excluded.until,
    since = case when excluded.state = 'has' then excluded.since else benefit.since end,
    old_tag = case when excluded.tag is distinct from benefit.tag then coalesce(benefit.tag, benefit.old_tag) else benefit.old_tag end,
    tag = excluded.tag, due_at = excluded.due_at, attempts = 0`;

async function save(tx: SqlTx, shopId: bigint, changes: readonly Change[], tag: string, now: Date) {
  if (changes.length === 0) return;
  await tx.sql(SAVE, [
    shopId,
    changes.map(({ customerId }) => customerId),
    changes.map(({ kind }) => kind),
    changes.map(({ given }) => given),
    changes.map(({ times }) => times),
    now,
    tag,
  ]);
}

const RENAME = `
  update benefit set old_tag = coalesce(tag, old_tag), tag = $3, due_at = $4, attempts = 0
  where shop_id = $1 and customer_id = any($2::uuid[]) and kind = 'tag' and state = 'has'`;

/** The merchant calls it otherwise now. */
async function rename(tx: SqlTx, shopId: bigint, ids: readonly string[], tag: string, now: Date) {
  if (ids.length > 0) await tx.sql(RENAME, [shopId, ids, tag, now]);
}

/** The code for free shipping: a reward each time that the stage is reached. */
async function codes(
  tx: SqlTx,
  shopId: bigint,
  changes: readonly Change[],
  { benefits }: LoyaltySettings,
  now: Date,
) {
  const shipping = changes.filter(({ kind }) => kind === 'shipping');
  const causeOf = ({ customerId, times }: Change) => `benefit:shipping:${customerId}:${times}`;
  await hold(
    tx,
    shipping
      .filter(({ given }) => given)
      .map((change) => ({
        shopId,
        cause: causeOf(change),
        customerId: change.customerId,
        kind: 'free-shipping' as const,
        value: {},
        validDays: benefits.shipping.validDays,
        isReady: true,
        paidBy: 'expense:loyalty' as const,
      })),
    now,
  );
  await voidRewards(
    tx,
    shipping
      .filter(({ given }) => !given)
      .map((change) => ({ shopId, cause: causeOf(change), reason: 'stage-left' })),
    now,
  );
}

async function tell(tx: SqlTx, shopId: bigint, changes: readonly Change[], now: Date) {
  const lines = changes.map(({ customerId, kind, given }): TimelineEntry => {
    const base = { shopId, customerId, at: now, kind: 'reward' as const, data: { benefit: kind } };
    return given ? { ...base, code: 'benefit-given' } : { ...base, code: 'benefit-taken' };
  });
  await addTimeline(tx, lines, now);
}
