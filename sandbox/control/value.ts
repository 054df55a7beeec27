/** What the store gives away: discounts, store credit, gift cards; and what Flow was told. */

import { z } from 'zod';
import type { Inside } from '../inside.ts';
import { BadInput } from '../bad-input.ts';
import { debited } from '../admin-api/resolvers/store-credit.ts';
import { checked } from '../http/checked.ts';
import { digits } from '../state/ids.ts';
import { decimal, minor } from '../state/money.ts';
import type { Discount } from '../state/discount.ts';
import type { Shop } from '../state/shop.ts';
import { statusOf } from '../store/discount-rules.ts';
import type { Route } from '../types.ts';
import { shopOf } from './find.ts';

const spending = z.strictObject({ amount: z.string() });

export function valueRoutes(inside: Inside): Route[] {
  const { sandbox } = inside;
  return [
    {
      method: 'GET',
      path: '/control/discounts',
      handle(request) {
        const shop = shopOf(sandbox, request);
        return {
          body: shop.discounts.flatMap((discount) => discountViews(shop, discount, sandbox.clock.iso())),
        };
      },
    },
    {
      method: 'GET',
      path: '/control/credits',
      handle: (request) => ({ body: creditViews(shopOf(sandbox, request), sandbox.clock.iso()) }),
    },
    {
      method: 'POST',
      path: '/control/credits/:id/spend',
      handle(request) {
        const shop = shopOf(sandbox, request);
        const { amount } = checked(spending, request.json());
        spend({ shop, inside }, request.params.id ?? '', amount);
        return { body: creditViews(shop, sandbox.clock.iso()) };
      },
    },
    {
      method: 'GET',
      path: '/control/flow',
      handle: (request) => ({ body: shopOf(sandbox, request).extras['flowTriggers'] ?? [] }),
    },
  ];
}

/** As an order that is paid with it would take it. */
function spend(context: { shop: Shop; inside: Inside }, id: string, text: string): void {
  const { shop, inside } = context;
  const account = shop.storeCredits.find((one) => digits(one.id) === digits(id));
  const card = shop.giftCards.find((one) => digits(one.id) === digits(id));
  const held = account ?? card;
  if (!held) throw new BadInput(`id: there is no store credit and no gift card ${id}`);
  const amount = minor(text, held.currency);
  if (amount === null || amount <= 0)
    throw new BadInput(`amount: "${text}" is no amount of ${held.currency}`);
  if (amount > held.balance)
    throw new BadInput(`amount: only ${decimal(held.balance, held.currency)} are left`);
  if (account) return void debited(context, account, amount, 'ORDER_PAYMENT');
  card!.balance -= amount;
  card!.updatedAt = inside.kernel.now();
  inside.kernel.changed(shop, card!);
}

function discountViews(shop: Shop, discount: Discount, now: string) {
  const status = statusOf(discount, now);
  return discount.codes.map(({ code, uses }) => ({
    code,
    title: discount.title,
    used: uses.length,
    active: status === 'ACTIVE' && (discount.usageLimit === null || uses.length < discount.usageLimit),
    value: valueInWords(shop, discount),
    status,
    discount: discount.id,
    usageLimit: discount.usageLimit,
    oncePerCustomer: discount.oncePerCustomer,
    startsAt: discount.startsAt,
    endsAt: discount.endsAt,
    customers: 'ids' in discount.customers ? discount.customers.ids : null,
  }));
}

function valueInWords(shop: Shop, discount: Discount): string {
  if (discount.kind === 'free-shipping') return 'free shipping';
  if (!discount.value) return 'decided by a function';
  if ('percentage' in discount.value) return `${Math.round(discount.value.percentage * 10_000) / 100}%`;
  return `${decimal(discount.value.amount, shop.currency)} ${shop.currency}`;
}

function creditViews(shop: Shop, now: string) {
  return [
    ...shop.storeCredits.map((account) => ({
      kind: 'store-credit',
      id: account.id,
      customer: account.customer,
      amount: decimal(account.balance, account.currency),
      currency: account.currency,
      transactions: account.transactions.map((t) => ({
        kind: t.kind,
        amount: decimal(t.amount, account.currency),
        at: t.createdAt,
      })),
    })),
    ...shop.giftCards.map((card) => ({
      kind: 'gift-card',
      id: card.id,
      customer: card.customer,
      code: card.code,
      amount: decimal(card.balance, card.currency),
      currency: card.currency,
      active: card.deactivatedAt === null && (card.expiresOn === null || card.expiresOn >= now.slice(0, 10)),
    })),
  ];
}
