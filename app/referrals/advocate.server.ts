/** What is known of an advocate: their code, who came with it, what that has earned. */
import { isDeepStrictEqual } from 'node:util';
import { customersByIds } from '../customers/customers.server.ts';
import type { ShopTx } from '../db.server.ts';
import type { Shop } from '../shops/shop.ts';
import { findCode, issueCodes } from './issue.server.ts';
import { CAUSE_OF_R, TAKEN_BACK_OF_R, type Program } from './program.ts';
import { listPrograms } from './programs.server.ts';
import { asLeft, type Promised } from './promise.ts';
import type { ReferralState } from './referral.ts';

export interface AdvocateFriend {
  referralId: string;
  /** First name only; null where it is not known, or they asked to be forgotten. */
  firstName: string | null;
  at: Date;
  state: ReferralState;
  reasons: string[];
  /** As it stands: a commission may have become less, and `isLess` then. */
  promised: Promised | null;
  isLess: boolean;
  /** It counts, and the staff has taken back what it earned. */
  isTakenBack: boolean;
  /** The reward has been given. */
  isGiven: boolean;
  /** When another look was asked for last. */
  appealedAt: Date | null;
}

export interface AdvocateReward {
  kind: string;
  value: unknown;
  /** In the ledger, by now. */
  amount: bigint;
  state: string;
  code: string | null;
  expiresAt: Date | null;
}

export interface Advocate {
  shop: Shop;
  firstName: string | null;
  locale: string | null;
  /** pending: it is being made. */
  code: { code: string; program: Program } | 'pending' | 'none';
  friends: AdvocateFriend[];
  /** Friends who counted, by the programme of the code. */
  counted: number;
  /** How often a person has opened their link. */
  opened: number;
  rewards: AdvocateReward[];
}

/** More nobody reads; who has brought more is spoken to in person. */
const MOST = 100;

const FRIENDS = `
  select r.id as "referralId", case when f.erased_at is null then f.first_name end as "firstName", r.created_at as at, r.state, r.reasons, r.promised,
    (select w.amount - w.owed_back from reward w where w.shop_id = r.shop_id and w.cause = ${CAUSE_OF_R}) as amount,
    exists (select from reward w where w.shop_id = r.shop_id and w.cause = ${CAUSE_OF_R}
      and w.state in ('issued', 'used', 'expired')) as "isGiven",
    r.state = 'qualified' and exists (${TAKEN_BACK_OF_R}) as "isTakenBack",
    (select max(s.at) from referral_step s where s.shop_id = r.shop_id and s.referral_id = r.id and s.step = 'appealed')
      as "appealedAt"
  from referral r left join customer f on f.shop_id = r.shop_id and f.id = r.friend_id
  where r.shop_id = $1 and r.advocate_id = $2 order by r.created_at desc, r.id desc limit ${MOST}`;

const COUNTED = `
  select count(*)::int as friends from referral
  where shop_id = $1 and advocate_id = $2 and program_id = $3 and state = 'qualified'`;

const OPENED = `
  select count(*)::int as opened from referral_visit v join referral_code c on c.shop_id = v.shop_id and c.code = v.code
  where v.shop_id = $1 and c.customer_id = $2`;

const REWARDS = `
  select kind, value, amount, state, code, case when kind not in ('commission', 'donation') then expires_at end as "expiresAt" from reward
  where shop_id = $1 and customer_id = $2 and cause like 'referral:%' and state in ('issuing', 'issued', 'used', 'expired')
  order by earned_at desc, id desc limit ${MOST}`;

/** Whoever opens their page has a code from then on, if a programme is for them. Null: they are gone. */
export async function advocateOf(
  tx: ShopTx,
  shop: Shop,
  customerId: string,
  now: Date,
): Promise<Advocate | null> {
  const known = (await customersByIds(tx, [{ shopId: shop.id, id: customerId }])).get(customerId);
  if (!known || known.erasedAt) return null;
  const code = await codeFor(tx, shop.id, known.id, now);
  const friends = await tx.sql<FriendRow>(FRIENDS, [shop.id, known.id]);
  const programId = typeof code === 'string' ? null : code.program.id;
  const [counted] = await tx.sql<{ friends: number }>(COUNTED, [shop.id, known.id, programId]);
  const [links] = await tx.sql<{ opened: number }>(OPENED, [shop.id, known.id]);
  const rewards = await tx.sql<AdvocateReward>(REWARDS, [shop.id, known.id]);
  const { firstName, preferences, locale } = known;
  return {
    shop,
    firstName,
    locale: preferences.locale ?? locale,
    code,
    friends: friends.map(asItIs),
    counted: counted!.friends,
    opened: links!.opened,
    rewards,
  };
}

type FriendRow = Omit<AdvocateFriend, 'isLess'> & { amount: bigint | null };

function asItIs({ amount, ...friend }: FriendRow): AdvocateFriend {
  const promised = friend.promised && asLeft(friend.promised, amount);
  return { ...friend, promised, isLess: !isDeepStrictEqual(promised, friend.promised) };
}

async function codeFor(tx: ShopTx, shopId: bigint, customerId: string, now: Date): Promise<Advocate['code']> {
  const [issued] = await issueCodes(tx, [{ shopId, customerId }], now);
  const found = issued ?? (await findCode(tx, shopId, customerId, now));
  if (!found) return 'none';
  const program = (await listPrograms(tx, shopId)).find(({ id }) => id === found.programId);
  if (!program) return 'none';
  return found.usable ? { code: found.code, program } : 'pending';
}
