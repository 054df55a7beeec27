/** For tests of messages: people to write to, a text, and providers that remember what they were given. */
import type { Db } from '../app/db.server.ts';
import { newId } from '../app/ids.ts';
import type { TemplateText } from '../app/messages/blocks.ts';
import {
  installTemplates,
  makeContents,
  makeHandOverLoop,
  makeLinks,
  makeMergeSource,
  planMessages,
  type HandOverDeps,
} from '../app/messages/messages.server.ts';
import type { MessageDraft } from '../app/messages/message.ts';
import type { MailProvider, OutgoingMail, SendResult } from '../app/messages/provider.ts';
import type { Shop } from '../app/shops/shop.ts';
import { aShop } from './builders.ts';

export const testKey = Buffer.alloc(32, 7);
const testAppUrl = 'https://app.example.com';
export const testLinks = makeLinks({ appUrl: testAppUrl, key: testKey });

/** Noon in Berlin on a Monday. */
export const noon = new Date('2026-06-01T10:00:00Z');
export const after = (hours: number) => new Date(noon.getTime() + hours * 3_600_000);

/** A customer in Berlin who ordered a week ago and subscribed. */
export async function aRecipient(
  db: Db,
  shop: Shop,
  with_: Partial<{
    email: string | null;
    phone: string | null;
    firstName: string | null;
    locale: string | null;
    country: string;
    timeZone: string | null;
    consent: string | null;
    smsConsent: string;
  }> = {},
): Promise<string> {
  const id = newId(noon);
  const email = with_.email === undefined ? `${id}@example.com` : with_.email;
  await db.sqlAcrossShops(
    `insert into customer (shop_id, id, email, phone, first_name, locale, country, time_zone, last_order_at, created_at, updated_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9::timestamptz - interval '7 days', $9, $9)`,
    [
      shop.id,
      id,
      email,
      with_.phone ?? null,
      with_.firstName === undefined ? 'Ana' : with_.firstName,
      with_.locale ?? null,
      with_.country ?? 'DE',
      with_.timeZone === undefined ? 'Europe/Berlin' : with_.timeZone,
      noon,
    ],
  );
  const consents = {
    email: with_.consent === undefined ? 'subscribed' : with_.consent,
    sms: with_.smsConsent,
  };
  for (const [channel, state] of Object.entries(consents)) {
    if (!state) continue;
    await db.sqlAcrossShops(
      `insert into consent (shop_id, customer_id, channel, state, source, at) values ($1, $2, $3, $4, 'shopify', $5)`,
      [shop.id, id, channel, state, noon],
    );
  }
  return id;
}

let orders = 5000n;

/** A paid order of the customer. */
export async function anOrderOf(db: Db, shop: Shop, customerId: string): Promise<bigint> {
  const id = ++orders;
  await db.sqlAcrossShops(
    `insert into orders (shop_id, id, name, customer_id, currency, total, present_currency, present_total, source,
       placed_at, paid_at, snapshot_at) values ($1, $2, $3, $4, 'EUR', 1000, 'EUR', 1000, 'web', $5, $5, $5)`,
    [shop.id, id, `#${id}`, customerId, noon],
  );
  return id;
}

export const plainText: TemplateText = {
  subject: 'Hello {{ customer.first_name | default: "there" }}',
  preheader: 'A line',
  blocks: [
    { kind: 'paragraph', text: 'Thank you, {{ customer.first_name | default: "friend" }}.' },
    { kind: 'button', label: 'Look', url: 'https://shop.example.com/look' },
  ],
};

/** Gives the shop a text named `hello`. */
export async function aTextOf(
  db: Db,
  shop: Shop,
  text: TemplateText = plainText,
  locale = 'en',
  key = 'hello',
) {
  await db.inShop(shop.id, (tx) => installTemplates(tx, [{ key, locale, text }], noon));
}

/** A shop with settings of its own and the text named `hello`. */
export async function aWritingShop(db: Db, settings: object = {}): Promise<Shop> {
  const shop = await aShop(db, { settings });
  await aTextOf(db, shop);
  return shop;
}

let keys = 0;

/** An ask that is due at noon. */
export function aDraft(shop: Shop, customerId: string, with_: Partial<MessageDraft> = {}): MessageDraft {
  return {
    shopId: shop.id,
    customerId,
    key: `test:${++keys}`,
    channel: 'email',
    class: 'ask',
    templateKey: 'hello',
    data: {},
    dueAt: noon,
    uselessAfter: null,
    epoch: shop.epoch,
    ...with_,
  };
}

/** Puts one message into the outbox, due at noon. @returns its id */
export async function aMessage(
  db: Db,
  shop: Shop,
  customerId: string,
  with_: Partial<MessageDraft> = {},
): Promise<string> {
  const draft = aDraft(shop, customerId, with_);
  const [planned] = await db.acrossShops((tx) => planMessages(tx, [draft], noon));
  return planned!.id;
}

/** What permission said of a message, the oldest first. */
export const answersOf = (db: Db, id: string) =>
  db.sqlAcrossShops<{ answer: string; reason: { code?: string } }>(
    'select answer, reason from permission_answer where message_id = $1 order by at, id',
    [id],
  );

/** Takes every mail and remembers it; `answer` decides otherwise. */
export class RememberingMail implements MailProvider {
  name = 'remembering';
  memoryMs = 24 * 3_600_000;
  accepted: OutgoingMail[] = [];
  calls = 0;
  answer: (mail: OutgoingMail) => SendResult | Promise<SendResult> = () => ({
    kind: 'accepted',
    providerId: 'p1',
  });

  async send(mail: OutgoingMail, beforeCommit: () => Promise<boolean>) {
    this.calls += 1;
    if (!(await beforeCommit())) return { kind: 'withdrawn' as const };
    const result = await this.answer(mail);
    if (result.kind === 'accepted' && !this.accepted.some((one) => one.id === mail.id))
      this.accepted.push(mail);
    return result;
  }
  async close() {}
}

export function handOverDeps(db: Db, email: MailProvider, more: Partial<HandOverDeps> = {}): HandOverDeps {
  const source = makeMergeSource({ links: testLinks });
  return {
    db,
    email,
    texts: null,
    contents: makeContents({ source, links: testLinks, appUrl: testAppUrl }),
    facts: { hashKey: testKey, texts: false },
    mail: {
      from: 'hello@everafter.test',
      unsubscribeUrl: (owner, classes) => testLinks.unsubscribe(owner, classes),
    },
    perSecond: 10_000,
    ...more,
  };
}

/** Rounds until nothing is due. */
export async function handOverAll(deps: HandOverDeps, now: Date): Promise<number> {
  const round = makeHandOverLoop(deps);
  let all = 0;
  for (let done = await round(now); done > 0; done = await round(now)) all += done;
  return all;
}

export interface MessageRow {
  id: string;
  state: string;
  due_at: Date | null;
  reason: { code?: string };
  attempts: number;
  tried_at: Date | null;
  handed_at: Date | null;
  subject: string | null;
  html: string | null;
  locale: string | null;
  channel: string;
}

export async function messageRow(db: Db, id: string): Promise<MessageRow> {
  const [row] = await db.sqlAcrossShops<MessageRow>('select * from message where id = $1', [id]);
  return row!;
}
