/** Inputs of the discount mutations, read into a discount; what Shopify refuses is refused in its words. */

import type { Discount } from '../../state/discount.ts';
import { minor } from '../../state/money.ts';
import type { Shop } from '../../state/shop.ts';
import type { UserError } from '../context.ts';

interface Changes {
  add?: string[] | null;
  remove?: string[] | null;
}

/** What the inputs of basic, free-shipping and app discounts have in common, and what only some have. */
export interface DiscountInput {
  title?: string | null;
  code?: string | null;
  startsAt?: string | null;
  endsAt?: string | null;
  usageLimit?: number | null;
  appliesOncePerCustomer?: boolean | null;
  combinesWith?: Partial<Discount['combinesWith']> | null;
  context?: { all?: string | null; customers?: Changes | null; customerSegments?: Changes | null } | null;
  customerSelection?: {
    all?: boolean | null;
    customers?: Changes | null;
    customerSegments?: Changes | null;
  } | null;
  customerGets?: {
    value?: {
      percentage?: number | null;
      discountAmount?: { amount?: string | null; appliesOnEachItem?: boolean | null } | null;
    } | null;
    items?: {
      all?: boolean | null;
      products?: { productsToAdd?: string[] | null; productVariantsToAdd?: string[] | null } | null;
      collections?: Changes | null;
    } | null;
  } | null;
  minimumRequirement?: {
    subtotal?: { greaterThanOrEqualToSubtotal?: string | null } | null;
    quantity?: { greaterThanOrEqualToQuantity?: string | null } | null;
  } | null;
  tags?: string[] | null;
  functionHandle?: string | null;
  functionId?: string | null;
}

/** The changes that an input asks for, on top of a discount; or what is wrong with it. */
export function applyInput(
  shop: Shop,
  discount: Discount,
  input: DiscountInput,
  argument: string,
): UserError[] {
  const errors: UserError[] = [];
  const wrong = (field: string[], code: string, message: string) =>
    errors.push({ field: [argument, ...field], code, message });

  if (input.title !== undefined && input.title !== null) discount.title = input.title;
  if (input.startsAt) discount.startsAt = input.startsAt;
  if (input.endsAt !== undefined) discount.endsAt = input.endsAt;
  if (discount.endsAt && Date.parse(discount.endsAt) <= Date.parse(discount.startsAt)) {
    wrong(['endsAt'], 'END_DATE_BEFORE_START_DATE', 'Ends at needs to be after starts_at');
  }
  if (input.usageLimit !== undefined) discount.usageLimit = input.usageLimit;
  if (discount.usageLimit !== null && discount.usageLimit < 1) {
    wrong(['usageLimit'], 'GREATER_THAN', 'Usage limit must be greater than 0');
  }
  if (input.appliesOncePerCustomer != null) discount.oncePerCustomer = input.appliesOncePerCustomer;
  if (input.combinesWith) discount.combinesWith = { ...discount.combinesWith, ...input.combinesWith };
  if (input.tags) discount.tags = input.tags;
  const who = input.context ?? input.customerSelection;
  if (who) discount.customers = customersOf(discount, who);
  if (input.minimumRequirement !== undefined) discount.minimum = minimumOf(shop, input.minimumRequirement);
  const { value, items } = input.customerGets ?? {};
  if (value) readValue(shop, discount, value, wrong);
  if (items) discount.items = itemsOf(discount, items);
  return errors;
}

type Wrong = (field: string[], code: string, message: string) => void;

function readValue(
  shop: Shop,
  discount: Discount,
  value: NonNullable<NonNullable<DiscountInput['customerGets']>['value']>,
  wrong: Wrong,
): void {
  const at = ['customerGets', 'value'];
  if (value.percentage != null) {
    if (value.percentage < 0 || value.percentage > 1)
      wrong([...at, 'percentage'], 'VALUE_OUTSIDE_RANGE', 'Value must be between 0.0 and 1.0');
    discount.value = { percentage: value.percentage };
    return;
  }
  const amount = minor(value.discountAmount?.amount ?? '', shop.currency);
  if (amount === null || amount <= 0)
    return wrong([...at, 'discountAmount', 'amount'], 'GREATER_THAN', 'Amount must be greater than 0');
  discount.value = { amount, eachItem: value.discountAmount?.appliesOnEachItem ?? false };
}

function customersOf(
  discount: Discount,
  who: NonNullable<DiscountInput['context'] | DiscountInput['customerSelection']>,
): Discount['customers'] {
  if (who.customers) {
    const before = 'ids' in discount.customers ? discount.customers.ids : [];
    return { ids: changed(before, who.customers) };
  }
  if (who.customerSegments) {
    const before = 'segments' in discount.customers ? discount.customers.segments : [];
    return { segments: changed(before, who.customerSegments) };
  }
  return { all: true };
}

function changed(before: string[], { add, remove }: Changes): string[] {
  return [...new Set([...before, ...(add ?? [])])].filter((id) => !remove?.includes(id));
}

function itemsOf(
  discount: Discount,
  items: NonNullable<NonNullable<DiscountInput['customerGets']>['items']>,
): Discount['items'] {
  if (items.all) return { all: true };
  const before = 'all' in discount.items ? { products: [], variants: [], collections: [] } : discount.items;
  return {
    products: [...before.products, ...(items.products?.productsToAdd ?? [])],
    variants: [...before.variants, ...(items.products?.productVariantsToAdd ?? [])],
    collections: items.collections ? changed(before.collections, items.collections) : before.collections,
  };
}

function minimumOf(shop: Shop, input: DiscountInput['minimumRequirement']): Discount['minimum'] {
  const subtotal = minor(input?.subtotal?.greaterThanOrEqualToSubtotal ?? '', shop.currency);
  if (subtotal !== null && subtotal > 0) return { subtotal };
  const quantity = Number(input?.quantity?.greaterThanOrEqualToQuantity ?? 0);
  return quantity > 0 ? { quantity } : null;
}
