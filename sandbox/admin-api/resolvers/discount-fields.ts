/** Discounts, read. */

import type { Discount, RedeemCode } from '../../state/discount.ts';
import { digits, gid, kindOf } from '../../state/ids.ts';
import { decimal } from '../../state/money.ts';
import type { Shop } from '../../state/shop.ts';
import { findCode, statusOf } from '../../store/discount-rules.ts';
import { connection, type PageArgs } from '../connection.ts';
import { type Context, now, type Resolvers } from '../context.ts';
import { money } from '../money.ts';
import { search, type Searchable } from '../search.ts';
import { customerOf } from './people.ts';
import { variantOf, type ListArgs } from './products.ts';

/** A discount inside its node: the two have different types and the same content. */
export interface OfDiscount {
  __typename: string;
  of: Discount;
}

const TYPES = {
  basic: 'DiscountCodeBasic',
  'free-shipping': 'DiscountCodeFreeShipping',
  app: 'DiscountCodeApp',
};

export function typed(discount: Discount): OfDiscount {
  return { __typename: TYPES[discount.kind], of: discount };
}

/** Found by the id of its code node or of its plain node: the numbers are the same. */
export function discountOf(shop: Shop, id: string): Discount | null {
  const known = ['DiscountCodeNode', 'DiscountNode'].includes(kindOf(id));
  return (known && shop.discounts.find((d) => digits(d.id) === digits(id))) || null;
}

const plainNode = (discount: Discount) => ({
  __typename: 'DiscountNode',
  id: gid('DiscountNode', digits(discount.id)),
  of: discount,
});

const FIELDS = (at: string): Searchable<Discount> => ({
  '': (d) => [d.title, ...d.codes.map((c) => c.code)],
  id: (d) => [digits(d.id)],
  title: (d) => [d.title],
  code: (d) => d.codes.map((c) => c.code),
  status: (d) => [statusOf(d, at)],
  times_used: (d) => [d.codes.reduce((n, c) => n + c.uses.length, 0)],
  created_at: (d) => [d.createdAt],
  updated_at: (d) => [d.updatedAt],
  starts_at: (d) => [d.startsAt],
  ends_at: (d) => [d.endsAt],
  method: () => ['code'],
  type: (d) => [
    d.kind === 'basic'
      ? 'value' in d && d.value && 'percentage' in d.value
        ? 'percentage'
        : 'fixed_amount'
      : d.kind,
  ],
  tag: (d) => d.tags,
});

const CODE_FIELDS: Searchable<RedeemCode> = {
  '': (c) => [c.code],
  code: (c) => [c.code],
  times_used: (c) => [c.uses.length],
};

function summaryOf(discount: Discount, shop: Shop): string {
  if (discount.kind === 'free-shipping') return 'Free shipping';
  if (!discount.value) return discount.title;
  const what =
    'percentage' in discount.value
      ? `${Math.round(discount.value.percentage * 100)}% off`
      : `${decimal(discount.value.amount, shop.currency)} ${shop.currency} off`;
  const on = 'all' in discount.items ? 'entire order' : 'selected products';
  return [`${what} ${on}`, ...(discount.oncePerCustomer ? ['One use per customer'] : [])].join(' • ');
}

const field =
  <T>(read: (discount: Discount, context: Context) => T) =>
  ({ of }: OfDiscount, _: object, context: Context) =>
    read(of, context);

const uses = (discount: Discount) => discount.codes.reduce((n, code) => n + code.uses.length, 0);

/** Fields that every kind of code discount has. */
const common: Resolvers[string] = {
  title: field((d) => d.title),
  status: field((d, context) => statusOf(d, now(context))),
  startsAt: field((d) => d.startsAt),
  endsAt: field((d) => d.endsAt),
  createdAt: field((d) => d.createdAt),
  updatedAt: field((d) => d.updatedAt),
  usageLimit: field((d) => d.usageLimit),
  appliesOncePerCustomer: field((d) => d.oncePerCustomer),
  asyncUsageCount: field(uses),
  tags: field((d) => d.tags),
  hasTimelineComment: () => false,
  recurringCycleLimit: () => null,
  appliesOnOneTimePurchase: () => true,
  appliesOnSubscription: () => false,
  summary: field((d, { shop }) => summaryOf(d, shop)),
  shortSummary: field((d, { shop }) => summaryOf(d, shop)),
  combinesWith: field((d) => ({ ...d.combinesWith, productDiscountsWithTagsOnSameCartLine: null })),
  discountClasses: field((d) => [
    d.kind === 'free-shipping' ? 'SHIPPING' : 'all' in d.items ? 'ORDER' : 'PRODUCT',
  ]),
  discountClass: field((d) =>
    d.kind === 'free-shipping' ? 'SHIPPING' : 'all' in d.items ? 'ORDER' : 'PRODUCT',
  ),
  totalSales: field((d, { shop }) => money(salesWith(shop, d), shop.currency)),
  codesCount: field((d) => ({ count: d.codes.length, precision: 'EXACT' })),
  codes: ({ of }: OfDiscount, args: ListArgs, context: Context) =>
    connection(search(of.codes, args.query, CODE_FIELDS, 'codes'), args, context),
  context: field(contextOf),
  minimumRequirement: field((d, { shop }) => {
    if (!d.minimum) return null;
    return 'subtotal' in d.minimum
      ? {
          __typename: 'DiscountMinimumSubtotal',
          greaterThanOrEqualToSubtotal: money(d.minimum.subtotal, shop.currency),
        }
      : { __typename: 'DiscountMinimumQuantity', greaterThanOrEqualToQuantity: String(d.minimum.quantity) };
  }),
  shareableUrls: field((d, { shop, inside }) => {
    const code = d.codes[0]?.code;
    return code
      ? [
          {
            url: inside.kernel.urls.discount(shop, code),
            title: 'Home',
            targetType: 'HOME',
            targetItemImage: null,
          },
        ]
      : [];
  }),
};

