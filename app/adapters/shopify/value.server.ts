/** Store credit, gift cards and goods at Shopify. Implements what rewards ask for. */
import type { CreditAccount, FoundCard, GiftCards, Goods, StoreCredits } from '../../rewards/credits.ts';
import { decimalOf } from '../../shops/money.ts';
import type { Admin } from './admin-client.server.ts';
import type { UserError } from './admin-client.ts';
import {
  GIFT_CARD_CREATE,
  GIFT_CARD_DEACTIVATE,
  GIFT_CARDS,
  GIFT_PRODUCT,
  GIFT_VARIANT,
  STORE_CREDIT_GIVE,
  STORE_CREDIT_LINES,
  STORE_CREDIT_TAKE,
  STORE_CREDITS,
  type CreditLineNode,
} from './documents/value.ts';
import { failed } from './failed.ts';
import { minorOf } from './node-values.ts';

/** Milliseconds that a worker waits for a shop's budget before it puts a reward off. */
const PATIENT = { patience: 5_000 };
const customerGid = (id: bigint) => `gid://shopify/Customer/${id}`;
const moneyOf = ({ amount, currencyCode }: { amount: string; currencyCode: string }) =>
  minorOf(amount, currencyCode);
const has = (errors: readonly UserError[], wanted: string) => errors.some(({ code }) => code === wanted);

export const storeCredits = (admin: Admin): StoreCredits => ({
  async accountOf(domain, customerShopifyId, currency) {
    const client = admin(domain);
    const accounts = await client.query(STORE_CREDITS, { customer: customerGid(customerShopifyId) }, PATIENT);
    if (accounts.outcome !== 'ok') return failed(accounts);
    const { customer } = accounts.data;
    if (!customer) return { outcome: 'no-customer' };
    const mine = customer.storeCreditAccounts.nodes.find(({ balance }) => balance.currencyCode === currency);
    if (!mine) return { outcome: 'ok', account: { balance: 0n, credits: [], debits: [] } };
    const lines = await client.query(STORE_CREDIT_LINES, { account: mine.id }, PATIENT);
    if (lines.outcome !== 'ok') return failed(lines);
    const nodes = lines.data.storeCreditAccount?.transactions.nodes ?? [];
    return { outcome: 'ok', account: { balance: moneyOf(mine.balance), ...linesIn(nodes) } };
  },
  async give(domain, { customerShopifyId, amount, currency, expiresAt }) {
    const creditAmount = { amount: decimalOf(amount, currency), currencyCode: currency };
    const credit = { creditAmount, expiresAt: expiresAt?.toISOString() ?? null };
    const ask = { customer: customerGid(customerShopifyId), credit };
    const result = await admin(domain).query(STORE_CREDIT_GIVE, ask, PATIENT);
    if (result.outcome === 'user-errors' && has(result.errors, 'UNSUPPORTED_CURRENCY'))
      return { outcome: 'refused', reason: 'currency-gone' };
    if (result.outcome === 'user-errors' && has(result.errors, 'OWNER_NOT_FOUND'))
      return { outcome: 'refused', reason: 'no-account' };
    const id =
      result.outcome === 'ok' && result.data.storeCreditAccountCredit.storeCreditAccountTransaction?.id;
    return id ? { outcome: 'done', id } : failed(result);
  },
  async take(domain, { customerShopifyId, amount, currency }) {
    const debit = { debitAmount: { amount: decimalOf(amount, currency), currencyCode: currency } };
    const ask = { customer: customerGid(customerShopifyId), debit };
    const result = await admin(domain).query(STORE_CREDIT_TAKE, ask, PATIENT);
    if (result.outcome === 'user-errors' && has(result.errors, 'INSUFFICIENT_FUNDS'))
      return { outcome: 'too-little' };
    const id =
      result.outcome === 'ok' && result.data.storeCreditAccountDebit.storeCreditAccountTransaction?.id;
    return id ? { outcome: 'done', id } : failed(result);
  },
});

