/** Store credit: accounts of customers, one a currency, made on demand. */

import type { StoreCredit } from '../../state/discount.ts';
import { kindOf } from '../../state/ids.ts';
import { minor } from '../../state/money.ts';
import { connection, type PageArgs } from '../connection.ts';
import { type Context, now, type Resolvers } from '../context.ts';
import { money } from '../money.ts';
import { customerOf } from './people.ts';

interface MoneyInput {
  amount: string;
  currencyCode: string;
}
type Transaction = StoreCredit['transactions'][number];
interface OfTransaction {
  __typename: string;
  id: string;
  account: StoreCredit;
  transaction: Transaction;
}

const TYPES: Record<Transaction['kind'], string> = {
  credit: 'StoreCreditAccountCreditTransaction',
  debit: 'StoreCreditAccountDebitTransaction',
  expiration: 'StoreCreditAccountExpirationTransaction',
};

const wrap = (account: StoreCredit, transaction: Transaction): OfTransaction => ({
  __typename: TYPES[transaction.kind],
  id: transaction.id,
  account,
  transaction,
});

const refuse = (field: string[], code: string, message: string) => ({
  storeCreditAccountTransaction: null,
  userErrors: [{ field, code, message }],
});

function credit(
  context: Context,
  id: string,
  input: { creditAmount: MoneyInput; expiresAt?: string | null },
) {
  const { shop, inside } = context;
  const { amount: text, currencyCode: currency } = input.creditAmount;
  if (currency !== shop.currency && !shop.markets.some((market) => market.currency === currency)) {
    return refuse(
      ['creditInput', 'creditAmount', 'currencyCode'],
      'UNSUPPORTED_CURRENCY',
      'Currency is not supported',
    );
  }
  const amount = minor(text, currency);
  if (amount === null || amount <= 0) {
    return refuse(
      ['creditInput', 'creditAmount', 'amount'],
      'NEGATIVE_OR_ZERO_AMOUNT',
      'A positive amount must be used to credit a store credit account',
    );
  }
  if (input.expiresAt && Date.parse(input.expiresAt) <= Date.parse(now(context))) {
    return refuse(
      ['creditInput', 'expiresAt'],
      'EXPIRES_AT_IN_PAST',
      'The expiry date must be in the future',
    );
  }
  const byId = shop.storeCredits.find((a) => a.id === id);
  if (byId && byId.currency !== currency) {
    return refuse(
      ['creditInput', 'creditAmount', 'currencyCode'],
      'MISMATCHING_CURRENCY',
      'The currency provided does not match the currency of the store credit account',
    );
  }
  if (!byId && kindOf(id) === 'StoreCreditAccount')
    return refuse(['id'], 'ACCOUNT_NOT_FOUND', 'Store credit account could not be found');
  const customer = customerOf(shop, byId?.customer ?? id);
  if (!customer) return refuse(['id'], 'OWNER_NOT_FOUND', 'Owner could not be found');
  let account = byId ?? shop.storeCredits.find((a) => a.customer === customer.id && a.currency === currency);
  if (!account) {
    account = {
      id: inside.kernel.ids.next('StoreCreditAccount'),
      customer: customer.id,
      currency,
      balance: 0,
      transactions: [],
    };
    shop.storeCredits.push(account);
  }
  return book(context, account, 'credit', amount, input.expiresAt ?? null);
}

function debit(context: Context, id: string, { debitAmount }: { debitAmount: MoneyInput }) {
  const { shop } = context;
  const amount = minor(debitAmount.amount, debitAmount.currencyCode);
  if (amount === null || amount <= 0) {
    return refuse(
      ['debitInput', 'debitAmount', 'amount'],
      'NEGATIVE_OR_ZERO_AMOUNT',
      'A positive amount must be used to debit a store credit account',
    );
  }
  const account = shop.storeCredits.find(
    (a) => a.id === id || (a.customer === id && a.currency === debitAmount.currencyCode),
  );
  if (!account) return refuse(['id'], 'ACCOUNT_NOT_FOUND', 'Store credit account could not be found');
  if (account.currency !== debitAmount.currencyCode) {
    return refuse(
      ['debitInput', 'debitAmount', 'currencyCode'],
      'MISMATCHING_CURRENCY',
      'The currency provided does not match the currency of the store credit account',
    );
  }
  if (account.balance < amount) {
    return refuse(
      ['debitInput', 'debitAmount', 'amount'],
      'INSUFFICIENT_FUNDS',
      'The store credit account does not have sufficient funds to satisfy the request',
    );
  }
  return debited(context, account, amount, 'ADJUSTMENT');
}

