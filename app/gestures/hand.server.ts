/** What a person gives: a gesture by hand, and one big surprise. Under the same purse and the same rules. */
import type { ShopTx } from '../db.server.ts';
import { newId } from '../ids.ts';
import type { Shop } from '../shops/shop.ts';
import { give, lockCustomers, type Given, type Giving } from './give.server.ts';
import type { Present } from './gesture.ts';
import { historiesOf, standingsOf } from './history.server.ts';
import { presentIn } from './present.server.ts';
import { gestureSettings } from './settings.server.ts';
import { candidatesIn, type Candidate } from './story.ts';
import { storiesOfCustomers } from './story.server.ts';

export interface ByHand {
  customerId: string;
  present: Present;
  /** Words for the card, or what the call is about. */
  note: string;
  /** It is because of the problem that is open. */
  aboutProblem: boolean;
  staff: bigint;
}

/** Gives it, or says why not; nothing is half given. */
export function giveByHand(tx: ShopTx, shop: Shop, hand: ByHand, now: Date): Promise<Given> {
  const { customerId, present, note, aboutProblem, staff } = hand;
  const giving: Omit<Giving, 'currency'> = {
    origin: 'hand',
    subject: `hand:${newId(now)}`,
    present,
    why: { code: 'hand' },
    by: `staff:${staff}`,
    aboutProblem,
    note,
  };
  return giveTo(tx, shop, customerId, giving, now);
}

async function giveTo(
  tx: ShopTx,
  shop: Shop,
  customerId: string,
  of: Omit<Giving, 'currency'>,
  now: Date,
): Promise<Given> {
  const giving: Giving = { ...of, currency: shop.currency };
  const [there] = await lockCustomers(tx, shop.id, [customerId]);
  if (!there) return { outcome: 'refused', why: { code: 'gone' } };
  const rules = await gestureSettings(tx, shop);
  const standings = await standingsOf(tx, shop.id, await historiesOf(tx, shop.id, [customerId]));
  const given = await give(tx, shop, { standing: standings.get(customerId)!, giving, rules }, now);
  if (given.outcome === 'given')
    await presentIn(tx, { shopId: shop.id, id: given.id, customerId, giving }, now);
  return given;
}

export interface SurprisePlan {
  customerId: string;
  /** What is to happen, in the merchant's words. */
  plan: string;
  /** What has to be done for it. */
  tasks: readonly string[];
  /** Minor units, set aside from the purse at once. */
  amount: number;
  staff: bigint;
}

const ONE_AT_A_TIME = `select pg_advisory_xact_lock(hashtextextended('surprise:' || $1::text, 0))::text`;
const OPEN = `select 1 from gesture where shop_id = $1 and origin = 'surprise' and state = 'to-do' limit 1`;

/** Plans one big surprise. `busy`: another one is under way; it is one at a time. */
export async function planSurprise(
  tx: ShopTx,
  shop: Shop,
  { customerId, plan, tasks, amount, staff }: SurprisePlan,
  now: Date,
): Promise<Given | { outcome: 'busy' }> {
  await tx.sql(ONE_AT_A_TIME, [String(shop.id)]);
  if ((await tx.sql(OPEN, [shop.id])).length > 0) return { outcome: 'busy' };
  return giveTo(
    tx,
    shop,
    customerId,
    {
      origin: 'surprise',
      subject: `surprise:${newId(now)}`,
      present: { kind: 'surprise', amount },
      why: { code: 'surprise' },
      by: `staff:${staff}`,
      aboutProblem: false,
      note: plan,
      tasks: tasks.map((text) => ({ text, doneAt: null })),
    },
    now,
  );
}

const TICK = `
  update gesture set tasks = jsonb_set(tasks, array[$3::text, 'doneAt'], to_jsonb($4::text))
  where shop_id = $1 and id = $2 and state = 'to-do' and jsonb_typeof(tasks -> $3::int) = 'object' and tasks -> $3::int ->> 'doneAt' is null
  returning id`;

/** One of its tasks is done. @returns false where it was, or where there is none */
export async function tickTask(
  tx: ShopTx,
  { id, place }: { id: string; place: number },
  now: Date,
): Promise<boolean> {
  return (await tx.sql(TICK, [tx.shopId, id, String(place), now.toISOString()])).length > 0;
}

/** A wide net: who brought somebody, was helped, said or showed something, or has been there for long. */
const NET = `
  select c.id from customer c
  where c.shop_id = $1 and c.erased_at is null and c.merged_into is null and c.first_order_at is not null
    and not exists (select 1 from gesture g where g.shop_id = c.shop_id and g.customer_id = c.id
      and g.state in ('waiting', 'to-do', 'done') and g.at > $2::timestamptz - make_interval(months => $3::int))
    and not exists (select 1 from conversation p where p.shop_id = c.shop_id and p.customer_id = c.id and p.problem
      and p.state in ('open', 'snoozed'))
  order by c.friends * 20 + c.healed * 20 + c.kind_words * 4 + c.reviews * 3 + least(c.orders_count, 20) * 2 desc, c.first_order_at
  limit 200`;

/** Whose story asks for it most, of those who may be given something. */
export async function surpriseCandidates(tx: ShopTx, shop: Shop, now: Date): Promise<Candidate[]> {
  const { restMonths } = await gestureSettings(tx, shop);
  const rows = await tx.sql<{ id: string }>(NET, [shop.id, now, restMonths]);
  const stories = await storiesOfCustomers(
    tx,
    shop.id,
    rows.map(({ id }) => id),
  );
  return candidatesIn([...stories.values()], now, 8);
}
