/** What the shop does with stories: look at them, ask for rights, show and hide them. */
import { addTimeline, customersByIds } from '../customers/customers.server.ts';
import { cursorOf, readCursor } from '../cursor.ts';
import type { Db, ShopTx, SqlTx } from '../db.server.ts';
import { installTemplates, planMessages } from '../messages/messages.server.ts';
import { csvOf } from '../shops/csv.ts';
import type { Shop } from '../shops/shop.ts';
import { STORY_RIGHTS, STORY_TEMPLATES } from './mails.ts';
import { mayUse, rightsNow, type Use } from './rights.ts';
import { storiesWhere, storyById, type Story } from './rows.server.ts';
import type { StoryKind, StoryState } from './story.ts';

export interface StoryAsk {
  state?: StoryState | null;
  kind?: StoryKind | null;
  /** granted: for something, now. missing: for nothing yet. asked: they have not answered. */
  rights?: 'granted' | 'missing' | 'asked' | null;
  productId?: bigint | null;
  before?: string | null;
  limit?: number;
}

export type ListedStory = Story & { customerName: string | null; productTitle: string | null };

const NAMES = `, coalesce(nullif(trim(concat_ws(' ', c.first_name, c.last_name)), ''), c.email) as "customerName",
  p.title as "productTitle"`;
const BESIDE = `
  left join customer c on c.shop_id = s.shop_id and c.id = s.customer_id
  left join product p on p.shop_id = s.shop_id and p.id = s.product_id`;

const LIST = `${BESIDE}
  where s.shop_id = $1 and s.state = any($2::text[]) and ($3::text is null or s.kind = $3)
    and ($4::text is null or case $4 when 'granted' then s.rights in ('granted', 'asked') and cardinality(s.uses) > 0
        and (s.rights_until is null or s.rights_until > $8)
      when 'asked' then s.rights = 'asked' else coalesce(cardinality(s.uses), 0) = 0 end)
    and ($5::bigint is null or s.product_id = $5)
    and ($6::timestamptz is null or (s.at, s.id) < ($6::timestamptz, $7::uuid))
  order by s.at desc, s.id desc limit $9::int`;

const VISIBLE = ['new', 'shown', 'hidden'];

/** A page of stories, newest first; withdrawn ones only when asked for. */
export async function listStories(
  tx: SqlTx,
  shopId: bigint,
  { state, kind, rights, productId, before, limit = 24 }: StoryAsk,
  now: Date,
): Promise<{ stories: ListedStory[]; next: string | null }> {
  const from = readCursor(before);
  const found = await storiesWhere<Pick<ListedStory, 'customerName' | 'productTitle'>>(
    tx,
    shopId,
    LIST,
    [
      state ? [state] : VISIBLE,
      kind ?? null,
      rights ?? null,
      productId ?? null,
      from?.at ?? null,
      from?.id ?? null,
      now,
      limit + 1,
    ],
    NAMES,
  );
  const stories = found.slice(0, limit);
  const last = found.length > limit ? stories.at(-1) : undefined;
  return { stories, next: last ? cursorOf(last.at, last.id) : null };
}

/** One story with its names; null when there is none. */
export async function storyShown(tx: SqlTx, shopId: bigint, id: string): Promise<ListedStory | null> {
  const where = `${BESIDE} where s.shop_id = $1 and s.id = $2::uuid`;
  const [story] = await storiesWhere<Pick<ListedStory, 'customerName' | 'productTitle'>>(
    tx,
    shopId,
    where,
    [id],
    NAMES,
  );
  return story ?? null;
}

const SHOW = `
  update story set state = $3, shown_at = case when $3 = 'shown' then $4::timestamptz else shown_at end
  where shop_id = $1 and id = $2::uuid and state <> 'withdrawn'`;

export type ShowResult = { outcome: 'done' } | { outcome: 'no-right' } | { outcome: 'gone' };

