/** Discounts are made, changed, switched off, deleted. A code that exists is TAKEN, whoever made it. */

import type { Discount, RedeemCode } from '../../state/discount.ts';
import { findCode } from '../../store/discount-rules.ts';
import { discountBody, discountGone } from '../../webhooks/bodies/discount.ts';
import { type Context, now, type Resolvers, type UserError } from '../context.ts';
import { discountOf, typed } from './discount-fields.ts';
import { applyInput, type DiscountInput } from './discount-input.ts';

const TAKEN = 'Code must be unique. Please try a different code.';
const LONGEST_CODE = 255;

export function newCode(context: Context, code: string): RedeemCode {
  return { id: context.inside.kernel.ids.next('DiscountRedeemCode'), code, uses: [] };
}

/** What is wrong with a code that is to be new; null: nothing. */
export function problemWithCode(context: Context, code: string): { code: string; message: string } | null {
  if (code.trim() === '') return { code: 'BLANK', message: "Code can't be blank" };
  if (code.length > LONGEST_CODE)
    return { code: 'TOO_LONG', message: `Code is too long (maximum is ${LONGEST_CODE} characters)` };
  if (/[\r\n]/.test(code)) return { code: 'INVALID', message: 'Code must not contain newlines' };
  return findCode(context.shop, code) ? { code: 'TAKEN', message: TAKEN } : null;
}

type Made = { discount: Discount; userErrors: UserError[] };

function create(context: Context, kind: Discount['kind'], input: DiscountInput, argument: string): Made {
  const at = now(context);
  const discount: Discount = {
    id: context.inside.kernel.ids.next('DiscountCodeNode'),
    kind,
    title: input.title ?? input.code ?? '',
    startsAt: at,
    endsAt: null,
    usageLimit: null,
    oncePerCustomer: false,
    combinesWith: { orderDiscounts: false, productDiscounts: false, shippingDiscounts: false },
    customers: { all: true },
    value: null,
    items: { all: true },
    minimum: null,
    tags: [],
    codes: [],
    functionHandle: input.functionHandle ?? input.functionId ?? null,
    createdAt: at,
    updatedAt: at,
  };
  const userErrors = [
    ...missing(kind, input, argument),
    ...applyInput(context.shop, discount, input, argument),
  ];
  const code = input.code ?? '';
  const problem = problemWithCode(context, code);
  if (problem) userErrors.push({ field: [argument, 'code'], ...problem });
  if (userErrors.length === 0) {
    discount.codes.push(newCode(context, code));
    context.shop.discounts.push(discount);
    tell(context, 'discounts/create', discount);
  }
  return { discount, userErrors: userErrors.map((error) => ({ ...error, extraInfo: null })) };
}

function missing(kind: Discount['kind'], input: DiscountInput, argument: string): UserError[] {
  const blank = (field: string, name: string) => ({
    field: [argument, field],
    code: 'BLANK',
    message: `${name} can't be blank`,
  });
  const errors: UserError[] = [];
  if (!input.title) errors.push(blank('title', 'Title'));
  if (!input.startsAt) errors.push(blank('startsAt', 'Starts at'));
  if (!input.context && !input.customerSelection) errors.push(blank('context', 'Context'));
  if (kind === 'basic' && !input.customerGets?.value) errors.push(blank('customerGets', 'Customer gets'));
  if (kind === 'app' && !input.functionHandle && !input.functionId) {
    errors.push({
      field: [argument, 'functionHandle'],
      code: 'MISSING_FUNCTION_IDENTIFIER',
      message: 'Function identifier is missing',
    });
  }
  return errors;
}

function tell(context: Context, topic: string, discount: Discount): void {
  const { kernel } = context.inside;
  kernel.changed(context.shop, discount);
  kernel.emit(context.shop, [[topic, discountBody(discount, now(context))]]);
}

