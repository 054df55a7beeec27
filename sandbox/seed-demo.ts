/** Fills the demo shop: four months of it are lived through, with the verbs and pages that everybody else uses too. */

import { answerInbox, describeProducts } from './demo/merchant.ts';
import { people } from './demo/people.ts';
import { createShopper, type Shopper } from './demo/shopper.ts';
import { type Chapter, DAYS, story } from './demo/story.ts';
import { wordsFor } from './demo/words.ts';
import { seeded } from './faults/faults.ts';
import type { RunningSandbox } from './sandbox.ts';
import type { Customer } from './state/customer.ts';
import type { Order } from './state/order.ts';
import type { Shop } from './state/shop.ts';
import type { CustomerInput } from './types.ts';

const DAY = 86_400_000;
/** Nobody looks at the minutes of four months; every stop takes a fifth of a second. */
const GRAIN = 2 * 3_600_000;
/** The merchant looks into the inbox at least so often, in days; of the last days something is left to do. */
const LOOKS_EVERY = 0.4;
const LEFT_OPEN = 4;
/** Nobody answers at night; in UTC, for the demo shop is in Dublin. */
const isAwake = (at: number) => new Date(at).getUTCHours() >= 8 && new Date(at).getUTCHours() < 20;
/** Whoever answers on the thank-you page does so a minute or two after the order. */
const THINKS_MS = 90_000;

export interface SeedOptions {
  say: (line: string) => void;
  log: (line: string) => void;
}

/** The moment at which the story begins, seen from now. */
export function beginning(): number {
  return Date.now() - DAYS * DAY;
}

/** Ends with the clock at now. The clock must stand at the {@link beginning}, the app must be installed. */
export async function seedDemo(sandbox: RunningSandbox, { say, log }: SeedOptions): Promise<void> {
  const shop = sandbox.shop();
  const from = sandbox.clock.now();
  await describeProducts(sandbox, shop, log);
  const cast = people();
  const chapters = story(cast.map((person) => person.address?.country ?? 'IE'));
  const telling: Telling = {
    sandbox,
    shop,
    shopper: createShopper(sandbox, shop, log),
    chance: seeded(7),
    codes: new Map(),
    customers: new Map(),
    readMails: 0,
  };
  const beats = chapters.flatMap((chapter) => beatsOf(telling, chapter, cast)).sort((a, b) => a.day - b.day);
  let told = 0;
  let lookedOn = 0;
  for (const beat of beats) {
    await sandbox.clock.moveTo(Math.min(from + beat.day * DAY, Date.now()), GRAIN);
    await readMails(telling);
    const isLook = beat.day - lookedOn > LOOKS_EVERY && beat.day < DAYS - LEFT_OPEN;
    if (isLook && isAwake(sandbox.clock.now())) {
      lookedOn = beat.day;
      await answerInbox(sandbox, shop, log);
    }
    await beat.tell();
    if (beat.isOrder && ++told % 15 === 0) say(`  ${told} of ${chapters.length} orders`);
  }
  await sandbox.clock.moveTo(Date.now(), GRAIN);
  await readMails(telling);
  await sandbox.clock.settle();
}

interface Telling {
  sandbox: RunningSandbox;
  shop: Shop;
  shopper: Shopper;
  chance: () => number;
  /** Referral codes by customer. */
  codes: Map<string, string>;
  customers: Map<number, Customer>;
  readMails: number;
}

interface Beat {
  day: number;
  isOrder?: boolean;
  tell: () => Promise<void> | void;
}

