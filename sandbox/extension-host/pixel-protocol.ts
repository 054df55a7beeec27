/** What the page and the pixel's worker say to each other, by messages that can be cloned. */

export interface PixelEvent {
  name: string;
  /** ISO 8601, sandbox time */
  timestamp: string;
  data: unknown;
}

/** From the page: to the worker. */
export type ToPixel =
  | { kind: 'start'; settings: unknown; init: unknown }
  | { kind: 'event'; event: PixelEvent & { id: string; seq: number; clientId: string; context: unknown } }
  | { kind: 'answer'; call: number; value?: unknown; error?: string };

/** From the worker: to the page. */
export type FromPixel =
  | { kind: 'heard'; name: string }
  | { kind: 'call'; call: number; on: string; method: string; args: unknown[] }
  | { kind: 'problem'; message: string };