function payload({ discount, userErrors }: Made) {
  return { codeDiscountNode: userErrors.length === 0 ? discount : null, userErrors };
}

const NOT_THERE: UserError[] = [{ field: ['id'], code: 'INVALID', message: 'Discount does not exist' }];

function change(context: Context, id: string, alter: (discount: Discount) => UserError[]) {
  const discount = discountOf(context.shop, id);
  if (!discount) return { codeDiscountNode: null, userErrors: NOT_THERE };
  const draft = structuredClone(discount);
  const userErrors = alter(draft);
  if (userErrors.length > 0) return { codeDiscountNode: null, userErrors };
  Object.assign(discount, draft, { updatedAt: now(context) });
  tell(context, 'discounts/update', discount);
  return { codeDiscountNode: discount, userErrors: [] };
}

/** An update may give the first code another name. */
function update(context: Context, id: string, input: DiscountInput, argument: string) {
  return change(context, id, (draft) => {
    const errors = applyInput(context.shop, draft, input, argument);
    const first = draft.codes[0];
    if (!input.code || !first || input.code === first.code) return errors;
    const problem = problemWithCode(context, input.code);
    if (problem && input.code.toUpperCase() !== first.code.toUpperCase())
      errors.push({ field: [argument, 'code'], ...problem });
    else first.code = input.code;
    return errors;
  });
}

function remove(context: Context, id: string) {
  const { shop, inside } = context;
  const discount = discountOf(shop, id);
  if (!discount) return { deletedCodeDiscountId: null, userErrors: NOT_THERE };
  shop.discounts.splice(shop.discounts.indexOf(discount), 1);
  inside.kernel.changed(shop, discount);
  inside.kernel.emit(shop, [['discounts/delete', discountGone(discount, now(context))]]);
  return { deletedCodeDiscountId: discount.id, userErrors: [] };
}

type Id = { id: string };

export const discountMutations: Resolvers = {
  Mutation: {
    discountCodeBasicCreate: (
      _: object,
      { basicCodeDiscount }: { basicCodeDiscount: DiscountInput },
      context: Context,
    ) => payload(create(context, 'basic', basicCodeDiscount, 'basicCodeDiscount')),
    discountCodeFreeShippingCreate: (
      _: object,
      { freeShippingCodeDiscount }: { freeShippingCodeDiscount: DiscountInput },
      context: Context,
    ) => payload(create(context, 'free-shipping', freeShippingCodeDiscount, 'freeShippingCodeDiscount')),
    discountCodeAppCreate: (
      _: object,
      { codeAppDiscount }: { codeAppDiscount: DiscountInput },
      context: Context,
    ) => {
      const { discount, userErrors } = create(context, 'app', codeAppDiscount, 'codeAppDiscount');
      return { codeAppDiscount: userErrors.length === 0 ? typed(discount) : null, userErrors };
    },
    discountCodeBasicUpdate: (
      _: object,
      { id, basicCodeDiscount }: Id & { basicCodeDiscount: DiscountInput },
      context: Context,
    ) => update(context, id, basicCodeDiscount, 'basicCodeDiscount'),
    discountCodeFreeShippingUpdate: (
      _: object,
      { id, freeShippingCodeDiscount }: Id & { freeShippingCodeDiscount: DiscountInput },
      context: Context,
    ) => update(context, id, freeShippingCodeDiscount, 'freeShippingCodeDiscount'),
    discountCodeActivate: (_: object, { id }: Id, context: Context) =>
      change(context, id, (draft) => {
        if (Date.parse(draft.startsAt) > Date.parse(now(context))) draft.startsAt = now(context);
        draft.endsAt = null;
        return [];
      }),
    discountCodeDeactivate: (_: object, { id }: Id, context: Context) =>
      change(context, id, (draft) => {
        draft.endsAt = now(context);
        return [];
      }),
    discountCodeDelete: (_: object, { id }: Id, context: Context) => remove(context, id),
  },
};
