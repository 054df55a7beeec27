/** Discount codes at Shopify: rewards one by one, friends' codes under one parent. Implements what those modules ask for. */
import type { CodesAtShopify, ParentDiscount } from '../../referrals/mint.server.ts';
import type { CodeGives, Discounts, WantedDiscount } from '../../rewards/discounts.ts';
import type { DiscountValue } from '../../shops/discount-value.ts';
import { decimalOf } from '../../shops/money.ts';
import type { Admin } from './admin-client.server.ts';
import type { UserError } from './admin-client.ts';
import { failed } from './failed.ts';
import {
  CODES_ADD,
  CODES_ADDED,
  CODES_DELETE,
  DISCOUNT_BY_CODE,
  DISCOUNT_CREATE,
  DISCOUNT_DEACTIVATE,
  DISCOUNT_DELETE,
  DISCOUNT_UPDATE,
  FREE_SHIPPING_CREATE,
  FREE_SHIPPING_UPDATE,
  type BasicDiscountInput,
  type FreeShippingInput,
} from './documents/discounts.ts';

/** Milliseconds that a worker waits for a shop's budget before it puts a reward off. */
const PATIENCE = 5_000;

/** For rewards: codes that are used once, by one customer. */
export function rewardDiscounts(admin: Admin): Discounts {
  return {
    async create(domain, wanted) {
      const client = admin(domain);
      if (wanted.gives.kind === 'free-shipping') {
        const ask = { discount: { ...whoAndWhen(wanted), destination: { all: true } as const } };
        const result = await client.query(FREE_SHIPPING_CREATE, ask, { patience: PATIENCE });
        if (result.outcome === 'user-errors' && isTaken(result.errors)) return { outcome: 'taken' };
        const id = result.outcome === 'ok' && result.data.discountCodeFreeShippingCreate.codeDiscountNode?.id;
        return id ? { outcome: 'created', discountId: id } : failed(result);
      }
      const ask = { discount: { ...whoAndWhen(wanted), customerGets: getsOf(wanted.gives) } };
      const result = await client.query(DISCOUNT_CREATE, ask, { patience: PATIENCE });
      if (result.outcome === 'user-errors' && isTaken(result.errors)) return { outcome: 'taken' };
      const id = result.outcome === 'ok' && result.data.discountCodeBasicCreate.codeDiscountNode?.id;
      return id ? { outcome: 'created', discountId: id } : failed(result);
    },
    async find(domain, code) {
      const result = await admin(domain).query(DISCOUNT_BY_CODE, { code }, { patience: PATIENCE });
      if (result.outcome !== 'ok') return failed(result);
      const node = result.data.codeDiscountNodeByCode;
      if (!node) return { outcome: 'none' };
      const { title = '', usageLimit = null, asyncUsageCount = 0 } = node.codeDiscount;
      return {
        outcome: 'found',
        discount: { discountId: node.id, title, usageLimit, used: asyncUsageCount },
      };
    },
    async deactivate(domain, discountId) {
      const result = await admin(domain).query(
        DISCOUNT_DEACTIVATE,
        { id: discountId },
        { patience: PATIENCE },
      );
      return result.outcome === 'ok' ? { outcome: 'done' } : failed(result);
    },
  };
}

