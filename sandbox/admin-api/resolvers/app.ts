/** The app itself: scopes, plans, webhook subscriptions of one shop. */

import { digits, gid } from '../../state/ids.ts';
import type { Shop } from '../../state/shop.ts';
import { flowError } from '../flow-triggers.ts';
import { setScopes } from '../../oauth/install.ts';
import { type Context, now, type Resolvers } from '../context.ts';

const scopeFields = (handle: string) => ({ handle, description: handle.replaceAll('_', ' ') });

interface LineInput {
  plan: {
    appRecurringPricingDetails?: { price: object; interval?: string } | null;
    appUsagePricingDetails?: { terms: string; cappedAmount: { currencyCode: string } } | null;
  };
}

interface SubscriptionRow {
  id: string;
  status: string;
  lineItems: { id: string }[];
}

const rows = (shop: Shop, kind: string) => (shop.extras[kind] ??= []);
const subscriptions = (shop: Shop) => rows(shop, 'appSubscriptions') as unknown as SubscriptionRow[];

function subscribe(
  context: Context,
  args: {
    name: string;
    returnUrl: string;
    trialDays?: number | null;
    test?: boolean | null;
    lineItems: LineInput[];
  },
) {
  const { shop, inside } = context;
  const id = inside.kernel.ids.next('AppSubscription');
  const appSubscription = {
    id,
    name: args.name,
    returnUrl: args.returnUrl,
    status: 'PENDING',
    test: args.test ?? false,
    trialDays: args.trialDays ?? 0,
    createdAt: now(context),
    currentPeriodEnd: null,
    lineItems: args.lineItems.map(({ plan }, index) => ({
      id: `${gid('AppSubscriptionLineItem', digits(id))}?v=1&index=${index}`,
      plan: { pricingDetails: pricing(plan) },
    })),
  };
  rows(shop, 'appSubscriptions').push(appSubscription);
  inside.kernel.changed(shop);
  return {
    appSubscription,
    confirmationUrl: `${inside.sandbox.origin}/admin/${shop.handle}/charges/${digits(id)}/confirm`,
    userErrors: [],
  };
}

function pricing(plan: LineInput['plan']) {
  const recurring = plan.appRecurringPricingDetails;
  if (recurring)
    return {
      __typename: 'AppRecurringPricing',
      interval: 'EVERY_30_DAYS',
      discount: null,
      planHandle: null,
      ...recurring,
    };
  const usage = plan.appUsagePricingDetails;
  const balanceUsed = { amount: '0.0', currencyCode: usage?.cappedAmount.currencyCode };
  return { __typename: 'AppUsagePricing', interval: 'EVERY_30_DAYS', balanceUsed, ...usage };
}

function cancel(context: Context, id: string) {
  const found = subscriptions(context.shop).find((s) => s.id === id);
  if (!found)
    return {
      appSubscription: null,
      userErrors: [{ field: ['id'], message: "Couldn't find RecurringApplicationCharge" }],
    };
  found.status = 'CANCELLED';
  context.inside.kernel.changed(context.shop);
  return { appSubscription: found, userErrors: [] };
}

function recordUsage(
  context: Context,
  args: {
    subscriptionLineItemId: string;
    price: object;
    description: string;
    idempotencyKey?: string | null;
  },
) {
  const { shop, inside } = context;
  const known = rows(shop, 'appUsageRecords').find(
    (r) => args.idempotencyKey && r.idempotencyKey === args.idempotencyKey,
  );
  if (known) return { appUsageRecord: known, userErrors: [] };
  const line = subscriptions(shop)
    .flatMap((s) => s.lineItems)
    .find((l) => l.id === args.subscriptionLineItemId);
  if (!line)
    return {
      appUsageRecord: null,
      userErrors: [{ field: ['subscriptionLineItemId'], message: 'Subscription line item not found' }],
    };
  const appUsageRecord = { id: inside.kernel.ids.next('AppUsageRecord'), createdAt: now(context), ...args };
  rows(shop, 'appUsageRecords').push(appUsageRecord);
  inside.kernel.changed(shop);
  return { appUsageRecord, userErrors: [] };
}

function revoke(context: Context, scopes: string[]) {
  const { shop, inside } = context;
  const required = inside.config().scopes;
  const wrong = scopes.find((scope) => required.includes(scope));
  if (wrong) {
    const message = `The scope ${wrong} is required and cannot be revoked.`;
    return {
      revoked: [],
      userErrors: [{ field: ['scopes'], message, code: 'CANNOT_REVOKE_REQUIRED_SCOPES' }],
    };
  }
  const granted = shop.installation?.scopes ?? [];
  const revoked = granted.filter((scope) => scopes.includes(scope));
  setScopes(
    inside.appSide,
    shop,
    granted.filter((scope) => !scopes.includes(scope)),
  );
  return { revoked: revoked.map(scopeFields), userErrors: [] };
}

const installation = ({ shop }: Context) => ({ id: gid('AppInstallation', digits(shop.id)) });

export const appResolvers: Resolvers = {
  QueryRoot: {
    currentAppInstallation: (_: object, _args: object, context: Context) => installation(context),
    app: (_: object, _args: object, context: Context) => ({ id: 'gid://shopify/App/1', context }),
  },
  Mutation: {
    appSubscriptionCreate: (_: object, args: Parameters<typeof subscribe>[1], context: Context) =>
      subscribe(context, args),
    appSubscriptionCancel: (_: object, { id }: { id: string }, context: Context) => cancel(context, id),
    appUsageRecordCreate: (_: object, args: Parameters<typeof recordUsage>[1], context: Context) =>
      recordUsage(context, args),
    appRevokeAccessScopes: (_: object, { scopes }: { scopes: string[] }, context: Context) =>
      revoke(context, scopes),
    flowTriggerReceive: (
      _: object,
      args: { handle?: string | null; payload?: unknown },
      context: Context,
    ) => {
      const wrong = flowError(args.handle, args.payload);
      if (wrong) return { userErrors: [wrong] };
      rows(context.shop, 'flowTriggers').push({ ...args, at: now(context) });
      context.inside.kernel.changed(context.shop);
      return { userErrors: [] };
    },
  },
  AppInstallation: {
    app: (_: object, _args: object, context: Context) => ({ id: 'gid://shopify/App/1', context }),
    launchUrl: (_: object, _args: object, { shop, inside }: Context) =>
      `${inside.sandbox.origin}/admin/${shop.handle}/app`,
    accessScopes: (_: object, _args: object, { shop }: Context) =>
      (shop.installation?.scopes ?? []).map(scopeFields),
    activeSubscriptions: (_: object, _args: object, { shop }: Context) =>
      subscriptions(shop).filter((s) => s.status === 'ACTIVE'),
  },
  App: {
    title: (_: object, _args: object, { inside }: Context) => inside.config().name,
    handle: (_: object, _args: object, { inside }: Context) => inside.config().handle,
    apiKey: (_: object, _args: object, { inside }: Context) => inside.sandbox.apiKey,
    embedded: () => true,
    installation: (_: object, _args: object, context: Context) => installation(context),
    requestedAccessScopes: (_: object, _args: object, { inside }: Context) =>
      inside.config().scopes.map(scopeFields),
    optionalAccessScopes: (_: object, _args: object, { inside }: Context) =>
      inside.config().optionalScopes.map(scopeFields),
    webhookApiVersion: (_: object, _args: object, { inside }: Context) => inside.config().apiVersion,
  },
};
