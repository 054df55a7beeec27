import { adminDocument, type UserError } from '../admin-client.ts';

/** Scope: write_products, asked for when a merchant wants stars in other places of Shopify. */
export const RATINGS_SET = adminDocument<
  { metafieldsSet: { metafields: { id: string }[] | null; userErrors: UserError[] } },
  { metafields: readonly { ownerId: string; namespace: string; key: string; type: string; value: string }[] }
>(`
  mutation RatingsSet($metafields: [MetafieldsSetInput!]!) {
    metafieldsSet(metafields: $metafields) {
      metafields { id }
      userErrors { field message code }
    }
  }`);

/** Scope: as for setting them. What is not there is no error. */
export const RATINGS_DELETE = adminDocument<
  { metafieldsDelete: { deletedMetafields: ({ key: string } | null)[] | null; userErrors: UserError[] } },
  { metafields: readonly { ownerId: string; namespace: string; key: string }[] }
>(`
  mutation RatingsDelete($metafields: [MetafieldIdentifierInput!]!) {
    metafieldsDelete(metafields: $metafields) {
      deletedMetafields { key }
      userErrors { field message }
    }
  }`);
