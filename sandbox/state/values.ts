/**
 * What the sandbox holds is plain JSON, so that a snapshot of it is a file.
 *
 * *gid* is Shopify's global id (`gid://shopify/Order/123`); instants are ISO 8601 in UTC and in sandbox time unless
 * a field says otherwise; money is a whole number of minor units (cents, yen).
 */

export type Gid = string;
export type Instant = string;

/** One amount in the shop's currency and in the currency the customer paid in, minor units. */
export interface Amount {
  shop: number;
  presentment: number;
}