/** For referrals: a parent discount and the codes below it. */
export function friendCodes(admin: Admin): CodesAtShopify {
  return {
    async createParent(domain, parent) {
      const isShipping = parent.offer.kind === 'free-shipping';
      return isShipping ? createFreeShipping(admin, domain, parent) : createBasic(admin, domain, parent);
    },
    async updateParent(domain, discountId, parent) {
      if (parent.offer.kind === 'free-shipping') {
        const { title, startsAt, endsAt, minimumRequirement = null } = freeShippingInput(parent);
        const discount = { title, startsAt, endsAt, minimumRequirement };
        const result = await admin(domain).query(FREE_SHIPPING_UPDATE, { id: discountId, discount });
        return result.outcome === 'ok' ? { outcome: 'done' } : failed(result);
      }
      const { title, startsAt, endsAt, customerGets, minimumRequirement = null } = parentInput(parent);
      const gets = { value: customerGets.value };
      const discount = { title, startsAt, endsAt, customerGets: gets, minimumRequirement };
      const result = await admin(domain).query(DISCOUNT_UPDATE, { id: discountId, discount });
      return result.outcome === 'ok' ? { outcome: 'done' } : failed(result);
    },
    async deleteParent(domain, discountId) {
      const result = await admin(domain).query(DISCOUNT_DELETE, { id: discountId });
      const isGone =
        result.outcome === 'user-errors' && result.errors.every(({ code }) => code === 'INVALID');
      return result.outcome === 'ok' || isGone ? { outcome: 'done' } : failed(result);
    },
    async discountOf(domain, code) {
      const result = await admin(domain).query(DISCOUNT_BY_CODE, { code });
      if (result.outcome !== 'ok') return failed(result);
      const node = result.data.codeDiscountNodeByCode;
      return node
        ? { outcome: 'found', discountId: node.id, title: node.codeDiscount.title ?? '' }
        : { outcome: 'none' };
    },
    async addCodes(domain, discountId, codes) {
      const ask = { discountId, codes: codes.map((code) => ({ code })) };
      const result = await admin(domain).query(CODES_ADD, ask);
      const id = result.outcome === 'ok' && result.data.discountRedeemCodeBulkAdd.bulkCreation?.id;
      return id ? { outcome: 'started', creationId: id } : failed(result);
    },
    added: (domain, creationId) => readAdded(admin, domain, creationId),
    async deleteCodes(domain, discountId, redeemIds) {
      const result = await admin(domain).query(CODES_DELETE, { discountId, ids: redeemIds });
      return result.outcome === 'ok' ? { outcome: 'done' } : failed(result);
    },
  };
}

async function readAdded(
  admin: Admin,
  domain: string,
  creationId: string,
): ReturnType<CodesAtShopify['added']> {
  const codes: { code: string; redeemId: string | null; error: string | null }[] = [];
  for (let after: string | null = null; ;) {
    const result: Awaited<ReturnType<typeof ask>> = await ask(after);
    if (result.outcome !== 'ok') return failed(result);
    const creation = result.data.discountRedeemCodeBulkCreation;
    if (!creation) return { outcome: 'gone' };
    if (!creation.done) return { outcome: 'working' };
    for (const { code, discountRedeemCode, errors } of creation.codes.nodes) {
      const error = errors[0] ? (errors[0].code ?? 'UNKNOWN') : null;
      codes.push({ code, redeemId: discountRedeemCode?.id ?? null, error });
    }
    if (!creation.codes.pageInfo.hasNextPage) return { outcome: 'done', codes };
    after = creation.codes.pageInfo.endCursor;
  }
  function ask(cursor: string | null) {
    return admin(domain).query(CODES_ADDED, { id: creationId, after: cursor });
  }
}

/** What all codes of rewards have in common. */
function whoAndWhen(wanted: WantedDiscount) {
  const { customerShopifyId: customer } = wanted;
  return {
    title: wanted.title,
    code: wanted.code,
    startsAt: wanted.startsAt.toISOString(),
    endsAt: wanted.endsAt?.toISOString() ?? null,
    usageLimit: 1,
    appliesOncePerCustomer: true,
    context:
      customer === null
        ? { all: 'ALL' as const }
        : { customers: { add: [`gid://shopify/Customer/${customer}`] } },
    combinesWith: { orderDiscounts: false, productDiscounts: true, shippingDiscounts: true },
  };
}

/**
 * A gift is its price off, once, and off nothing else: a hundred per cent would make every piece of it free that is in the
 * cart, and Shopify counts pieces only where something has to be bought first.
 */