/** What happens around one order, in time. */
function beatsOf(telling: Telling, chapter: Chapter, cast: CustomerInput[]): Beat[] {
  const { sandbox, shop } = telling;
  const { store } = sandbox;
  let order: Order;
  const packed = chapter.day + chapter.packedAfter;
  const arrived = packed + chapter.arrivesAfter;
  const beats: Beat[] = [
    { day: chapter.day, isOrder: true, tell: async () => void (order = await buy(telling, chapter, cast)) },
  ];
  const later = (day: number, tell: (order: Order) => unknown) =>
    beats.push({ day, tell: () => void tell(order) });

  if (chapter.outcome === 'cancelled') later(chapter.day + 0.2, () => store.cancel(shop, order));
  if (chapter.source === 'pos' || ['cancelled', 'open'].includes(chapter.outcome)) return beats;

  const first = chapter.lines[0];
  if (chapter.inParts && chapter.lines.length > 1 && first) {
    later(packed, () =>
      store.fulfil(shop, order, { lines: [{ handle: first.handle ?? '' }], carrier: chapter.carrier }),
    );
    later(packed + 0.3, () => store.fulfil(shop, order, { carrier: chapter.carrier }));
  } else {
    later(packed, () => store.fulfil(shop, order, { carrier: chapter.carrier }));
  }
  if (chapter.outcome === 'packed') return beats;
  later(packed + 0.5, () =>
    order.fulfillments.forEach((f) =>
      store.deliver(shop, order, { fulfillment: f.name, status: 'in_transit' }),
    ),
  );
  if (chapter.outcome === 'in-transit' || chapter.outcome === 'lost') return beats;
  later(arrived, () =>
    order.fulfillments.forEach((f) => store.deliver(shop, order, { fulfillment: f.name })),
  );
  if (chapter.outcome === 'refunded')
    later(arrived + 3, () => store.refund(shop, order, { note: 'Arrived damaged' }));
  if (chapter.outcome === 'part-refunded')
    later(arrived + 2, () => store.refund(shop, order, { amount: goodwill(order), note: 'A small apology' }));
  if (chapter.outcome === 'returned') {
    later(arrived + 4, () => store.startReturn(shop, order, { reason: 'unwanted' }));
    later(arrived + 11, () => store.closeReturn(shop, order));
    later(arrived + 11.1, () => store.refund(shop, order, { note: 'Returned' }));
  }
  return beats;
}

/** Yen have no cents. */
function goodwill(order: Order): string {
  return order.presentmentCurrency === 'JPY' ? '800' : '5.00';
}

async function buy(telling: Telling, chapter: Chapter, cast: CustomerInput[]): Promise<Order> {
  const { sandbox, shop, shopper, customers } = telling;
  const person = cast[chapter.buyer] ?? {};
  const code = chapter.wantsCode ? friendsCode(telling, chapter, person) : null;
  if (code) await shopper.visitFriend(code);
  const known = customers.get(chapter.buyer);
  const order = sandbox.store.placeOrder(shop, {
    customer: known ? { id: known.id } : person,
    lines: chapter.lines,
    source: chapter.source,
    test: chapter.test,
    discountCodes: code ? [code] : [],
    codes: 'lenient',
    shipTo: chapter.giftTo,
    landingSite: code ? `/discount/${code}?utm_source=friend` : '/',
    ...(chapter.giftTo && { note: 'A present: please leave the invoice out.' }),
  });
  const customer = shop.customers.find((c) => c.id === order.customer);
  if (customer) customers.set(chapter.buyer, customer);
  await sandbox.clock.moveTo(sandbox.clock.now() + THINKS_MS);
  if (chapter.score !== null) await speak(telling, chapter, order);
  return order;
}

async function speak({ shopper, chance, codes }: Telling, chapter: Chapter, order: Order): Promise<void> {
  const score = chapter.score ?? 5;
  const words = chapter.hasWords ? wordsFor(order.customerLocale, score, chance()) : null;
  const code = await shopper.answer(order, score, words);
  if (code && order.customer) codes.set(order.customer, code);
}

/** The code of somebody who has one; people of one household use each other's. */
function friendsCode(
  { codes, chance, shop }: Telling,
  chapter: Chapter,
  person: CustomerInput,
): string | null {
  if (chapter.test) return null;
  const all = [...codes].slice(0, 6);
  const home = shop.customers.find((c) => codes.has(c.id) && c.addresses[0]?.line1 === person.address?.line1);
  return codes.get(home?.id ?? '') ?? all[Math.floor(chance() ** 1.6 * all.length)]?.[1] ?? null;
}

/** More than half of the mails are opened, some lead back to the shop, some are answered. */
async function readMails(telling: Telling): Promise<void> {
  const { sandbox, shop, shopper, chance } = telling;
  const { mails } = sandbox.state;
  for (; telling.readMails < mails.length; telling.readMails++) {
    const mail = mails[telling.readMails];
    const isRead = chance() < 0.6;
    const isFollowed = chance() < 0.4;
    const score = chance() < 0.15 ? 2 + Math.round(chance()) : 4 + Math.round(chance() * 0.9);
    const locale = shop.customers.find((c) => c.email === mail?.to)?.locale ?? 'en';
    const words = chance() < 0.6 ? wordsFor(locale, score, chance()) : null;
    if (!mail || !isRead) continue;
    await shopper.read(mail, isFollowed);
    if (isFollowed) await shopper.respond(mail, score, words);
  }
}
