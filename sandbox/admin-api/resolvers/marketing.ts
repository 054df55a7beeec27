/** Segments, marketing activities, pixels: small parts, kept as they come. */

import { GraphQLError } from 'graphql';
import { readPixel, wrongSettings } from '../../extension-host/pixel.ts';
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

/** Settings come as JSON, sometimes as its text; they must fit what the extension declares. */
function pixel(context: Context, id: string | null, given: unknown) {
  const all = rows(context.shop, 'webPixels');
  const refuse = (field: string, message: string, code: string) => ({
    webPixel: null,
    userErrors: [{ field: [field], message, code }],
  });
  const manifest = readPixel();
  if (!manifest) return refuse('webPixel', 'No extension found', 'NO_EXTENSION');
  if (id === null && all.length > 0)
    return refuse('webPixel', 'Web pixel already exists for this app', 'TAKEN');
  const settings = settingsIn(given);
  const wrong = wrongSettings(manifest, settings);
  if (wrong) return refuse('settings', wrong, 'INVALID_SETTINGS');
  const webPixel =
    id === null ? { id: context.inside.kernel.ids.next('WebPixel') } : all.find((p) => p.id === id);
  if (!webPixel) return refuse('id', 'Pixel does not exist', 'NOT_FOUND');
  Object.assign(webPixel, { settings });
  if (id === null) all.push(webPixel);
  context.inside.kernel.changed(context.shop);
  return { webPixel, userErrors: [] };
}

function settingsIn(given: unknown): unknown {
  if (typeof given !== 'string') return given;
  try {
    return JSON.parse(given) as unknown;
  } catch {
    return null;
  }
}

function deletePixel(context: Context, id: string) {
  const all = rows(context.shop, 'webPixels');
  const index = all.findIndex((each) => each.id === id);
  if (index === -1)
    return {
      deletedWebPixelId: null,
      userErrors: [{ field: ['id'], message: 'Pixel does not exist', code: 'NOT_FOUND' }],
    };
  all.splice(index, 1);
  context.inside.kernel.changed(context.shop);
  return { deletedWebPixelId: id, userErrors: [] };
}

/** The app's own; without an id the one there is, else Shopify's error. */
function ownPixel(context: Context, id: string | null | undefined) {
  const found = rows(context.shop, 'webPixels').find((each) => !id || each.id === id);
  if (found) return found;
  throw new GraphQLError('No web pixel was found for this app.', {
    extensions: { code: 'RESOURCE_NOT_FOUND' },
  });
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
    webPixel: (_: object, { id }: { id?: string | null }, context: Context) => ownPixel(context, id),
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
    webPixelDelete: (_: object, { id }: { id: string }, context: Context) => deletePixel(context, id),
  },
  Segment: {
    creationDate: (s: { createdAt: string }) => s.createdAt,
    lastEditDate: (s: { createdAt: string }) => s.createdAt,
  },
};