function salesWith(shop: Shop, discount: Discount): number {
  const orders = shop.orders.filter((o) => o.discounts.some((d) => d.node === discount.id));
  return orders.reduce((total, order) => total + order.totals.total.shop, 0);
}

function contextOf({ customers }: Discount, { shop }: Context) {
  if ('all' in customers) return { __typename: 'DiscountBuyerSelectionAll', all: 'ALL' };
  if ('segments' in customers) {
    return {
      __typename: 'DiscountCustomerSegments',
      segments: shop.segments.filter((s) => customers.segments.includes(s.id)),
    };
  }
  return {
    __typename: 'DiscountCustomers',
    customers: customers.ids.flatMap((id) => customerOf(shop, id) ?? []),
  };
}

export const discountResolvers: Resolvers = {
  QueryRoot: {
    codeDiscountNode: (_: object, { id }: { id: string }, { shop }: Context) => discountOf(shop, id),
    codeDiscountNodeByCode: (_: object, { code }: { code: string }, { shop }: Context) =>
      findCode(shop, code)?.discount ?? null,
    codeDiscountNodes: (_: object, args: ListArgs, context: Context) =>
      connection(
        search(context.shop.discounts, args.query, FIELDS(now(context)), 'discounts'),
        args,
        context,
      ),
    discountNode: (_: object, { id }: { id: string }, { shop }: Context) => {
      const discount = discountOf(shop, id);
      return discount && plainNode(discount);
    },
    discountNodes: (_: object, args: ListArgs, context: Context) =>
      connection(
        search(context.shop.discounts, args.query, FIELDS(now(context)), 'discounts').map(plainNode),
        args,
        context,
      ),
    discountRedeemCodeBulkCreation: (_: object, { id }: { id: string }, { shop }: Context) =>
      shop.codeCreations.find((creation) => creation.id === id) ?? null,
  },
  DiscountCodeNode: { codeDiscount: typed },
  DiscountNode: { discount: ({ of }: { of: Discount }) => typed(of) },
  DiscountCodeBasic: {
    ...common,
    customerGets: field((d, { shop }) => ({
      appliesOnOneTimePurchase: true,
      appliesOnSubscription: false,
      items: itemsOf(d),
      value: valueOf(d, shop),
    })),
  },
  DiscountCodeFreeShipping: { ...common, maximumShippingPrice: () => null },
  DiscountCodeApp: {
    ...common,
    discountId: field((d) => d.id),
    appDiscountType: field((d, { inside }) => ({
      functionId: d.functionHandle,
      title: d.functionHandle,
      appKey: inside.sandbox.apiKey,
      description: null,
    })),
  },
  DiscountProducts: {
    products: ({ of }: OfDiscount, args: PageArgs, context: Context) => {
      const { items } = of;
      return connection(
        'all' in items ? [] : context.shop.products.filter((p) => items.products.includes(p.id)),
        args,
        context,
      );
    },
    productVariants: ({ of }: OfDiscount, args: PageArgs, context: Context) => {
      const ids = 'all' in of.items ? [] : of.items.variants;
      return connection(
        ids.flatMap((id) => variantOf(context.shop, id) ?? []),
        args,
        context,
      );
    },
  },
  DiscountCollections: {
    collections: ({ of }: OfDiscount, args: PageArgs, context: Context) => {
      const { items } = of;
      return connection(
        'all' in items ? [] : context.shop.collections.filter((c) => items.collections.includes(c.id)),
        args,
        context,
      );
    },
  },
  DiscountRedeemCode: {
    asyncUsageCount: (code: RedeemCode) => code.uses.length,
    createdBy: (_: object, _args: object, context: Context) => ({
      __typename: 'App',
      id: 'gid://shopify/App/1',
      title: context.inside.config().name,
    }),
  },
};

function itemsOf(discount: Discount) {
  const { items } = discount;
  if ('all' in items) return { __typename: 'AllDiscountItems', allItems: true };
  return {
    __typename: items.collections.length > 0 ? 'DiscountCollections' : 'DiscountProducts',
    of: discount,
  };
}

function valueOf({ value }: Discount, shop: Shop) {
  if (value && 'amount' in value) {
    return {
      __typename: 'DiscountAmount',
      amount: money(value.amount, shop.currency),
      appliesOnEachItem: value.eachItem,
    };
  }
  return { __typename: 'DiscountPercentage', percentage: value?.percentage ?? 0 };
}
