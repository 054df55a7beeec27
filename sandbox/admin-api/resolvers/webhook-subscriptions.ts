/** Webhook subscriptions that the app makes for one shop; those of shopify.app.toml are not listed here. */

import { digits } from '../../state/ids.ts';
import type { Subscription } from '../../state/traffic.ts';
import { connection, type PageArgs } from '../connection.ts';
import { type Context, now, type Resolvers } from '../context.ts';

/** `orders/create` as an enum value: `ORDERS_CREATE`. */
const enumOf = (topic: string) => topic.replace(/[/.]/g, '_').toUpperCase();

/** Topics whose names do not simply have a slash before their last word. */
const IRREGULAR = [
  'orders/partially_fulfilled',
  'orders/risk_assessment_changed',
  'discounts/redeemcode_added',
  'discounts/redeemcode_removed',
  'app/scopes_update',
  'customer.tags_added',
  'customer.tags_removed',
  'customer.joined_segment',
  'customer.left_segment',
];

/** The topic of an enum value: `ORDERS_CREATE` → `orders/create`. */
function topicOf(value: string): string {
  const known = IRREGULAR.find((topic) => enumOf(topic) === value);
  return known ?? value.toLowerCase().replace(/_([a-z]+)$/, '/$1');
}

interface Input {
  uri?: string | null;
  callbackUrl?: string | null;
  filter?: string | null;
  includeFields?: string[] | null;
  name?: string | null;
}

function create(context: Context, value: string, input: Input) {
  const { shop, inside } = context;
  const uri = input.uri ?? input.callbackUrl ?? '';
  const refuse = (message: string) => ({
    webhookSubscription: null,
    userErrors: [{ field: ['webhookSubscription', 'callbackUrl'], message }],
  });
  if (!/^(https?|pubsub|arn):/.test(uri)) return refuse('Address is invalid');
  const topic = topicOf(value);
  const twin = shop.webhookSubscriptions.some(
    (s) => s.topic === topic && s.uri === uri && s.filter === (input.filter ?? null),
  );
  if (twin) return refuse('Address for this topic has already been taken');
  const made: Subscription = {
    id: inside.kernel.ids.next('WebhookSubscription'),
    topic,
    uri,
    filter: input.filter ?? null,
    includeFields: input.includeFields ?? [],
    name: input.name ?? null,
    createdAt: now(context),
  };
  shop.webhookSubscriptions.push(made);
  inside.kernel.changed(shop, made);
  return { webhookSubscription: made, userErrors: [] };
}

function remove(context: Context, id: string) {
  const { shop, inside } = context;
  const found = shop.webhookSubscriptions.find((s) => s.id === id);
  if (!found) {
    return {
      deletedWebhookSubscriptionId: null,
      userErrors: [{ field: ['id'], message: 'Webhook subscription does not exist' }],
    };
  }
  shop.webhookSubscriptions.splice(shop.webhookSubscriptions.indexOf(found), 1);
  inside.kernel.changed(shop, found);
  return { deletedWebhookSubscriptionId: id, userErrors: [] };
}

export const webhookResolvers: Resolvers = {
  QueryRoot: {
    webhookSubscription: (_: object, { id }: { id: string }, { shop }: Context) =>
      shop.webhookSubscriptions.find((s) => s.id === id) ?? null,
    webhookSubscriptions: (_: object, args: PageArgs & { topics?: string[] | null }, context: Context) =>
      connection(
        context.shop.webhookSubscriptions.filter(
          (s) => !args.topics || args.topics.includes(enumOf(s.topic)),
        ),
        args,
        context,
      ),
  },
  Mutation: {
    webhookSubscriptionCreate: (
      _: object,
      { topic, webhookSubscription }: { topic: string; webhookSubscription: Input },
      context: Context,
    ) => create(context, topic, webhookSubscription),
    webhookSubscriptionDelete: (_: object, { id }: { id: string }, context: Context) => remove(context, id),
  },
  WebhookSubscription: {
    legacyResourceId: (s: Subscription) => digits(s.id),
    topic: (s: Subscription) => enumOf(s.topic),
    callbackUrl: (s: Subscription) => s.uri,
    updatedAt: (s: Subscription) => s.createdAt,
    format: () => 'JSON',
    metafieldNamespaces: () => [],
    metafields: () => [],
    endpoint: (s: Subscription) => ({ __typename: 'WebhookHttpEndpoint', callbackUrl: s.uri }),
    apiVersion: (_: object, _args: object, { inside }: Context) => {
      const handle = inside.config().apiVersion;
      return { handle, displayName: handle, supported: true };
    },
  },
};
