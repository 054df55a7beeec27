/** What the store sells. */

import type { Gid, Instant } from './values.ts';

export interface Product {
  id: Gid;
  handle: string;
  title: string;
  description: string;
  productType: string;
  vendor: string;
  tags: string[];
  status: 'ACTIVE' | 'DRAFT' | 'ARCHIVED';
  /** Names of the options, `['Size']`; `['Title']` when there is only one variant. */
  options: string[];
  variants: Variant[];
  collections: Gid[];
  /** Pieces that are there, of all variants; plenty without it. */
  stock?: number;
  createdAt: Instant;
  updatedAt: Instant;
}

export interface Variant {
  id: Gid;
  /** `Default Title` when the product has no options. */
  title: string;
  sku: string;
  /** Minor units of the shop's currency. */
  price: number;
  compareAtPrice: number | null;
  grams: number;
  requiresShipping: boolean;
  taxable: boolean;
  giftCard: boolean;
  /** Pieces that are left; without it there are enough. */
  stock?: number;
}

export interface Collection {
  id: Gid;
  handle: string;
  title: string;
}
