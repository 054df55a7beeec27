export interface ProductNode {
  id: string;
  handle: string;
  title: string;
  productType: string;
  vendor: string;
  tags: string[];
  status: string;
  onlineStoreUrl: string | null;
  updatedAt: string;
  featuredMedia: { preview: { image: { url: string } | null } | null } | null;
}

const PRODUCT_FIELDS = `
  id handle title productType vendor tags status onlineStoreUrl updatedAt
  featuredMedia { preview { image { url } } }`;

/** Text of the query inside a bulk operation. Scope: read_products. */
export const BULK_PRODUCTS = `query BulkProducts { products { edges { node { ${PRODUCT_FIELDS} } } } }`;
