import { adminDocument } from '../admin-client.ts';

interface PageInfo {
  hasNextPage: boolean;
  endCursor: string | null;
}

/** A page of products that have changed, with one metafield of theirs. Scope: read_products. */
export const PRODUCT_DATES = adminDocument<
  {
    products: { pageInfo: PageInfo; nodes: { id: string; metafield: { value: string } | null }[] };
  },
  { query: string | null; after: string | null; namespace: string; key: string }
>(`
  query ProductDates($query: String, $after: String, $namespace: String!, $key: String!) {
    products(first: 250, after: $after, query: $query, sortKey: UPDATED_AT) {
      pageInfo { hasNextPage endCursor }
      nodes { id metafield(namespace: $namespace, key: $key) { value } }
    }
  }`);

/** Segments by name. Scope: read_customers. */
export const SEGMENTS = adminDocument<
  { segments: { pageInfo: PageInfo; nodes: { id: string; name: string }[] } },
  { after: string | null }
>(`
  query Segments($after: String) {
    segments(first: 250, after: $after) {
      pageInfo { hasNextPage endCursor }
      nodes { id name }
    }
  }`);

/** Whether a segment is there. Scope: read_customers. */
export const SEGMENT = adminDocument<{ segment: { id: string } | null }, { id: string }>(`
  query Segment($id: ID!) {
    segment(id: $id) { id }
  }`);

/** A page of the customers in a segment; the number in a member's id is the customer's. Scope: read_customers. */
export const SEGMENT_MEMBERS = adminDocument<
  { customerSegmentMembers: { pageInfo: PageInfo; edges: { node: { id: string } }[] } },
  { segmentId: string; after: string | null }
>(`
  query SegmentMembers($segmentId: ID!, $after: String) {
    customerSegmentMembers(segmentId: $segmentId, first: 250, after: $after) {
      pageInfo { hasNextPage endCursor }
      edges { node { id } }
    }
  }`);

/** A page of customers that have changed, with one metafield of theirs. Scope: read_customers. */
export const CUSTOMER_DATES = adminDocument<
  {
    customers: { pageInfo: PageInfo; nodes: { id: string; metafield: { value: string } | null }[] };
  },
  { query: string | null; after: string | null; namespace: string; key: string }
>(`
  query CustomerDates($query: String, $after: String, $namespace: String!, $key: String!) {
    customers(first: 250, after: $after, query: $query, sortKey: UPDATED_AT) {
      pageInfo { hasNextPage endCursor }
      nodes { id metafield(namespace: $namespace, key: $key) { value } }
    }
  }`);
