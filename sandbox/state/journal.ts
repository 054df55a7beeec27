/**
 * The journal: one line of JSON for each change, with the things it touched as they were then. What is in the file is
 * there after any kill of the process; a line that was cut off is one that nobody was told of.
 */

import { appendFileSync } from 'node:fs';
import { kindOf } from './ids.ts';
import type { Shop, State } from './shop.ts';
import type { Delivery, Text } from './traffic.ts';
import type { Gid } from './values.ts';

/** Lists of a shop that are written thing by thing; whatever else it has is written as a whole. */
const LISTS = {
  Order: 'orders',
  Customer: 'customers',
  Product: 'products',
  Collection: 'collections',
  DiscountCodeNode: 'discounts',
  DiscountRedeemCodeBulkCreation: 'codeCreations',
  StoreCreditAccount: 'storeCredits',
  GiftCard: 'giftCards',
  Metafield: 'metafields',
  Segment: 'segments',
  WebhookSubscription: 'webhookSubscriptions',
  BulkOperation: 'bulkOperations',
} as const satisfies Record<string, keyof Shop>;
type List = (typeof LISTS)[keyof typeof LISTS];

export interface Thing {
  id: Gid;
}

/** What is told of a delivery that is in the journal already. */
type Progress = Pick<Delivery, 'id' | 'state' | 'attempts' | 'nextAt'>;
type Small = Pick<State, 'clockOffset' | 'faults' | 'sequences'>;

interface Line {
  small?: Small;
  shops?: { domain: string; own?: Partial<Shop>; put?: [List, Thing][]; gone?: [List, Gid][] }[];
  deliveries?: (Delivery | Progress)[];
  texts?: Text[];
}

export interface Journal {
  touch(shop: Shop, things: Thing[]): void;
  send(delivery: Delivery): void;
  /** Appends what was touched since the last time to the file; how many characters that were. */
  write(file: string): number;
  /** A snapshot has everything that was touched so far. */
  forget(): void;
}

export function createJournal(state: State): Journal {
  const touched = new Map<Shop, Set<Thing>>();
  const sent = new Set<Delivery>();
  const written = new WeakSet<Delivery>();
  const owned = new WeakMap<Shop, string>();
  let small = JSON.stringify(smallOf(state));
  let texts = state.texts.length;

  /** The shop without its lists, when that is not what was written last. */
  function ownOf(shop: Shop): { own?: Partial<Shop> } {
    const lists = Object.fromEntries(Object.values(LISTS).map((list) => [list, undefined]));
    const own: Partial<Shop> = { ...shop, ...lists };
    const text = JSON.stringify(own);
    if (owned.get(shop) === text) return {};
    owned.set(shop, text);
    return { own };
  }

  function deliveryLine(delivery: Delivery): Delivery | Progress {
    const { id, state: at, attempts, nextAt } = delivery;
    if (written.has(delivery)) return { id, state: at, attempts, nextAt };
    written.add(delivery);
    return delivery;
  }

  function take(): Line {
    const line: Line = {};
    const nowSmall = smallOf(state);
    const text = JSON.stringify(nowSmall);
    if (text !== small) line.small = nowSmall;
    small = text;
    if (touched.size > 0)
      line.shops = [...touched].map(([shop, things]) => ({ ...thingsLine(shop, things), ...ownOf(shop) }));
    if (sent.size > 0) line.deliveries = [...sent].map(deliveryLine);
    if (state.texts.length > texts) line.texts = state.texts.slice(texts);
    return line;
  }

  function forget(): void {
    touched.clear();
    sent.clear();
    texts = state.texts.length;
  }

  return {
    touch(shop, things) {
      const known = touched.get(shop) ?? new Set();
      for (const thing of things) known.add(thing);
      touched.set(shop, known);
    },
    send: (delivery) => void sent.add(delivery),
    write(file) {
      const line = take();
      forget();
      if (Object.keys(line).length === 0) return 0;
      const text = `${JSON.stringify(line)}\n`;
      appendFileSync(file, text);
      return text.length;
    },
    forget() {
      small = JSON.stringify(smallOf(state));
      for (const delivery of sent) written.add(delivery);
      forget();
    },
  };
}

function thingsLine(shop: Shop, things: Set<Thing>): NonNullable<Line['shops']>[number] {
  const put: [List, Thing][] = [];
  const gone: [List, Gid][] = [];
  for (const thing of things) {
    const list = listOf(thing.id);
    if ((shop[list] as Thing[]).includes(thing)) put.push([list, thing]);
    else gone.push([list, thing.id]);
  }
  return { domain: shop.domain, put, gone };
}

/** Lives through a journal again, on the snapshot that it was begun with. */
export function replay(state: State, text: string): void {
  const shops = new Map(state.shops.map((shop) => [shop.domain, shop]));
  const deliveries = new Map(state.deliveries.map((delivery) => [delivery.id, delivery]));
  for (const entry of text.split('\n').slice(0, -1)) {
    const line = JSON.parse(entry) as Line;
    Object.assign(state, line.small);
    for (const change of line.shops ?? []) {
      const shop = shops.get(change.domain);
      if (!shop) continue;
      Object.assign(shop, change.own);
      for (const [list, thing] of change.put ?? []) put(shop[list], thing);
      for (const [list, id] of change.gone ?? []) remove(shop[list], id);
    }
    for (const delivery of line.deliveries ?? []) {
      const known = deliveries.get(delivery.id);
      if (known) Object.assign(known, delivery);
      else if ('body' in delivery) {
        deliveries.set(delivery.id, delivery);
        state.deliveries.push(delivery);
      }
    }
    state.texts.push(...(line.texts ?? []));
  }
}

function smallOf({ clockOffset, faults, sequences }: State): Small {
  return { clockOffset, faults, sequences };
}

function listOf(id: Gid): List {
  const kind = kindOf(id);
  if (!Object.hasOwn(LISTS, kind)) throw new Error(`the journal knows no list of ${id}`);
  return LISTS[kind as keyof typeof LISTS];
}

/** From the end: what is touched is young as a rule. */
function put(list: Thing[], thing: Thing): void {
  const at = list.findLastIndex(({ id }) => id === thing.id);
  if (at === -1) list.push(thing);
  else list[at] = thing;
}

function remove(list: Thing[], id: Gid): void {
  const at = list.findLastIndex((thing) => thing.id === id);
  if (at !== -1) list.splice(at, 1);
}
