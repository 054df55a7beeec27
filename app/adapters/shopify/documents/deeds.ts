import { adminDocument, type UserError } from '../admin-client.ts';

/** Scope: write_customers for customers, write_orders for orders. Tags that are there already stay as they are. */
export const TAGS_ADD = adminDocument<
  { tagsAdd: { node: { id: string } | null; userErrors: UserError[] } },
  { id: string; tags: readonly string[] }
>(`
  mutation TagsAdd($id: ID!, $tags: [String!]!) {
    tagsAdd(id: $id, tags: $tags) {
      node { id }
      userErrors { field message }
    }
  }`);

/** Scope: as for adding. Tags that are not there are no error. */
export const TAGS_REMOVE = adminDocument<
  { tagsRemove: { node: { id: string } | null; userErrors: UserError[] } },
  { id: string; tags: readonly string[] }
>(`
  mutation TagsRemove($id: ID!, $tags: [String!]!) {
    tagsRemove(id: $id, tags: $tags) {
      node { id }
      userErrors { field message }
    }
  }`);

/** Scope: as for tags. A metafield that is there gets the new value. */
export const METAFIELDS_SET = adminDocument<
  { metafieldsSet: { metafields: { id: string }[] | null; userErrors: UserError[] } },
  { metafields: readonly { ownerId: string; namespace: string; key: string; type: string; value: string }[] }
>(`
  mutation MetafieldsSet($metafields: [MetafieldsSetInput!]!) {
    metafieldsSet(metafields: $metafields) {
      metafields { id }
      userErrors { field message code }
    }
  }`);

/** Scope: as for setting them. What is not there is no error. */
export const METAFIELDS_DELETE = adminDocument<
  { metafieldsDelete: { deletedMetafields: ({ key: string } | null)[] | null; userErrors: UserError[] } },
  { metafields: readonly { ownerId: string; namespace: string; key: string }[] }
>(`
  mutation MetafieldsDelete($metafields: [MetafieldIdentifierInput!]!) {
    metafieldsDelete(metafields: $metafields) {
      deletedMetafields { key }
      userErrors { field message }
    }
  }`);
