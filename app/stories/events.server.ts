/** Days that customers were at: their pictures, who is told of them, and who is in them. */
import { addTimeline } from '../customers/customers.server.ts';
import type { ShopTx, SqlTx } from '../db.server.ts';
import type { StoredFile } from '../files/file.ts';
import { deleteFiles, filesByIds, keepFiles } from '../files/files.server.ts';
import { newId } from '../ids.ts';
import { installTemplates, planMessages } from '../messages/messages.server.ts';
import type { Shop } from '../shops/shop.ts';
import type { EventLink } from './links.ts';
import { EVENT_PICTURES, STORY_TEMPLATES } from './mails.ts';
import { ownerOf } from './own.server.ts';

export interface StoryEvent {
  id: string;
  name: string;
  /** YYYY-MM-DD */
  day: string;
  productId: bigint;
  productTitle: string | null;
  invitedAt: Date | null;
  pictures: number;
  /** Customers who bought the ticket, and those who have found themselves. */
  attendees: number;
  found: number;
}

const EVENTS = `
  select e.id, e.name, e.day::text as day, e.product_id as "productId", p.title as "productTitle", e.invited_at as "invitedAt",
    (select count(*)::int from story_event_picture x where x.shop_id = e.shop_id and x.event_id = e.id) as pictures,
    (select count(distinct o.customer_id)::int from order_line l
      join orders o on o.shop_id = l.shop_id and o.id = l.order_id
      where l.shop_id = e.shop_id and l.product_id = e.product_id and l.current_quantity > 0 and not o.test
        and o.cancelled_at is null and o.customer_id is not null) as attendees,
    (select count(distinct customer_id)::int from story_event_tag x where x.shop_id = e.shop_id and x.event_id = e.id) as found
  from story_event e left join product p on p.shop_id = e.shop_id and p.id = e.product_id
  where e.shop_id = $1 and ($2::uuid is null or e.id = $2::uuid) order by e.day desc, e.id desc limit 100`;

/** Newest first. */
export const listEvents = (tx: SqlTx, shopId: bigint): Promise<StoryEvent[]> =>
  tx.sql<StoryEvent>(EVENTS, [shopId, null]);

export async function eventById(tx: SqlTx, shopId: bigint, id: string): Promise<StoryEvent | null> {
  const [event] = await tx.sql<StoryEvent>(EVENTS, [shopId, id]);
  return event ?? null;
}

const MAKE = `
  insert into story_event (shop_id, id, name, day, product_id, created_at)
  select $1, $2::uuid, $3, $4::date, id, $6 from product where shop_id = $1 and id = $5 returning id`;

/** @param day YYYY-MM-DD @returns its id; null when there is no such product */
export async function makeEvent(
  tx: SqlTx,
  shopId: bigint,
  { name, day, productId }: { name: string; day: string; productId: bigint },
  now: Date,
): Promise<string | null> {
  const [row] = await tx.sql<{ id: string }>(MAKE, [shopId, newId(now), name, day, productId, now]);
  return row?.id ?? null;
}

const ADD = `
  insert into story_event_picture (shop_id, event_id, file_id, at)
  select $1, $2::uuid, file_id, $4 from unnest($3::uuid[]) as t(file_id) on conflict do nothing`;

/** Pictures that the staff sent in, by the ids of their files. @returns how many were new */
export async function addPictures(
  tx: SqlTx,
  shopId: bigint,
  eventId: string,
  fileIds: readonly string[],
  now: Date,
): Promise<number> {
  const owner = { shopId, customerId: null, purpose: 'event' };
  const kept = await keepFiles(tx, owner, fileIds, `event:${eventId}`);
  await tx.sql(ADD, [shopId, eventId, kept, now]);
  return kept.length;
}

/** Takes a picture out of an event, for good. */
export async function removePicture(
  tx: SqlTx,
  shopId: bigint,
  eventId: string,
  fileId: string,
): Promise<boolean> {
  const values = [shopId, eventId, fileId];
  const where = 'where shop_id = $1 and event_id = $2::uuid and file_id = $3::uuid';
  await tx.sql(`delete from story_event_tag ${where}`, values);
  const gone = await tx.sql(`delete from story_event_picture ${where} returning 1 as ok`, values);
  if (gone.length > 0) await deleteFiles(tx, shopId, [fileId]);
  return gone.length > 0;
}

export interface EventPicture {
  file: StoredFile;
  isHidden: boolean;
  /** How many say that they are in it. */
  people: number;
  /** Whether the customer who looks is one of them. */
  isMine: boolean;
}

const PICTURES = `
  select p.file_id as id, p.hidden_at is not null as "isHidden",
    (select count(*)::int from story_event_tag t where t.shop_id = p.shop_id and t.event_id = p.event_id and t.file_id = p.file_id) as people,
    exists (select 1 from story_event_tag t where t.shop_id = p.shop_id and t.event_id = p.event_id and t.file_id = p.file_id
      and t.customer_id = $3::uuid) as "isMine"
  from story_event_picture p where p.shop_id = $1 and p.event_id = $2::uuid order by p.at, p.file_id limit 1000`;