/** What is taken comes out of what runs out first. */
export function debited(
  context: Pick<Context, 'shop' | 'inside'>,
  account: StoreCredit,
  amount: number,
  event: 'ADJUSTMENT' | 'ORDER_PAYMENT',
) {
  let left = amount;
  const last = (t: Transaction) => t.expiresAt ?? '9999';
  for (const credit of account.transactions.toSorted((a, b) => last(a).localeCompare(last(b)))) {
    const part = Math.min(left, credit.remaining);
    credit.remaining -= part;
    left -= part;
  }
  return book(context, account, 'debit', amount, null, { event });
}

/** What has run out is written down when somebody looks. */
function lapse(context: Pick<Context, 'shop' | 'inside'>, account: StoreCredit): StoreCredit {
  const at = context.inside.kernel.now();
  for (const credit of account.transactions.filter(
    (t) => t.remaining > 0 && t.expiresAt !== null && t.expiresAt <= at,
  )) {
    const { remaining } = credit;
    credit.remaining = 0;
    book(context, account, 'expiration', remaining, null, { of: credit.id });
  }
  return account;
}

function book(
  context: Pick<Context, 'shop' | 'inside'>,
  account: StoreCredit,
  kind: Transaction['kind'],
  amount: number,
  expiresAt: string | null,
  more: Pick<Transaction, 'of' | 'event'> = {},
) {
  account.balance += kind === 'credit' ? amount : -amount;
  const transaction: Transaction = {
    id: context.inside.kernel.ids.next(TYPES[kind]),
    kind,
    amount: kind === 'credit' ? amount : -amount,
    remaining: kind === 'credit' ? amount : 0,
    balanceAfter: account.balance,
    expiresAt,
    createdAt: context.inside.kernel.now(),
    ...more,
  };
  account.transactions.push(transaction);
  context.inside.kernel.changed(context.shop, account);
  return { storeCreditAccountTransaction: wrap(account, transaction), userErrors: [] };
}

const transactionFields: Resolvers[string] = {
  account: ({ account }: OfTransaction) => account,
  amount: ({ account, transaction: t }: OfTransaction) => money(t.amount, account.currency),
  balanceAfterTransaction: ({ account, transaction: t }: OfTransaction) =>
    money(t.balanceAfter, account.currency),
  createdAt: ({ transaction: t }: OfTransaction) => t.createdAt,
  event: ({ transaction: t }: OfTransaction) => t.event ?? 'ADJUSTMENT',
  origin: () => null,
};

export const storeCreditResolvers: Resolvers = {
  QueryRoot: {
    storeCreditAccount: (_: object, { id }: { id: string }, { shop }: Context) =>
      shop.storeCredits.find((a) => a.id === id) ?? null,
  },
  Mutation: {
    storeCreditAccountCredit: (
      _: object,
      {
        id,
        creditInput,
      }: { id: string; creditInput: { creditAmount: MoneyInput; expiresAt?: string | null } },
      context: Context,
    ) => credit(context, id, creditInput),
    storeCreditAccountDebit: (
      _: object,
      { id, debitInput }: { id: string; debitInput: { debitAmount: MoneyInput } },
      context: Context,
    ) => debit(context, id, debitInput),
  },
  Customer: {
    storeCreditAccounts: (customer: { id: string }, args: PageArgs, context: Context) =>
      connection(
        context.shop.storeCredits.filter((a) => a.customer === customer.id).map((a) => lapse(context, a)),
        args,
        context,
      ),
  },
  StoreCreditAccount: {
    balance: (account: StoreCredit) => money(account.balance, account.currency),
    owner: (account: StoreCredit, _: object, { shop }: Context) => customerOf(shop, account.customer),
    transactions: (account: StoreCredit, args: PageArgs, context: Context) =>
      connection(
        account.transactions.map((t) => wrap(account, t)),
        args,
        context,
        (t) => t.transaction.createdAt,
      ),
  },
  StoreCreditAccountCreditTransaction: {
    ...transactionFields,
    expiresAt: ({ transaction: t }: OfTransaction) => t.expiresAt,
    remainingAmount: ({ account, transaction: t }: OfTransaction) => money(t.remaining, account.currency),
  },
  StoreCreditAccountDebitTransaction: transactionFields,
  StoreCreditAccountExpirationTransaction: {
    ...transactionFields,
    creditTransaction: ({ account, transaction: t }: OfTransaction) => {
      const credit = account.transactions.find(({ id }) => id === t.of);
      return credit && wrap(account, credit);
    },
  },
};
