/** What a snapshot says of a person, wherever it came from: an order, a customer webhook, the Admin API. */

export interface Address {
  /** ISO 3166-1 alpha-2 */
  country: string | null;
  /** Shopify's province code: "ON", "CA" */
  province: string | null;
  city: string | null;
  zip: string | null;
  street: string | null;
}

/** A field that is undefined was not told; null was told to be empty. */
export interface PersonSnapshot {
  shopId: bigint;
  shopifyId: bigint | null;
  email?: string | null;
  phone?: string | null;
  firstName?: string | null;
  lastName?: string | null;
  locale?: string | null;
  /** Default address; a delivery address of an order wins over it. */
  address?: Address | null;
  /** When it was so: snapshots only move forward. */
  at: Date;
  /** When this person's account or order came to be; who comes back after an erasure is somebody new. */
  since?: Date | null;
  /** The order that tells of them. */
  orderId?: bigint | null;
}
