/** Segments and their members, and dates of customers: what Shopify tells only who asks. Implements what sequences need. */
import type { AudienceSource, CustomerValue, ProductValue } from '../../sequences/audience.ts';
import type { Asked } from '../../shops/sync.ts';
import type { Admin } from './admin-client.server.ts';
import { askedOf } from './asked.ts';
import { CUSTOMER_DATES, PRODUCT_DATES, SEGMENT, SEGMENT_MEMBERS, SEGMENTS } from './documents/audiences.ts';
import { gidOf, idOf } from './node-values.ts';

/** Nobody waits for the loop; a page of the admin waits for the list. */
const PATIENCE = 30_000;
const SHORT_PATIENCE = 3000;

/** Larger segments are not followed: they would have to be read whole every hour. */
const LARGEST_SEGMENT = 250_000;

export function audienceSource(admin: Admin): AudienceSource {
  return {
    async members(shop, segmentId) {
      const id = gidOf('Segment', segmentId);
      const asked = await membersOf(admin, shop, id);
      if (asked.outcome !== 'refused' || asked.codes.includes('too-large')) return asked;
      // Shopify refuses to list a segment that was deleted as it refuses anything else.
      const there = askedOf(await admin(shop.domain).query(SEGMENT, { id }, { patience: PATIENCE }));
      return there.outcome === 'ok' && there.value.segment === null
        ? { outcome: 'refused', codes: ['gone'] }
        : asked;
    },
    dates: (shop, name, since) =>
      everyPage<CustomerValue>(async (after) => {
        const ask = { ...changedSince(name, since), after };
        const asked = askedOf(await admin(shop.domain).query(CUSTOMER_DATES, ask, { patience: PATIENCE }));
        if (asked.outcome !== 'ok') return asked;
        const { nodes, pageInfo } = asked.value.customers;
        return pageOf(
          nodes.map(({ id, metafield }) => ({ shopifyId: idOf(id), value: metafield?.value ?? null })),
          pageInfo,
        );
      }),
    productDates: (shop, name, since) =>
      everyPage<ProductValue>(async (after) => {
        const ask = { ...changedSince(name, since), after };
        const asked = askedOf(await admin(shop.domain).query(PRODUCT_DATES, ask, { patience: PATIENCE }));
        if (asked.outcome !== 'ok') return asked;
        const { nodes, pageInfo } = asked.value.products;
        return pageOf(
          nodes.map(({ id, metafield }) => ({ productId: idOf(id), value: metafield?.value ?? null })),
          pageInfo,
        );
      }),
  };
}

function changedSince(name: string, since: Date | null) {
  const [namespace = '', key = ''] = name.split('.');
  return { namespace, key, query: since && `updated_at:>='${since.toISOString()}'` };
}

const membersOf = (admin: Admin, shop: { domain: string }, segmentId: string): Promise<Asked<bigint[]>> =>
  everyPage<bigint>(async (after, room) => {
    const ask = { segmentId, after };
    const asked = askedOf(await admin(shop.domain).query(SEGMENT_MEMBERS, ask, { patience: PATIENCE }));
    if (asked.outcome !== 'ok') return asked;
    const { edges, pageInfo } = asked.value.customerSegmentMembers;
    if (edges.length > room) return { outcome: 'refused', codes: ['too-large'] };
    return pageOf(
      edges.map(({ node }) => idOf(node.id)),
      pageInfo,
    );
  });

/** Segments of the shop, to choose from: ids as text, and names. */
export const segmentsOf = (
  admin: Admin,
  shop: { domain: string },
): Promise<Asked<{ id: string; name: string }[]>> =>
  everyPage(async (after) => {
    const asked = askedOf(await admin(shop.domain).query(SEGMENTS, { after }, { patience: SHORT_PATIENCE }));
    if (asked.outcome !== 'ok') return asked;
    const { nodes, pageInfo } = asked.value.segments;
    return pageOf(
      nodes.map(({ id, name }) => ({ id: String(idOf(id)), name })),
      pageInfo,
    );
  });

interface Page<Item> {
  items: Item[];
  next: string | null;
}

const pageOf = <Item>(
  items: Item[],
  { hasNextPage, endCursor }: { hasNextPage: boolean; endCursor: string | null },
): Asked<Page<Item>> => ({ outcome: 'ok', value: { items, next: hasNextPage ? endCursor : null } });

/** All pages or none: half an answer would look like people who left. */
async function everyPage<Item>(
  read: (after: string | null, room: number) => Promise<Asked<Page<Item>>>,
): Promise<Asked<Item[]>> {
  const all: Item[] = [];
  for (let after: string | null = null; ;) {
    const asked: Asked<Page<Item>> = await read(after, LARGEST_SEGMENT - all.length);
    if (asked.outcome !== 'ok') return asked;
    all.push(...asked.value.items);
    after = asked.value.next;
    if (after === null) return { outcome: 'ok', value: all };
  }
}
