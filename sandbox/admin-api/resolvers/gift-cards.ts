/** Gift cards; the code is told once, when one is made. */

import type { GiftCard } from '../../state/discount.ts';
import { digits } from '../../state/ids.ts';
import { graphqlDecimal, minor } from '../../state/money.ts';
import { connection, type PageArgs } from '../connection.ts';
import { type Context, now, type Resolvers } from '../context.ts';
import { money } from '../money.ts';
import { search, type Searchable } from '../search.ts';
import { customerOf } from './people.ts';

interface Input {
  initialAmount?: { amount: string; currencyCode: string } | null;
  initialValue?: string | null;
  code?: string | null;
  customerId?: string | null;
  expiresOn?: string | null;
  note?: string | null;
  recipientAttributes?: { id: string; message?: string | null } | null;
}

function create(context: Context, input: Input) {
  const { shop, inside } = context;
  const refuse = (field: string, code: string, message: string) => ({
    giftCard: null,
    giftCardCode: null,
    userErrors: [{ field: ['input', field], code, message }],
  });
  const currency = input.initialAmount?.currencyCode ?? shop.currency;
  const amount = minor(input.initialAmount?.amount ?? input.initialValue ?? '', currency);
  if (amount === null) return refuse('initialAmount', 'MISSING_ARGUMENT', "Initial amount can't be blank");
  if (amount <= 0) return refuse('initialAmount', 'GREATER_THAN', 'Initial value must be greater than 0');
  const id = inside.kernel.ids.next('GiftCard');
  const code = (input.code ?? inside.kernel.ids.token('gift-card', id).slice(0, 16))
    .toLowerCase()
    .replace(/[^a-z0-9]/g, '');
  if (code.length < 8) return refuse('code', 'TOO_SHORT', 'Code is too short (minimum is 8 characters)');
  if (code.length > 20) return refuse('code', 'TOO_LONG', 'Code is too long (maximum is 20 characters)');
  if (shop.giftCards.some((card) => card.code === code))
    return refuse('code', 'TAKEN', 'Code has already been taken');
  if (input.customerId && !customerOf(shop, input.customerId))
    return refuse('customerId', 'CUSTOMER_NOT_FOUND', 'The customer could not be found.');
  const recipient = input.recipientAttributes ?? null;
  if (recipient && !customerOf(shop, recipient.id))
    return refuse('recipientAttributes', 'RECIPIENT_NOT_FOUND', 'The recipient could not be found.');
  const at = now(context);
  const card: GiftCard = {
    id,
    code,
    currency,
    initialValue: amount,
    balance: amount,
    customer: input.customerId ?? null,
    recipient: recipient?.id ?? null,
    message: recipient?.message ?? null,
    note: input.note ?? null,
    expiresOn: input.expiresOn ?? null,
    deactivatedAt: null,
    createdAt: at,
    updatedAt: at,
  };
  shop.giftCards.push(card);
  inside.kernel.changed(shop, card);
  return { giftCard: card, giftCardCode: code, userErrors: [] };
}

function deactivate(context: Context, id: string) {
  const card = context.shop.giftCards.find((c) => c.id === id);
  if (!card)
    return {
      giftCard: null,
      userErrors: [{ field: ['id'], code: 'INVALID', message: 'The gift card could not be found.' }],
    };
  card.deactivatedAt ??= now(context);
  card.updatedAt = now(context);
  context.inside.kernel.changed(context.shop, card);
  return { giftCard: card, userErrors: [] };
}

/** Words without a field are looked for in the whole code, as Shopify's documentation says. */
const FIELDS: Searchable<GiftCard> = {
  '': (c) => [c.code],
  id: (c) => [digits(c.id)],
  customer_id: (c) => [c.customer && digits(c.customer)],
  created_at: (c) => [c.createdAt],
  expires_on: (c) => [c.expiresOn],
  initial_value: (c) => [graphqlDecimal(c.initialValue, c.currency)],
  source: () => ['api_client'],
  status: (c) => [c.deactivatedAt === null ? 'enabled' : 'disabled'],
};

export const giftCardResolvers: Resolvers = {
  QueryRoot: {
    giftCard: (_: object, { id }: { id: string }, { shop }: Context) =>
      shop.giftCards.find((c) => c.id === id) ?? null,
    giftCards: (_: object, args: PageArgs & { query?: string | null }, context: Context) =>
      connection(
        search(context.shop.giftCards, args.query, FIELDS, 'gift cards'),
        args,
        context,
        (c) => c.createdAt,
      ),
  },
  Mutation: {
    giftCardCreate: (_: object, { input }: { input: Input }, context: Context) => create(context, input),
    giftCardDeactivate: (_: object, { id }: { id: string }, context: Context) => deactivate(context, id),
  },
  GiftCard: {
    legacyResourceId: (c: GiftCard) => digits(c.id),
    lastCharacters: (c: GiftCard) => c.code.slice(-4),
    maskedCode: (c: GiftCard) => `•••• •••• •••• ${c.code.slice(-4)}`,
    enabled: (c: GiftCard) => c.deactivatedAt === null,
    initialValue: (c: GiftCard) => money(c.initialValue, c.currency),
    balance: (c: GiftCard) => money(c.balance, c.currency),
    customer: (c: GiftCard, _: object, { shop }: Context) => customerOf(shop, c.customer),
    recipientAttributes: (c: GiftCard, _: object, { shop }: Context) =>
      c.recipient
        ? {
            recipient: customerOf(shop, c.recipient),
            message: c.message,
            preferredName: null,
            sendNotificationAt: null,
          }
        : null,
  },
};
