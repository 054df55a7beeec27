/** What the verbs of the store stand on. */

import type { Ids } from './state/ids.ts';
import type { Shop, State } from './state/shop.ts';
import type { Gid } from './state/values.ts';
import type { Urls } from './types.ts';

/** A topic with its body; a body is made when it is sent, from what the shop is then. */
export type Event = [topic: string, body: object];

export interface Kernel {
  state: State;
  ids: Ids;
  urls: Urls;
  /** Sandbox time, whole seconds. */
  now(): string;
  /** Sends what belongs to one action of a merchant or customer, in this order. */
  emit(shop: Shop, events: Event[]): void;
  /** These things of a shop were changed (or made, or removed), or the shop itself: they are to be kept. */
  changed(shop: Shop, ...things: { id: Gid }[]): void;
  /** More was changed than can be named. */
  replaced(): void;
}
