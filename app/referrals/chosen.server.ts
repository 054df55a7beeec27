/** Which programme is a customer's. */
import type { Stage } from '../customers/customer.ts';
import type { SqlTx } from '../db.server.ts';
import { followed } from '../followed.ts';
import type { Shop } from '../shops/shop.ts';
import { shopsByIds } from '../shops/shops.server.ts';
import { choose, explain, type Because } from './audience.ts';
import type { Program } from './program.ts';
import { listPrograms, programsOf, todayOf } from './programs.server.ts';

/** Followed to who they have become. */
const PEOPLE = `
  select asked.id as asked_id, c.stage, c.tags, c.first_name, c.orders_count, c.erased_at is not null as is_erased
  from unnest($1::bigint[], $2::uuid[]) as t(shop_id, id) join customer asked using (shop_id, id)
  join customer c on c.shop_id = asked.shop_id and c.id = ${followed('asked')}`;

interface Person {
  asked_id: string;
  stage: Stage;
  tags: string[];
  first_name: string | null;
  orders_count: number;
  is_erased: boolean;
}

async function peopleOf(tx: SqlTx, refs: readonly { shopId: bigint; customerId: string }[]) {
  const values = [refs.map(({ shopId }) => shopId), refs.map(({ customerId }) => customerId)];
  const rows = await tx.sql<Person>(PEOPLE, values);
  return new Map(rows.map((row) => [row.asked_id, row]));
}

export interface Chosen {
  program: Program;
  because: Because;
  firstName: string | null;
  /** Whether they are handed their code right after a good answer, as the programme says. */
  isAskedAtOnce: boolean;
}

/** Shops and their programmes, read before by whoever asks. */
export interface KnownShops {
  shops: ReadonlyMap<bigint, Shop>;
  programs: ReadonlyMap<bigint, readonly Program[]>;
}

/** The programme of each customer, by customer; those whom none fits, or who were erased, are missing. */
export async function chooseFor(
  tx: SqlTx,
  refs: readonly { shopId: bigint; customerId: string }[],
  now: Date,
  known?: KnownShops,
): Promise<Map<string, Chosen>> {
  if (refs.length === 0) return new Map();
  const shopIds = refs.map(({ shopId }) => shopId);
  const programs = known?.programs ?? (await programsOf(tx, shopIds));
  const shops = known?.shops ?? (await shopsByIds(tx, shopIds));
  const people = await peopleOf(tx, refs);
  return new Map(
    refs.flatMap(({ shopId, customerId }): [string, Chosen][] => {
      const [shop, person] = [shops.get(shopId), people.get(customerId)];
      if (!shop || !person || person.is_erased) return [];
      const chosen = choose(programs.get(shopId) ?? [], person, todayOf(shop, now));
      if (!chosen) return [];
      const { onThankYou } = chosen.program.terms;
      const isAskedAtOnce = onThankYou === 'happy' || (onThankYou === 'returning' && person.orders_count > 1);
      return [[customerId, { ...chosen, firstName: person.first_name, isAskedAtOnce }]];
    }),
  );
}

/** For each programme, in their order, whether it would be this customer's and why. For staff. */
export async function explainFor(
  tx: SqlTx,
  ref: { shopId: bigint; customerId: string },
  now: Date,
): Promise<{ program: Program; because: Because }[]> {
  const person = (await peopleOf(tx, [ref])).get(ref.customerId);
  const shop = (await shopsByIds(tx, [ref.shopId])).get(ref.shopId);
  if (!person || !shop) return [];
  return explain(await listPrograms(tx, ref.shopId), person, todayOf(shop, now));
}
