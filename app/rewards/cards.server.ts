/** Rewards that are gift cards: with a derived code, as discount codes have one. */
import type { GiftCards } from './credits.ts';
import { rewardTitle } from './reward.ts';
import { expiryOf, laterAfter, type Claimed, type Issued, type Way, type Withdrawn } from './way.ts';

/** Gift cards have at most 20 letters and digits: the derived ones alone. */
export const cardCode = (code: string): string => code.replace(/^THANKS/, '').replaceAll('-', '');

export const cardsWay = (cards: GiftCards): Way => ({
  issue: (reward, now) => issue(cards, reward, now),
  withdraw: (reward) => withdraw(cards, reward),
  async look({ domain, code, used }) {
    const found = await cards.find(domain, cardCode(code));
    if (found.outcome === 'unavailable') return laterAfter(found);
    return {
      outcome: 'seen',
      used: found.outcome === 'found' ? found.card.initial - found.card.balance : used,
    };
  },
});

async function issue(cards: GiftCards, reward: Claimed, now: Date): Promise<Issued> {
  const code = cardCode(reward.code);
  const expiresAt = expiryOf(reward, now);
  const made = (discountId: string): Issued => ({ outcome: 'issued', code, discountId, expiresAt });
  const created = await cards.create(reward.domain, {
    code,
    // What was used of a card that was lost is gone.
    amount: reward.amount - reward.used,
    currency: reward.currency,
    customerShopifyId: reward.customerShopifyId,
    expiresOn: expiresAt?.toISOString().slice(0, 10) ?? null,
    note: rewardTitle(reward.id),
  });
  switch (created.outcome) {
    case 'created':
      return made(created.id);
    case 'refused':
      return created;
    case 'unavailable':
      return laterAfter(created);
    case 'taken':
  }
  const found = await cards.find(reward.domain, code);
  if (found.outcome === 'refused') return found;
  if (found.outcome !== 'found') return { outcome: 'later', seconds: 0 };
  return found.card.note === rewardTitle(reward.id)
    ? made(found.card.id)
    : { outcome: 'refused', reason: 'code-taken' };
}

/** Not found is no answer here either: the code is taken by a card of the least amount, which then is found and ended. */
async function withdraw(cards: GiftCards, reward: Claimed): Promise<Withdrawn> {
  const done = (found: string, used = 0n): Withdrawn => ({ outcome: 'withdrawn', found, used });
  const code = cardCode(reward.code);
  const found = await cards.find(reward.domain, code);
  if (found.outcome === 'unavailable') return laterAfter(found);
  if (found.outcome === 'none') {
    const blocked = await cards.create(reward.domain, {
      code,
      amount: 1n,
      currency: reward.currency,
      customerShopifyId: null,
      expiresOn: null,
      note: rewardTitle(reward.id),
    });
    if (blocked.outcome === 'unavailable') return laterAfter(blocked);
    return blocked.outcome === 'refused' ? done('none') : { outcome: 'later', seconds: 0 };
  }
  if (found.outcome === 'refused' || found.card.note !== rewardTitle(reward.id)) return done(found.outcome);
  const { id, initial, balance } = found.card;
  const ended = await cards.deactivate(reward.domain, id);
  if (ended.outcome === 'unavailable') return laterAfter(ended);
  return done(ended.outcome === 'done' ? 'deactivated' : ended.reason, initial - balance);
}
