/** Segments, marketing activities, pixels: small parts, kept as they come. */

import { GraphQLError } from 'graphql';
import type { Shop } from '../../state/shop.ts';
import { isInSegment } from '../../store/discount-rules.ts';
import { connection, type PageArgs } from '../connection.ts';
import { type Context, now, type Resolvers } from '../context.ts';
import { customerOf, ordersOf } from './people.ts';

type Row = Record<string, unknown>;

const rows = (shop: Shop, kind: string) => (shop.extras[kind] ??= []);

function upsertActivity(context: Context, input: Row & { remoteId: string; title: string; status: string }) {
  const all = rows(context.shop, 'marketingActivities');
  const at = now(context);
  let activity = all.find((a) => a.remoteId === input.remoteId);
  if (!activity)
    all.push((activity = { id: context.inside.kernel.ids.next('MarketingActivity'), createdAt: at }));
  Object.assign(activity, input, { updatedAt: at, isExternal: true });
  context.inside.kernel.changed(context.shop);
  return { marketingActivity: activity, userErrors: [] };
}

function addEngagement(context: Context, remoteId: string | null | undefined, engagement: Row) {
  const activity = rows(context.shop, 'marketingActivities').find((a) => a.remoteId === remoteId);
  if (!activity) {
    const message = 'Marketing activity does not exist.';
    return {
      marketingEngagement: null,
      userErrors: [{ field: ['remoteId'], message, code: 'MARKETING_ACTIVITY_DOES_NOT_EXIST' }],
    };
  }
  const marketingEngagement = { isCumulative: false, ...engagement, marketingActivity: activity };
  rows(context.shop, 'marketingEngagements').push({ remoteId, ...engagement });
  context.inside.kernel.changed(context.shop);
  return { marketingEngagement, userErrors: [] };
}

/** Settings come as JSON, sometimes as its text. */
function pixel(context: Context, id: string | null, settings: unknown) {
  const all = rows(context.shop, 'webPixels');
  const refuse = (message: string, code: string) => ({
    webPixel: null,
    userErrors: [{ field: ['id'], message, code }],
  });
  if (id === null && all.length > 0) return refuse('Web pixel already exists for this app', 'TAKEN');
  const webPixel =
    id === null ? { id: context.inside.kernel.ids.next('WebPixel') } : all.find((p) => p.id === id);
  if (!webPixel) return refuse('Pixel does not exist', 'NOT_FOUND');
  Object.assign(webPixel, { settings });
  if (id === null) all.push(webPixel);
  context.inside.kernel.changed(context.shop);
  return { webPixel, userErrors: [] };
}

function membership(context: Context, customerId: string, segmentIds: string[]) {
  const customer = customerOf(context.shop, customerId);
  const orders = customer ? ordersOf(context.shop, customer).length : 0;
  return {
    memberships: segmentIds.map((segmentId) => {
      const segment = context.shop.segments.find((s) => s.id === segmentId);
      return {
        segmentId,
        isMember:
          customer !== null &&
          segment !== undefined &&
          isInSegment(segment.query, { orders, tags: customer.tags }),
      };
    }),
  };
}

/** By segment only; a query of its own, which Shopify takes too, is none of ours. */
function members(context: Context, segmentId: string | null | undefined, args: PageArgs) {
  const segment = context.shop.segments.find((s) => s.id === segmentId);
  if (!segment) {
    throw new GraphQLError('sandbox: customerSegmentMembers needs the id of a segment that is there', {
      extensions: { code: 'BAD_REQUEST' },
    });
  }
  const inside = context.shop.customers.filter((customer) =>
    isInSegment(segment.query, { orders: ordersOf(context.shop, customer).length, tags: customer.tags }),
  );
  const { edges, pageInfo } = connection(inside, args, context);
  return {
    edges: edges.map(({ node, cursor }) => ({
      cursor,
      node: { ...node, id: node.id.replace('/Customer/', '/CustomerSegmentMember/') },
    })),
    pageInfo,
    totalCount: inside.length,
  };
}

export const marketingResolvers: Resolvers = {
  QueryRoot: {
    segments: (_: object, args: PageArgs, context: Context) =>
      connection(context.shop.segments, args, context),
    segment: (_: object, { id }: { id: string }, { shop }: Context) =>
      shop.segments.find((s) => s.id === id) ?? null,
    customerSegmentMembers: (
      _: object,
      { segmentId, ...args }: PageArgs & { segmentId?: string | null },
      context: Context,
    ) => members(context, segmentId, args),
    customerSegmentMembership: (
      _: object,
      { customerId, segmentIds }: { customerId: string; segmentIds: string[] },
      context: Context,
    ) => membership(context, customerId, segmentIds),
  },
  Mutation: {
    marketingActivityUpsertExternal: (
      _: object,
      { input }: { input: Parameters<typeof upsertActivity>[1] },
      context: Context,
    ) => upsertActivity(context, input),
    marketingEngagementCreate: (
      _: object,
      { remoteId, marketingEngagement }: { remoteId?: string | null; marketingEngagement: Row },
      context: Context,
    ) => addEngagement(context, remoteId, marketingEngagement),
    webPixelCreate: (_: object, { webPixel }: { webPixel: { settings: unknown } }, context: Context) =>
      pixel(context, null, webPixel.settings),
    webPixelUpdate: (
      _: object,
      { id, webPixel }: { id: string; webPixel: { settings: unknown } },
      context: Context,
    ) => pixel(context, id, webPixel.settings),
  },
  Segment: {
    creationDate: (s: { createdAt: string }) => s.createdAt,
    lastEditDate: (s: { createdAt: string }) => s.createdAt,
  },
};