/** Puts a story into the gallery, or takes it out. Nothing is shown without its owner's leave. */
export async function showStory(
  tx: SqlTx,
  shopId: bigint,
  id: string,
  show: boolean,
  now: Date,
): Promise<ShowResult> {
  const story = await storyById(tx, shopId, id);
  if (!story || story.state === 'withdrawn') return { outcome: 'gone' };
  if (show && !mayUse(story, 'shop-page', now)) return { outcome: 'no-right' };
  if ((story.state === 'shown') === show && story.state !== 'new') return { outcome: 'done' };
  await tx.sql(SHOW, [shopId, id, show ? 'shown' : 'hidden', now]);
  const about = { shopId, customerId: story.customerId, orderId: story.orderId, at: now };
  const code = show ? 'story-shown' : 'story-hidden';
  await addTimeline(tx, [{ ...about, kind: 'story', code, data: { storyId: id } }], now);
  return { outcome: 'done' };
}

const ASK = `
  update story set rights = 'asked', asked_uses = $3::text[], rights_at = $4
  where shop_id = $1 and id = $2::uuid and state <> 'withdrawn'`;

/** Asks the owner by mail to grant these uses. @returns false: there is nobody to ask, or they have taken it back */
export async function askRights(
  tx: ShopTx,
  shop: Shop,
  id: string,
  uses: readonly Use[],
  now: Date,
): Promise<boolean> {
  const story = await storyById(tx, shop.id, id);
  const owner = story && (await customersByIds(tx, [{ shopId: shop.id, id: story.customerId }]));
  const customer = owner?.get(story!.customerId);
  if (!story || story.state === 'withdrawn' || !customer || customer.erasedAt || uses.length === 0)
    return false;
  await installTemplates(tx, STORY_TEMPLATES, now);
  await tx.sql(ASK, [shop.id, id, uses, now]);
  const draft = {
    shopId: shop.id,
    customerId: customer.id,
    key: `story-rights:${id}:${now.toISOString()}`,
    channel: 'email',
    class: 'ask',
    templateKey: STORY_RIGHTS,
    data: story.productId === null ? {} : { productId: String(story.productId) },
    dueAt: now,
    uselessAfter: null,
    epoch: shop.epoch,
  } as const;
  await planMessages(tx, [draft], now);
  const about = { shopId: shop.id, customerId: customer.id, orderId: story.orderId, at: now };
  const data = { storyId: id, uses: [...uses] };
  await addTimeline(tx, [{ ...about, kind: 'story', code: 'rights-asked', data }], now);
  return true;
}

const GALLERY = `
  where s.shop_id = $1 and s.state = 'shown' and 'shop-page' = any(s.uses) and s.rights <> 'withdrawn'
    and (s.rights_until is null or s.rights_until > $2) and ($3::bigint is null or s.product_id = $3)
  order by s.shown_at desc, s.id limit $4::int`;

/** What the shop's pages show: shown, and granted at this moment. */
export async function gallery(
  tx: SqlTx,
  shopId: bigint,
  { productId = null, limit = 24 }: { productId?: bigint | null; limit?: number },
  now: Date,
): Promise<Story[]> {
  return storiesWhere(tx, shopId, GALLERY, [now, productId, limit]);
}

const HEAD = [
  'Sent at',
  'Customer',
  'Kind',
  'Product',
  'Title',
  'Text',
  'Named as',
  'Files',
  'State',
  'Rights',
  'For',
  'Until',
];
const CSV_PAGE = 500;

/** Every story that the filters leave. */
export function storiesCsv(db: Db, shopId: bigint, ask: StoryAsk, now: Date): AsyncGenerator<string> {
  return csvOf(HEAD, async (before) => {
    const { stories, next } = await db.inShop(shopId, (tx) =>
      listStories(tx, shopId, { ...ask, before, limit: CSV_PAGE }, now),
    );
    const rows = stories.map((story) => [
      story.at,
      story.customerName,
      story.kind,
      story.productTitle,
      story.title,
      story.text,
      story.name,
      story.files.length,
      story.state,
      rightsNow(story, now),
      story.uses.join(' '),
      story.rightsUntil,
    ]);
    return { rows, next };
  });
}