function getsOf(gives: Exclude<CodeGives, { kind: 'free-shipping' }>): BasicDiscountInput['customerGets'] {
  if (gives.kind === 'discount') return { value: valueInput(gives.value), items: { all: true } };
  const variant = `gid://shopify/ProductVariant/${gives.variantId}`;
  return {
    value: { discountAmount: { amount: gives.price, appliesOnEachItem: false } },
    items: { products: { productVariantsToAdd: [variant] } },
  };
}

type Created = Awaited<ReturnType<CodesAtShopify['createParent']>>;

async function createBasic(admin: Admin, domain: string, parent: ParentDiscount): Promise<Created> {
  const result = await admin(domain).query(DISCOUNT_CREATE, { discount: parentInput(parent) });
  if (result.outcome === 'user-errors' && isTaken(result.errors)) return { outcome: 'taken' };
  const id = result.outcome === 'ok' && result.data.discountCodeBasicCreate.codeDiscountNode?.id;
  return id ? { outcome: 'created', discountId: id } : failed(result);
}

async function createFreeShipping(admin: Admin, domain: string, parent: ParentDiscount): Promise<Created> {
  const result = await admin(domain).query(FREE_SHIPPING_CREATE, { discount: freeShippingInput(parent) });
  if (result.outcome === 'user-errors' && isTaken(result.errors)) return { outcome: 'taken' };
  const id = result.outcome === 'ok' && result.data.discountCodeFreeShippingCreate.codeDiscountNode?.id;
  return id ? { outcome: 'created', discountId: id } : failed(result);
}

/** What both types of parents have; codes below it can be used by anybody, once each. */
function parentBasics(parent: ParentDiscount) {
  const { minimum, currency } = parent;
  return {
    title: parent.title,
    code: parent.code,
    startsAt: parent.startsAt.toISOString(),
    endsAt: parent.endsAt?.toISOString() ?? null,
    usageLimit: null,
    appliesOncePerCustomer: true,
    context: { all: 'ALL' as const },
    ...(minimum !== null && {
      minimumRequirement: { subtotal: { greaterThanOrEqualToSubtotal: decimalOf(minimum, currency) } },
    }),
  };
}

const freeShippingInput = (parent: ParentDiscount): FreeShippingInput => ({
  ...parentBasics(parent),
  combinesWith: { orderDiscounts: true, productDiscounts: true, shippingDiscounts: false },
  destination: { all: true },
});

function parentInput(parent: ParentDiscount): BasicDiscountInput {
  return {
    ...parentBasics(parent),
    combinesWith: { orderDiscounts: false, productDiscounts: true, shippingDiscounts: true },
    customerGets: getsInput(parent),
  };
}

const ofShopify = (kind: string) => (id: string) => `gid://shopify/${kind}/${id}`;

function getsInput({ offer, collections }: ParentDiscount): BasicDiscountInput['customerGets'] {
  if (offer.kind === 'gift') {
    const { productId, worth } = offer.value;
    // A sum, split over what is entitled: one piece is free, however many are in the cart.
    const discountAmount = { amount: decimalOf(worth.amount, worth.currency), appliesOnEachItem: false };
    return {
      value: { discountAmount },
      items: { products: { productsToAdd: [ofShopify('Product')(productId)] } },
    };
  }
  if (offer.kind !== 'discount') throw new Error(`No discount of goods: ${offer.kind}`);
  return {
    value: valueInput(offer.value),
    items:
      collections.length === 0
        ? { all: true }
        : { collections: { add: collections.map(ofShopify('Collection')) } },
  };
}

function valueInput(value: DiscountValue): BasicDiscountInput['customerGets']['value'] {
  if ('percent' in value) return { percentage: value.percent / 100 };
  return { discountAmount: { amount: decimalOf(value.amount, value.currency), appliesOnEachItem: false } };
}

const isTaken = (errors: readonly UserError[]) =>
  errors.length > 0 && errors.every(({ code }) => code === 'TAKEN');
