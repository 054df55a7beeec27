/**
 * What the block on the checkout page and the app say to each other.
 *
 * `GET /api/checkout?code=&locale=` answers a {@link CheckoutView}; `POST /api/checkout` takes a {@link HeardInput}.
 * Extensions import this file for its types only.
 */

export interface CheckoutView {
  /** Set when `code` is a friend's code of this shop that may be used now. The same answer for unknown, foreign and spent codes: null. */
  friend: {
    /** First name of the advocate; null unless they allowed it to be shown. */
    name: string | null;
    /** "A gift from Jo: 15 % off" */
    message: string;
    /** As Shopify knows it: what was typed may have had spaces, or signs taken for what they look like. */
    code?: string;
  } | null;
  /** "How did you hear about us?" when the merchant asks it here; null otherwise. */
  heard: {
    text: string;
    options: { value: string; label: string }[];
    /** Sent back with the answer. */
    survey: { id: string; version: number };
  } | null;
}

export interface HeardInput {
  checkoutToken: string | null;
  /** One of the option values that were offered. */
  value: string;
  operationId: string;
  survey?: { id: string; version: number };
}
