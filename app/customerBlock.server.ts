/** What the block on Shopify's page of a customer shows, put together from the doors; and what is given from there. */
import { z } from 'zod';
import type { CustomerBlock, GiveFromBlock, GivenFromBlock } from './customer-block.ts';
import { customerByShopifyId, stageStory } from './customers/customers.server.ts';
import type { Customer } from './customers/customer.ts';
import { openMatter } from './conversations/conversations.server.ts';
import type { ShopTx } from './db.server.ts';
import {
  giveByHand,
  leftInPurse,
  listGestures,
  monthOf,
  storiesOfCustomers,
} from './gestures/gestures.server.ts';
import { codeOf } from './referrals/referrals.server.ts';
import { asItStands, givenText } from './rewards/words.ts';
import { listRewards, type RewardRow } from './rewards/rewards.server.ts';
import { decimalOf, minorDigits } from './shops/money.ts';
import type { Shop } from './shops/shop.ts';
import { recordAccess } from './shops/shops.server.ts';
import { customerView } from './ui/customerView.ts';
import { date, relative } from './ui/format.ts';
import { gestureView } from './ui/gestures/gestureView.ts';
import { refusalInWords } from './ui/gestures/words.ts';

interface Asker {
  shop: Shop;
  /** Shopify's */
  id: bigint;
  staff: bigint;
}

const STAGES = {
  stranger: 'Stranger',
  acquaintance: 'Acquaintance',
  friend: 'Friend',
  family: 'Family',
} as const;

async function known(tx: ShopTx, { shop, id }: Pick<Asker, 'shop' | 'id'>): Promise<Customer | null> {
  const customer = await customerByShopifyId(tx, shop.id, id);
  return customer && !customer.erasedAt ? customer : null;
}

/** Null: nobody is known by that id. Whoever looks is written down, as on our own page. */
export async function blockOfCustomer(tx: ShopTx, asker: Asker, now: Date): Promise<CustomerBlock | null> {
  const { shop } = asker;
  const customer = await known(tx, asker);
  if (!customer) return null;
  const ref = { shopId: shop.id, id: customer.id };
  await recordAccess(tx, { actor: asker.staff, action: 'customer.viewed', customerId: customer.id }, now);
  const on = (at: Date) => date(at, { locale: 'en', timeZone: shop.timeZone });
  const story = (await storiesOfCustomers(tx, shop.id, [customer.id])).get(customer.id);
  const matter = await openMatter(tx, customer.id);
  const { rewards } = await listRewards(tx, shop.id, { customerId: customer.id, limit: 20 });
  const { gestures } = await listGestures(tx, shop.id, { customerId: customer.id, limit: 3 });
  const purse = { shopId: shop.id, currency: shop.currency, month: monthOf(now, shop.timeZone) };
  return {
    customerId: customer.id,
    stage: STAGES[customer.stage],
    sentence: customerView(customer, shop, (await stageStory(tx, ref)).next, now).stageSentence,
    words: (story?.words ?? []).map(({ text, at }) => ({ text, on: on(at) })),
    conversation: matter && {
      id: matter.id,
      subject: matter.subject,
      since: relative(matter.since, now, 'en'),
    },
    code: await codeOf(tx, shop.id, customer.id),
    friends: customer.friends,
    owed: rewards.flatMap((reward) => owedInWords(reward) ?? []),
    gestures: gestures
      .map(gestureView)
      .map(({ what, why, stateInWords, at }) => ({ what, why, state: stateInWords, on: on(at) })),
    currency: shop.currency,
    leftInPurse: decimalOf(await leftInPurse(tx, purse), shop.currency),
  };
}

/** "€10 store credit, set aside"; null for what is over. */
function owedInWords(reward: RewardRow): string | null {
  const state = { held: 'set aside', issuing: 'on its way', issued: 'given, not used yet' }[
    reward.state as 'held'
  ];
  return state ? `${givenText(asItStands(reward, reward.amount), 'en')}, ${state}` : null;
}

const giveSchema = z.object({
  kind: z.enum(['note', 'call', 'credit']),
  amount: z.string().max(20),
  note: z.string().max(1000),
  aboutProblem: z.boolean(),
}) satisfies z.ZodType<GiveFromBlock>;

type Wanted = Omit<GiveFromBlock, 'amount'> & { amount: number };

/** What is to be given, its amount in minor units; null where it makes no sense. An empty amount is 0. */
export function readGive(json: unknown, currency: string): Wanted | null {
  const parsed = giveSchema.safeParse(json);
  if (!parsed.success) return null;
  const digits = minorDigits(currency);
  const typed = parsed.data.amount.trim() || '0';
  const [, units, rest = ''] = /^(\d{1,7})(?:[.,](\d*))?$/.exec(typed) ?? [];
  if (units === undefined || rest.length > digits) return { ...parsed.data, amount: Number.NaN };
  return { ...parsed.data, amount: Number(units) * 10 ** digits + Number(rest.padEnd(digits, '0') || '0') };
}

/** Gives it under the purse and the rules of all gestures. Null: nobody is known by that id. */
export async function giveFromBlock(
  tx: ShopTx,
  { wanted, ...asker }: Asker & { wanted: Wanted },
  now: Date,
): Promise<GivenFromBlock | null> {
  const { shop, staff } = asker;
  const customer = await known(tx, asker);
  if (!customer) return null;
  const { kind, amount, note, aboutProblem } = wanted;
  if (Number.isNaN(amount))
    return { outcome: 'refused', said: `Write an amount in ${shop.currency}, such as 5.` };
  if (kind === 'credit' && amount === 0) return { outcome: 'refused', said: 'A credit is worth something.' };
  const hand = { customerId: customer.id, present: { kind, amount }, note: note.trim(), aboutProblem, staff };
  const given = await giveByHand(tx, shop, hand, now);
  if (given.outcome === 'refused') {
    const said = refusalInWords(given.why, { currency: shop.currency, zone: shop.timeZone });
    return { outcome: 'refused', said };
  }
  return { outcome: 'given', said: given.state === 'to-do' ? 'It is among the things to do.' : 'Given.' };
}
