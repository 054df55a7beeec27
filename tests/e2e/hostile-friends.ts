/** Friends, rewards, gestures and loyalty, with a place for every text that somebody types there. */
import { randomUUID } from 'node:crypto';
import type { Db } from '../../app/db.server.ts';
import { termsSchema } from '../../app/referrals/terms.ts';

export interface FriendIds {
  programId: string;
  referralId: string;
  rewardId: string;
}

type Add = (table: string, row: object) => Promise<unknown>;

/** @param add inserts a row of the shop */
export async function seedFriends(
  db: Db,
  ids: { shopId: bigint; customerId: string; orderId: bigint; productId: bigint },
  add: Add,
): Promise<FriendIds> {
  const { shopId, customerId: customer_id, orderId: order_id, productId } = ids;
  const [program] = await db.sqlAcrossShops<{ id: string }>(
    'select id from program where shop_id = $1 order by number limit 1',
    [shopId],
  );
  const made: FriendIds = { programId: program!.id, referralId: randomUUID(), rewardId: randomUUID() };
  const gift = { kind: 'gift', value: { productId: String(productId), title: 'x' } };
  const terms = termsSchema.parse({
    friend: { ...gift, value: { ...gift.value, worth: { amount: 900, currency: 'EUR' } } },
    collections: [],
    advocate: { kind: 'donation', value: { amount: 500, currency: 'EUR', to: 'x' } },
    tiers: [{ friends: 2, reward: gift }],
    minimum: 100,
    onThankYou: 'happy',
  });
  const shares = { en: { whatsapp: 'x', email: 'x', subject: 'x', text: 'x', copy: 'x' } };
  await db.sqlAcrossShops(
    `update program set terms = $3::jsonb, shares = $4::jsonb, status = 'on' where shop_id = $1 and id = $2::uuid`,
    [shopId, made.programId, terms, shares],
  );
  const at = new Date();
  const program_id = made.programId;
  const friendly = { program_id, advocate_id: customer_id, friend_id: customer_id, order_id, created_at: at };
  await add('referral', {
    ...friendly,
    id: made.referralId,
    code: 'FRIEND-7KQ4-WXHT',
    state: 'held',
    reasons: JSON.stringify(['same-address', 'x']),
    also: ['x'],
    promised: JSON.stringify(terms.advocate),
  });
  for (const step of ['held', 'appealed', 'refused'])
    await add('referral_step', {
      referral_id: made.referralId,
      at,
      step,
      by: 'staff:1',
      note: 'x',
      reasons: '[]',
    });
  const reward = { customer_id, kind: 'donation', value: terms.advocate.value, earned_at: at, issued_at: at };
  await add('reward', {
    ...reward,
    id: made.rewardId,
    cause: `referral:${made.referralId}:advocate`,
    state: 'issued',
    amount: 500n,
    currency: 'EUR',
    reason: { note: 'x', by: '1', code: 'staff' },
  });
  await seedGestures(db, ids, add);
  return made;
}

async function seedGestures(
  db: Db,
  { shopId, customerId: customer_id, orderId: order_id, productId }: Parameters<typeof seedFriends>[1],
  add: Add,
): Promise<void> {
  const at = new Date();
  const month = `${at.toISOString().slice(0, 8)}01`;
  const given = { customer_id, order_id, amount: 100n, currency: 'EUR', month, at, by: 'staff:1', note: 'x' };
  const presents: [kind: string, state: string, present: object][] = [
    ['gift', 'done', { kind: 'gift', amount: 100, productId: String(productId), title: 'x' }],
    ['shipping', 'missed', { kind: 'shipping', amount: 100, tag: 'x' }],
    ['note', 'to-do', { kind: 'note', amount: 100 }],
    ['call', 'to-do', { kind: 'call', amount: 100 }],
  ];
  for (const [kind, state, present] of presents)
    await add('gesture', {
      ...given,
      origin: 'hand',
      subject: `hand:${randomUUID()}`,
      kind,
      state,
      present,
      why: { code: 'orders', number: 3, order: 'x' },
      done_at: state === 'done' ? at : null,
      done_by: state === 'done' ? 'staff:1' : null,
    });
  for (const state of ['to-do', 'done'])
    await add('gesture', {
      ...given,
      origin: 'surprise',
      subject: `surprise:${randomUUID()}`,
      kind: 'surprise',
      state,
      present: { kind: 'surprise', amount: 100 },
      why: { code: 'surprise' },
      tasks: JSON.stringify([{ text: 'x', doneAt: null }]),
      happened: 'x',
      done_at: state === 'done' ? at : null,
    });
  await db.sqlAcrossShops(
    `update loyalty_settings set content = jsonb_set(content, '{benefits,tag,from}', '"friend"') where shop_id = $1`,
    [shopId],
  );
}
