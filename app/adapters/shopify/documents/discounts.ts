import { adminDocument } from '../admin-client.ts';

type Refusals = { field: string[] | null; message: string; code: string | null }[];

/** The parts of DiscountCodeBasicInput that the app uses. */
export interface BasicDiscountInput {
  title: string;
  code: string;
  startsAt: string;
  endsAt: string | null;
  usageLimit: number | null;
  appliesOncePerCustomer: boolean;
  context: { all: 'ALL' } | { customers: { add: string[] } };
  combinesWith: { orderDiscounts: boolean; productDiscounts: boolean; shippingDiscounts: boolean };
  customerGets: {
    value: { percentage: number } | { discountAmount: { amount: string; appliesOnEachItem: boolean } };
    /** Left out of an update: what a discount is taken off stays. */
    items?:
      | { all: true }
      | { products: { productsToAdd?: string[]; productVariantsToAdd?: string[] } }
      | { collections: { add: string[] } };
  };
  /** null takes it away. */
  minimumRequirement?: { subtotal: { greaterThanOrEqualToSubtotal: string } } | null;
}

/** Scope: write_discounts. */
export const DISCOUNT_CREATE = adminDocument<
  { discountCodeBasicCreate: { codeDiscountNode: { id: string } | null; userErrors: Refusals } },
  { discount: BasicDiscountInput }
>(`
  mutation DiscountCreate($discount: DiscountCodeBasicInput!) {
    discountCodeBasicCreate(basicCodeDiscount: $discount) {
      codeDiscountNode { id }
      userErrors { field message code }
    }
  }`);

/** The same without what is taken off, which is what sending costs anywhere. */
export type FreeShippingInput = Omit<BasicDiscountInput, 'customerGets'> & { destination: { all: true } };

/** Scope: write_discounts. */
export const FREE_SHIPPING_CREATE = adminDocument<
  { discountCodeFreeShippingCreate: { codeDiscountNode: { id: string } | null; userErrors: Refusals } },
  { discount: FreeShippingInput }
>(`
  mutation FreeShippingCreate($discount: DiscountCodeFreeShippingInput!) {
    discountCodeFreeShippingCreate(freeShippingCodeDiscount: $discount) {
      codeDiscountNode { id }
      userErrors { field message code }
    }
  }`);

/** Scope: write_discounts. */
export const FREE_SHIPPING_UPDATE = adminDocument<
  { discountCodeFreeShippingUpdate: { codeDiscountNode: { id: string } | null; userErrors: Refusals } },
  { id: string; discount: Partial<FreeShippingInput> }
>(`
  mutation FreeShippingUpdate($id: ID!, $discount: DiscountCodeFreeShippingInput!) {
    discountCodeFreeShippingUpdate(id: $id, freeShippingCodeDiscount: $discount) {
      codeDiscountNode { id }
      userErrors { field message code }
    }
  }`);

/** Scope: write_discounts. */
export const DISCOUNT_DELETE = adminDocument<
  { discountCodeDelete: { deletedCodeDiscountId: string | null; userErrors: Refusals } },
  { id: string }
>(`
  mutation DiscountDelete($id: ID!) {
    discountCodeDelete(id: $id) { deletedCodeDiscountId userErrors { field message code } }
  }`);

/** Scope: write_discounts. */
export const DISCOUNT_UPDATE = adminDocument<
  { discountCodeBasicUpdate: { codeDiscountNode: { id: string } | null; userErrors: Refusals } },
  { id: string; discount: Partial<BasicDiscountInput> }
>(`
  mutation DiscountUpdate($id: ID!, $discount: DiscountCodeBasicInput!) {
    discountCodeBasicUpdate(id: $id, basicCodeDiscount: $discount) {
      codeDiscountNode { id }
      userErrors { field message code }
    }
  }`);

/** Scope: read_discounts. */
export const DISCOUNT_BY_CODE = adminDocument<
  {
    codeDiscountNodeByCode: {
      id: string;
      codeDiscount: {
        __typename: string;
        title?: string;
        status?: string;
        usageLimit?: number | null;
        asyncUsageCount?: number;
      };
    } | null;
  },
  { code: string }
>(`
  query DiscountByCode($code: String!) {
    codeDiscountNodeByCode(code: $code) {
      id
      codeDiscount {
        __typename
        ... on DiscountCodeBasic { title status usageLimit asyncUsageCount }
        ... on DiscountCodeFreeShipping { title status usageLimit asyncUsageCount }
      }
    }
  }`);

/** Scope: write_discounts. */
export const DISCOUNT_DEACTIVATE = adminDocument<
  { discountCodeDeactivate: { codeDiscountNode: { id: string } | null; userErrors: Refusals } },
  { id: string }
>(`
  mutation DiscountDeactivate($id: ID!) {
    discountCodeDeactivate(id: $id) { codeDiscountNode { id } userErrors { field message code } }
  }`);

/** At most 250 codes; done later, by itself. Scope: write_discounts. */
export const CODES_ADD = adminDocument<
  { discountRedeemCodeBulkAdd: { bulkCreation: { id: string } | null; userErrors: Refusals } },
  { discountId: string; codes: { code: string }[] }
>(`
  mutation CodesAdd($discountId: ID!, $codes: [DiscountRedeemCodeInput!]!) {
    discountRedeemCodeBulkAdd(discountId: $discountId, codes: $codes) {
      bulkCreation { id }
      userErrors { field message code }
    }
  }`);

/** Scope: read_discounts. */
export const CODES_ADDED = adminDocument<
  {
    discountRedeemCodeBulkCreation: {
      done: boolean;
      importedCount: number;
      failedCount: number;
      codes: {
        pageInfo: { hasNextPage: boolean; endCursor: string | null };
        nodes: {
          code: string;
          discountRedeemCode: { id: string } | null;
          errors: { code: string | null; message: string }[];
        }[];
      };
    } | null;
  },
  { id: string; after: string | null }
>(`
  query CodesAdded($id: ID!, $after: String) {
    discountRedeemCodeBulkCreation(id: $id) {
      done
      importedCount
      failedCount
      codes(first: 250, after: $after) {
        pageInfo { hasNextPage endCursor }
        nodes { code discountRedeemCode { id } errors { code message } }
      }
    }
  }`);

/** Takes single codes of a discount away; done later, by itself. Scope: write_discounts. */
export const CODES_DELETE = adminDocument<
  { discountCodeRedeemCodeBulkDelete: { job: { id: string } | null; userErrors: Refusals } },
  { discountId: string; ids: string[] }
>(`
  mutation CodesDelete($discountId: ID!, $ids: [ID!]!) {
    discountCodeRedeemCodeBulkDelete(discountId: $discountId, ids: $ids) {
      job { id }
      userErrors { field message code }
    }
  }`);
