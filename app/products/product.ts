/** A product and its clock: what a merchant knows of a product's life. */

export interface ProductSnapshot {
  shopId: bigint;
  id: bigint;
  handle: string;
  title: string;
  productType: string;
  vendor: string;
  tags: string[];
  imageUrl: string | null;
  /** On the shop's own site; null when it is not sold there. */
  url: string | null;
  status: string;
  updatedAt: Date;
}

export interface CareGuide {
  title: string;
  text: string;
  url: string | null;
}

/** Days count from delivery. */
export interface ProductClock {
  productId: bigint;
  title: string;
  imageUrl: string | null;
  url: string | null;
  /** By locale; empty when the merchant wrote none. */
  careGuide: Record<string, CareGuide>;
  firstUseDays: number;
  readyToJudgeDays: number;
  /** null: not known, take the shop's usual 90 days. */
  usefulLifeDays: number | null;
  eventEndsAt: Date | null;
}

/** Where a rule of the clock applies; the narrowest wins. */
export const CLOCK_SCOPES = ['product', 'tag', 'type', 'all'] as const;
export type ClockScope = (typeof CLOCK_SCOPES)[number];

export interface ClockRule {
  scope: ClockScope;
  /** Product id, tag or type; '' for all. */
  ref: string;
  careGuide?: Record<string, CareGuide>;
  firstUseDays?: number | null;
  readyToJudgeDays?: number | null;
  usefulLifeDays?: number | null;
  /** Of what is sold with a date, a ticket or a course: when it is over. For single products only. */
  eventEndsAt?: Date | null;
}