const unsigned = (minor: bigint) => (minor < 0n ? -minor : minor);

function linesIn(lines: readonly CreditLineNode[]): Omit<CreditAccount, 'balance'> {
  const lapsed = new Map(
    lines.flatMap(({ creditTransaction, amount }) =>
      creditTransaction ? [[creditTransaction.id, unsigned(moneyOf(amount))] as const] : [],
    ),
  );
  return {
    credits: lines.flatMap(({ id, amount, remainingAmount, expiresAt }) =>
      id && remainingAmount
        ? [
            {
              id,
              amount: moneyOf(amount),
              remaining: moneyOf(remainingAmount),
              lapsed: lapsed.get(id) ?? 0n,
              expiresAt: expiresAt ? new Date(expiresAt) : null,
            },
          ]
        : [],
    ),
    debits: lines.flatMap(({ id, amount, event, __typename }) =>
      id && __typename === 'StoreCreditAccountDebitTransaction' && event === 'ADJUSTMENT'
        ? [{ id, amount: unsigned(moneyOf(amount)) }]
        : [],
    ),
  };
}

export const giftCards = (admin: Admin): GiftCards => ({
  async create(domain, { code, amount, currency, customerShopifyId, expiresOn, note }) {
    const input = {
      code,
      initialAmount: { amount: decimalOf(amount, currency), currencyCode: currency },
      customerId: customerShopifyId === null ? null : customerGid(customerShopifyId),
      expiresOn,
      note,
    };
    const result = await admin(domain).query(GIFT_CARD_CREATE, { input }, PATIENT);
    if (result.outcome === 'user-errors' && has(result.errors, 'TAKEN')) return { outcome: 'taken' };
    const id = result.outcome === 'ok' && result.data.giftCardCreate.giftCard?.id;
    return id ? { outcome: 'created', id } : failed(result);
  },
  async find(domain, code) {
    const result = await admin(domain).query(GIFT_CARDS, { query: code, after: null }, PATIENT);
    if (result.outcome !== 'ok') return failed(result);
    const last = code.slice(-4).toLowerCase();
    const node = result.data.giftCards.nodes.find((card) => card.lastCharacters.toLowerCase() === last);
    if (!node) return { outcome: 'none' };
    const { id, note, enabled } = node;
    const card: FoundCard = {
      id,
      note,
      enabled,
      initial: moneyOf(node.initialValue),
      balance: moneyOf(node.balance),
    };
    return { outcome: 'found', card };
  },
  async deactivate(domain, id) {
    const result = await admin(domain).query(GIFT_CARD_DEACTIVATE, { id }, PATIENT);
    return result.outcome === 'ok' ? { outcome: 'done' } : failed(result);
  },
});

export const goods = (admin: Admin): Goods => ({
  async find(domain, what) {
    const client = admin(domain);
    const found = ({
      id,
      price,
      availableForSale,
    }: {
      id: string;
      price: string;
      availableForSale: boolean;
    }) => ({
      outcome: 'found' as const,
      variantId: id.slice(id.lastIndexOf('/') + 1),
      price,
      isAvailable: availableForSale,
    });
    if ('variantId' in what) {
      const id = `gid://shopify/ProductVariant/${what.variantId}`;
      const result = await client.query(GIFT_VARIANT, { id }, PATIENT);
      if (result.outcome !== 'ok') return failed(result);
      const { productVariant } = result.data;
      return productVariant ? found(productVariant) : { outcome: 'none' };
    }
    const id = `gid://shopify/Product/${what.productId}`;
    const result = await client.query(GIFT_PRODUCT, { id }, PATIENT);
    if (result.outcome !== 'ok') return failed(result);
    const variants = result.data.product?.variants.nodes ?? [];
    const first = variants.find(({ availableForSale }) => availableForSale) ?? variants[0];
    return first ? found(first) : { outcome: 'none' };
  },
});