/** In the order in which they came. @param customerId who looks; null: the staff */
export async function picturesOf(
  tx: SqlTx,
  shopId: bigint,
  eventId: string,
  customerId: string | null,
): Promise<EventPicture[]> {
  const rows = await tx.sql<{ id: string } & Omit<EventPicture, 'file'>>(PICTURES, [
    shopId,
    eventId,
    customerId,
  ]);
  const files = await filesByIds(
    tx,
    shopId,
    rows.map(({ id }) => id),
  );
  return rows.flatMap(({ id, ...rest }) => {
    const file = files.get(id);
    return file ? [{ file, ...rest }] : [];
  });
}

const ATTENDEES = `
  select distinct o.customer_id as id from order_line l join orders o on o.shop_id = l.shop_id and o.id = l.order_id
  where l.shop_id = $1 and l.product_id = $2 and l.current_quantity > 0 and not o.test and o.cancelled_at is null
    and o.customer_id is not null`;
const INVITED =
  'update story_event set invited_at = coalesce(invited_at, $3) where shop_id = $1 and id = $2::uuid';

/** Tells everybody who bought the ticket; who was told before is not told again. @returns how many are told now; null: there is no such event */
export async function invite(tx: ShopTx, shop: Shop, eventId: string, now: Date): Promise<number | null> {
  const event = await eventById(tx, shop.id, eventId);
  if (!event) return null;
  await installTemplates(tx, STORY_TEMPLATES, now);
  const people = await tx.sql<{ id: string }>(ATTENDEES, [shop.id, event.productId]);
  const planned = await planMessages(
    tx,
    people.map(({ id }) => ({
      shopId: shop.id,
      customerId: id,
      key: `event:${eventId}:${id}`,
      channel: 'email',
      class: 'ask',
      templateKey: EVENT_PICTURES,
      data: { event: { id: eventId, name: event.name } },
      dueAt: now,
      uselessAfter: null,
      epoch: shop.epoch,
    })),
    now,
  );
  await tx.sql(INVITED, [shop.id, eventId, now]);
  return planned.filter(({ isNew }) => isNew).length;
}

export interface EventPage {
  event: StoryEvent;
  locale: string | null;
  customerId: string;
  /** What may be seen by this link: hidden ones by nobody, a shared link shows what its owner is in. */
  pictures: EventPicture[];
}

/** Null when the customer or the event is gone. Looking changes nothing. */
export async function eventPage(tx: SqlTx, link: EventLink): Promise<EventPage | null> {
  const customer = await ownerOf(tx, link);
  const event = customer && (await eventById(tx, link.shopId, link.eventId));
  if (!event) return null;
  const all = await picturesOf(tx, link.shopId, event.id, customer.id);
  const pictures = all.filter(({ isHidden, isMine }) => !isHidden && (!link.shared || isMine));
  return { event, locale: customer.locale, customerId: customer.id, pictures };
}

const TAG = `
  insert into story_event_tag (shop_id, event_id, file_id, customer_id, at)
  select p.shop_id, p.event_id, p.file_id, $4::uuid, $5 from story_event_picture p
  where p.shop_id = $1 and p.event_id = $2::uuid and p.file_id = any($3::uuid[]) and p.hidden_at is null
  on conflict do nothing returning 1 as ok`;
const UNTAG = `
  delete from story_event_tag where shop_id = $1 and event_id = $2::uuid and customer_id = $4::uuid
    and file_id <> all($3::uuid[])`;

/** "I am in these, and in no others." */
export async function findMyself(
  tx: SqlTx,
  link: EventLink,
  fileIds: readonly string[],
  now: Date,
): Promise<boolean> {
  const page = link.shared ? null : await eventPage(tx, link);
  if (!page) return false;
  const { shopId, eventId } = link;
  const values = [shopId, eventId, fileIds, page.customerId];
  await tx.sql(UNTAG, values);
  const added = await tx.sql(TAG, [...values, now]);
  if (added.length > 0) {
    const data = { eventId, event: page.event.name, pictures: added.length };
    const about = { shopId, customerId: page.customerId, at: now };
    await addTimeline(tx, [{ ...about, kind: 'story', code: 'pictures-found', data }], now);
  }
  return true;
}

const HIDE = `
  update story_event_picture set hidden_at = coalesce(hidden_at, $4)
  where shop_id = $1 and event_id = $2::uuid and file_id = $3::uuid returning 1 as ok`;

/** "I do not want to be seen in this one": nobody sees it any more. */
export async function hidePicture(tx: SqlTx, link: EventLink, fileId: string, now: Date): Promise<boolean> {
  if (link.shared || !(await ownerOf(tx, link))) return false;
  return (await tx.sql(HIDE, [link.shopId, link.eventId, fileId, now])).length > 0;
}
