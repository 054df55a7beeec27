/** Many codes of one discount: added and deleted in the background. */

import type { CodeCreation, Discount } from '../../state/discount.ts';
import { digits } from '../../state/ids.ts';
import { discountBody, redeemCodeBody } from '../../webhooks/bodies/discount.ts';
import { connection, type PageArgs } from '../connection.ts';
import { type Context, now, type Resolvers } from '../context.ts';
import { discountOf } from './discount-fields.ts';
import { newCode, problemWithCode } from './discount-mutations.ts';

const MOST_CODES = 250;
const KEPT_CREATIONS = 500;

function bulkAdd(context: Context, discountId: string, codes: { code: string }[]) {
  const { shop, inside } = context;
  const refuse = (field: string[], code: string, message: string) => ({
    bulkCreation: null,
    userErrors: [{ field, code, message, extraInfo: null }],
  });
  const discount = discountOf(shop, discountId);
  if (!discount) return refuse(['discountId'], 'INVALID', 'Code discount does not exist.');
  if (codes.length === 0) return refuse(['codes'], 'BLANK', "Codes can't be blank");
  if (codes.length > MOST_CODES)
    return refuse(['codes'], 'TOO_MANY_ARGUMENTS', `Codes cannot exceed ${MOST_CODES}`);
  const creation: CodeCreation = {
    id: inside.kernel.ids.next('DiscountRedeemCodeBulkCreation'),
    discount: discount.id,
    done: false,
    codes: codes.map(({ code }) => ({ code, redeemCode: null, errors: [] })),
    createdAt: now(context),
  };
  shop.codeCreations.push(creation);
  shop.codeCreations.splice(0, Math.max(0, shop.codeCreations.length - KEPT_CREATIONS));
  inside.kernel.changed(shop, creation);
  inside.work.start('redeem codes', () => makeCodes(context, discount, creation));
  return { bulkCreation: creation, userErrors: [] };
}

function makeCodes(context: Context, discount: Discount, creation: CodeCreation): void {
  const { kernel } = context.inside;
  const seen = new Set<string>();
  for (const entry of creation.codes) {
    const name = entry.code.toUpperCase();
    const problem = seen.has(name)
      ? { code: 'DUPLICATE', message: 'Code is duplicated in the request' }
      : problemWithCode(context, entry.code);
    seen.add(name);
    if (problem) {
      entry.errors.push({ ...problem, field: ['code'] });
      continue;
    }
    const code = newCode(context, entry.code);
    discount.codes.push(code);
    entry.redeemCode = code.id;
    kernel.emit(context.shop, [['discounts/redeemcode_added', redeemCodeBody(discount, code, now(context))]]);
  }
  creation.done = true;
  discount.updatedAt = now(context);
  kernel.changed(context.shop, discount, creation);
  kernel.emit(context.shop, [['discounts/update', discountBody(discount, now(context))]]);
}

function bulkDelete(
  context: Context,
  { discountId, ids, search }: { discountId: string; ids?: string[] | null; search?: string | null },
) {
  const { inside, shop } = context;
  const discount = discountOf(shop, discountId);
  const refuse = (field: string[] | null, code: string, message: string) => ({
    job: null,
    userErrors: [{ field, code, message, extraInfo: null }],
  });
  if (!discount) return refuse(['discountId'], 'INVALID', 'Code discount does not exist.');
  if (!ids && !search)
    return refuse(
      null,
      'MISSING_ARGUMENT',
      "Missing expected argument key: 'ids', 'search' or 'saved_search_id'.",
    );
  const wanted = new Set((ids ?? []).map(digits));
  const found = discount.codes.filter(
    (code) => wanted.has(digits(code.id)) || (search && code.code.includes(search)),
  );
  inside.work.start('deleting redeem codes', () => {
    discount.codes = discount.codes.filter((code) => !found.includes(code));
    inside.kernel.changed(shop, discount);
    for (const code of found) {
      inside.kernel.emit(shop, [
        ['discounts/redeemcode_removed', redeemCodeBody(discount, code, now(context))],
      ]);
    }
  });
  return { job: { id: inside.kernel.ids.next('Job'), done: false }, userErrors: [] };
}

export const redeemCodeResolvers: Resolvers = {
  Mutation: {
    discountRedeemCodeBulkAdd: (
      _: object,
      { discountId, codes }: { discountId: string; codes: { code: string }[] },
      context: Context,
    ) => bulkAdd(context, discountId, codes),
    discountCodeRedeemCodeBulkDelete: (
      _: object,
      args: { discountId: string; ids?: string[] | null; search?: string | null },
      context: Context,
    ) => bulkDelete(context, args),
  },
  DiscountRedeemCodeBulkCreation: {
    codesCount: (creation: CodeCreation) => creation.codes.length,
    importedCount: (creation: CodeCreation) => creation.codes.filter((c) => c.redeemCode).length,
    failedCount: (creation: CodeCreation) => creation.codes.filter((c) => c.errors.length > 0).length,
    discountCode: (creation: CodeCreation, _: object, { shop }: Context) =>
      discountOf(shop, creation.discount),
    codes: (creation: CodeCreation, args: PageArgs, context: Context) =>
      connection(creation.codes, args, context),
  },
  DiscountRedeemCodeBulkCreationCode: {
    discountRedeemCode: ({ redeemCode }: CodeCreation['codes'][number], _: object, { shop }: Context) =>
      shop.discounts.flatMap((d) => d.codes).find((code) => code.id === redeemCode) ?? null,
    errors: ({ errors }: CodeCreation['codes'][number]) =>
      errors.map((error) => ({ ...error, extraInfo: null })),
  },
};
