import { adminDocument } from '../admin-client.ts';

/** Scope: read_products. */
export const STOCK = adminDocument<
  { product: { status: string; tracksInventory: boolean; totalInventory: number } | null },
  { id: string }
>(`
  query Stock($id: ID!) {
    product(id: $id) { status tracksInventory totalInventory }
  }`);
