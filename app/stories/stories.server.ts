/** The door: stories of customers, what may be done with them, the gallery, and the pictures of days they were at. */
import type { ShopTx, SqlTx } from '../db.server.ts';
import { installTemplates } from '../messages/messages.server.ts';
import { STORY_TEMPLATES } from './mails.ts';

export {
  grantRights,
  sendStory,
  storyPage,
  withdrawStory,
  type SendResult,
  type StoryPage,
} from './own.server.ts';
export {
  addPictures,
  eventById,
  eventPage,
  findMyself,
  hidePicture,
  invite,
  listEvents,
  makeEvent,
  picturesOf,
  removePicture,
  type EventPage,
} from './events.server.ts';
export { beforeErasure, makeArticle, makeArticleLoop, type MakeResult } from './articles.server.ts';
export { storiesOf, type Story } from './rows.server.ts';
export {
  askRights,
  gallery,
  listStories,
  showStory,
  storiesCsv,
  storyShown,
  type ListedStory,
  type StoryAsk,
} from './shown.server.ts';

/** What a new shop begins with. */
export async function installDefaults(tx: ShopTx, now: Date): Promise<void> {
  await installTemplates(tx, STORY_TEMPLATES, now);
}

interface Said {
  shopId: bigint;
  id: string;
  customerId: string;
  orderId: bigint | null;
  productId: bigint | null;
  title: string | null;
  text: string;
  locale: string | null;
  at: Date;
}

const SAID = `
  select s.shop_id as "shopId", s.id, s.customer_id as "customerId", s.order_id as "orderId", s.product_id as "productId",
    s.title, coalesce(s.text, (select string_agg((a ->> 'question') || E'\\n' || (a ->> 'answer'), E'\\n\\n')
      from jsonb_array_elements(s.answers) a), '') as text, s.locale, s.at
  from story s join unnest($1::bigint[], $2::uuid[]) as t(shop_id, id) on s.shop_id = t.shop_id and s.id = t.id
  where s.state <> 'withdrawn'`;

/** What stories say, for whoever hears them. On `story.sent`. */
export async function storiesSaid(
  tx: SqlTx,
  refs: readonly { shopId: bigint; storyId: string }[],
): Promise<Said[]> {
  return tx.sql<Said>(SAID, [refs.map(({ shopId }) => shopId), refs.map(({ storyId }) => storyId)]);
}

const MERGE = `
  update story s set customer_id = t.into_id
  from unnest($1::bigint[], $2::uuid[], $3::uuid[]) as t(shop_id, from_id, into_id)
  where s.shop_id = t.shop_id and s.customer_id = t.from_id`;
const MERGE_TAGS = `
  with gone as (
    delete from story_event_tag g using unnest($1::bigint[], $2::uuid[], $3::uuid[]) as t(shop_id, from_id, into_id)
    where g.shop_id = t.shop_id and g.customer_id = t.from_id
    returning g.shop_id, g.event_id, g.file_id, t.into_id, g.at
  )
  insert into story_event_tag (shop_id, event_id, file_id, customer_id, at)
  select shop_id, event_id, file_id, into_id, at from gone on conflict do nothing`;

/** Follows a merge. On `customer.merged`. */
export async function mergeCustomers(
  tx: SqlTx,
  merges: readonly { shopId: bigint; from: string; into: string }[],
): Promise<void> {
  const values = [merges.map((m) => m.shopId), merges.map((m) => m.from), merges.map((m) => m.into)];
  await tx.sql(MERGE, values);
  await tx.sql(MERGE_TAGS, values);
}
