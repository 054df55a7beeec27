/** What is at Shopify under the name of our rewards. Implements what their nightly comparison asks for. */
import type { There } from '../../rewards/compare.ts';
import { givenSchema, rewardIdIn, type Given } from '../../rewards/reward.ts';
import type { RewardsThere } from '../../rewards/rewards.server.ts';
import type { Admin } from './admin-client.server.ts';
import { CODES_THERE, GIFT_CARDS, type CodeNode } from './documents/value.ts';
import { failed } from './failed.ts';
import { minorOf } from './node-values.ts';

const PATIENT = { patience: 60_000 };
const customerIn = (gid: string | undefined) => (gid ? BigInt(gid.slice(gid.lastIndexOf('/') + 1)) : null);

export const rewardsThere = (admin: Admin): RewardsThere => ({
  async page(domain, what, after) {
    const client = admin(domain);
    if (what === 'code') {
      const result = await client.query(CODES_THERE, { query: 'title:Everafter*', after }, PATIENT);
      if (result.outcome !== 'ok') return failed(result);
      const { nodes, pageInfo } = result.data.codeDiscountNodes;
      return { outcome: 'ok', items: nodes.flatMap(codeThere), next: nextOf(pageInfo) };
    }
    const result = await client.query(GIFT_CARDS, { query: 'source:api_client', after }, PATIENT);
    if (result.outcome !== 'ok') return failed(result);
    const { nodes, pageInfo } = result.data.giftCards;
    const items = nodes.flatMap((card): There[] => {
      const rewardId = rewardIdIn(card.note ?? '');
      if (!rewardId) return [];
      const { amount, currencyCode: currency } = card.initialValue;
      const initial = minorOf(amount, currency);
      const balance = minorOf(card.balance.amount, currency);
      return [
        {
          rewardId,
          what: 'card',
          id: card.id,
          code: null,
          isActive: card.enabled && balance > 0n,
          isUsed: balance === 0n,
          used: initial - balance,
          customerShopifyId: customerIn(card.customer?.id),
          given: readable({ kind: 'gift-card', value: { amount: Number(initial), currency } }),
          createdAt: new Date(card.createdAt),
          // Its last day, wherever on earth that ends.
          endsAt: card.expiresOn ? new Date(Date.parse(card.expiresOn) + 36 * 3_600_000) : null,
        },
      ];
    });
    return { outcome: 'ok', items, next: nextOf(pageInfo) };
  },
});

const nextOf = ({ hasNextPage, endCursor }: { hasNextPage: boolean; endCursor: string | null }) =>
  hasNextPage ? endCursor : null;

function codeThere({ id, codeDiscount }: CodeNode): There[] {
  const rewardId = rewardIdIn(codeDiscount.title ?? '');
  if (!rewardId || !codeDiscount.createdAt) return [];
  return [
    {
      rewardId,
      what: 'code',
      id,
      code: codeDiscount.codes?.nodes[0]?.code ?? null,
      isActive: codeDiscount.status === 'ACTIVE',
      isUsed: (codeDiscount.asyncUsageCount ?? 0) > 0,
      used: 0n,
      customerShopifyId: customerIn(codeDiscount.context?.customers?.[0]?.id),
      given: givenIn(codeDiscount),
      createdAt: new Date(codeDiscount.createdAt),
      endsAt: null,
    },
  ];
}

/** A gift is a sum off a product: which one, and that it was meant to be free, cannot be read from it. */
function givenIn({ __typename, customerGets }: CodeNode['codeDiscount']): Given | null {
  if (__typename === 'DiscountCodeFreeShipping') return { kind: 'free-shipping', value: {} };
  if (!customerGets || customerGets.items.__typename !== 'AllDiscountItems') return null;
  const { percentage, amount } = customerGets.value;
  if (percentage !== undefined)
    return readable({ kind: 'discount', value: { percent: Math.round(percentage * 100) } });
  if (!amount) return null;
  const minor = Number(minorOf(amount.amount, amount.currencyCode));
  return readable({ kind: 'discount', value: { amount: minor, currency: amount.currencyCode } });
}

/** What somebody has changed there need not be a reward any more. */
const readable = (given: unknown): Given | null => givenSchema.safeParse(given).data ?? null;
