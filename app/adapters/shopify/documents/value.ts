import { adminDocument } from '../admin-client.ts';

type Refusals = { field: string[] | null; message: string; code: string | null }[];
interface MoneyV2 {
  amount: string;
  currencyCode: string;
}

/** The lines of an account are asked for apart: all together cost more than one question may. Scopes: read_customers, read_store_credit_accounts. */
export const STORE_CREDITS = adminDocument<
  { customer: { id: string; storeCreditAccounts: { nodes: { id: string; balance: MoneyV2 }[] } } | null },
  { customer: string }
>(`
  query StoreCredits($customer: ID!) {
    customer(id: $customer) {
      id
      storeCreditAccounts(first: 50) { nodes { id balance { amount currencyCode } } }
    }
  }`);

export interface CreditLineNode {
  __typename: string;
  id?: string;
  amount: MoneyV2;
  event: string;
  expiresAt?: string | null;
  remainingAmount?: MoneyV2;
  creditTransaction?: { id: string };
}

/** The newest. Scopes: read_store_credit_accounts, read_store_credit_account_transactions. */
export const STORE_CREDIT_LINES = adminDocument<
  { storeCreditAccount: { id: string; transactions: { nodes: CreditLineNode[] } } | null },
  { account: string }
>(`
  query StoreCreditLines($account: ID!) {
    storeCreditAccount(id: $account) {
      id
      transactions(first: 100, sortKey: CREATED_AT, reverse: true) {
        nodes {
          __typename
          amount { amount currencyCode }
          event
          ... on StoreCreditAccountCreditTransaction { id expiresAt remainingAmount { amount currencyCode } }
          ... on StoreCreditAccountDebitTransaction { id }
          ... on StoreCreditAccountExpirationTransaction { creditTransaction { id } }
        }
      }
    }
  }`);

/** Not idempotent: Shopify has no key for it. Scope: write_store_credit_account_transactions. */
export const STORE_CREDIT_GIVE = adminDocument<
  {
    storeCreditAccountCredit: {
      storeCreditAccountTransaction: { id: string } | null;
      userErrors: Refusals;
    };
  },
  { customer: string; credit: { creditAmount: MoneyV2; expiresAt: string | null } }
>(`
  mutation StoreCreditGive($customer: ID!, $credit: StoreCreditAccountCreditInput!) {
    storeCreditAccountCredit(id: $customer, creditInput: $credit) {
      storeCreditAccountTransaction { id }
      userErrors { field message code }
    }
  }`);

/** Not idempotent either. Scope: write_store_credit_account_transactions. */
export const STORE_CREDIT_TAKE = adminDocument<
  {
    storeCreditAccountDebit: {
      storeCreditAccountTransaction: { id: string } | null;
      userErrors: Refusals;
    };
  },
  { customer: string; debit: { debitAmount: MoneyV2 } }
>(`
  mutation StoreCreditTake($customer: ID!, $debit: StoreCreditAccountDebitInput!) {
    storeCreditAccountDebit(id: $customer, debitInput: $debit) {
      storeCreditAccountTransaction { id }
      userErrors { field message code }
    }
  }`);

export interface GiftCardInput {
  code: string;
  initialAmount: MoneyV2;
  customerId: string | null;
  /** YYYY-MM-DD */
  expiresOn: string | null;
  note: string;
}

/** Scope: write_gift_cards. */
export const GIFT_CARD_CREATE = adminDocument<
  { giftCardCreate: { giftCard: { id: string } | null; userErrors: Refusals } },
  { input: GiftCardInput }
>(`
  mutation GiftCardCreate($input: GiftCardCreateInput!) {
    giftCardCreate(input: $input) {
      giftCard { id }
      userErrors { field message code }
    }
  }`);

/** Words without a field are looked for in codes, whole ones too, which nobody can read any more. Scope: read_gift_cards. */
export const GIFT_CARDS = adminDocument<
  {
    giftCards: {
      pageInfo: { hasNextPage: boolean; endCursor: string | null };
      nodes: {
        id: string;
        lastCharacters: string;
        note: string | null;
        enabled: boolean;
        createdAt: string;
        expiresOn: string | null;
        customer: { id: string } | null;
        initialValue: MoneyV2;
        balance: MoneyV2;
      }[];
    };
  },
  { query: string; after: string | null }
>(`
  query GiftCards($query: String!, $after: String) {
    giftCards(first: 100, after: $after, query: $query) {
      pageInfo { hasNextPage endCursor }
      nodes {
        id
        lastCharacters
        note
        enabled
        createdAt
        expiresOn
        customer { id }
        initialValue { amount currencyCode }
        balance { amount currencyCode }
      }
    }
  }`);

/** For good. Scope: write_gift_cards. */
export const GIFT_CARD_DEACTIVATE = adminDocument<
  { giftCardDeactivate: { giftCard: { id: string } | null; userErrors: Refusals } },
  { id: string }
>(`
  mutation GiftCardDeactivate($id: ID!) {
    giftCardDeactivate(id: $id) { giftCard { id } userErrors { field message code } }
  }`);

interface Variant {
  id: string;
  price: string;
  availableForSale: boolean;
}

/** Scope: read_products. */
export const GIFT_VARIANT = adminDocument<{ productVariant: Variant | null }, { id: string }>(`
  query GiftVariant($id: ID!) { productVariant(id: $id) { id price availableForSale } }`);

/** Scope: read_products. */
export const GIFT_PRODUCT = adminDocument<
  { product: { id: string; variants: { nodes: Variant[] } } | null },
  { id: string }
>(`
  query GiftProduct($id: ID!) {
    product(id: $id) { id variants(first: 50) { nodes { id price availableForSale } } }
  }`);

export interface CodeNode {
  id: string;
  codeDiscount: {
    __typename: string;
    title?: string;
    status?: string;
    createdAt?: string;
    usageLimit?: number | null;
    asyncUsageCount?: number;
    codes?: { nodes: { code: string }[] };
    context?: { __typename: string; customers?: { id: string }[] };
    customerGets?: {
      items: { __typename: string };
      value: { __typename: string; percentage?: number; amount?: MoneyV2 };
    };
  };
}

/** Discounts whose title begins as ours do. Scope: read_discounts. */
export const CODES_THERE = adminDocument<
  {
    codeDiscountNodes: { pageInfo: { hasNextPage: boolean; endCursor: string | null }; nodes: CodeNode[] };
  },
  { query: string; after: string | null }
>(`
  query CodesThere($query: String!, $after: String) {
    codeDiscountNodes(first: 50, after: $after, query: $query) {
      pageInfo { hasNextPage endCursor }
      nodes {
        id
        codeDiscount {
          __typename
          ... on DiscountCodeBasic {
            title
            status
            createdAt
            usageLimit
            asyncUsageCount
            codes(first: 1) { nodes { code } }
            context { __typename ... on DiscountCustomers { customers { id } } }
            customerGets {
              items { __typename }
              value {
                __typename
                ... on DiscountPercentage { percentage }
                ... on DiscountAmount { amount { amount currencyCode } }
              }
            }
          }
          ... on DiscountCodeFreeShipping {
            title
            status
            createdAt
            usageLimit
            asyncUsageCount
            codes(first: 1) { nodes { code } }
            context { __typename ... on DiscountCustomers { customers { id } } }
          }
        }
      }
    }
  }`);
