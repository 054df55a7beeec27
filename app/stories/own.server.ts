/** What the owner of a story does: send it, say what it may be used for, take it back. */
import { addTimeline, customersByIds } from '../customers/customers.server.ts';
import type { SqlTx } from '../db.server.ts';
import { recordEvents } from '../events.server.ts';
import { keepFiles, releaseFiles, sentBefore } from '../files/files.server.ts';
import { newId } from '../ids.ts';
import { clockOf } from '../products/products.server.ts';
import type { Shop } from '../shops/shop.ts';
import { unpublish } from './articles.server.ts';
import type { StoryLink } from './links.ts';
import { rightsNow, termEnd, type AskedTerm, type Term, type Use } from './rights.ts';
import { storiesOf, storyById, type Story } from './rows.server.ts';
import type { NewStory, StoryProblem } from './story.ts';

/** The page of one customer: what they may tell of, and what they have told. */
export interface StoryPage {
  /** Whose it is now: customers are merged. */
  customerId: string;
  locale: string | null;
  /** As a form begins: "Ana". */
  firstName: string | null;
  product: { title: string; imageUrl: string | null } | null;
  mine: Story[];
}

/** Null when the customer is gone. Looking changes nothing. */
export async function storyPage(tx: SqlTx, shop: Shop, link: StoryLink): Promise<StoryPage | null> {
  const customer = await ownerOf(tx, link);
  if (!customer) return null;
  const { productId } = link;
  const clocks = productId === null ? null : await clockOf(tx, [{ shopId: shop.id, id: productId }]);
  const product = productId === null ? undefined : clocks?.get(productId);
  return {
    customerId: customer.id,
    locale: customer.locale,
    firstName: customer.firstName,
    product: product ? { title: product.title, imageUrl: product.imageUrl } : null,
    mine: await storiesOf(tx, shop.id, customer.id),
  };
}

/** Who the link was made for; who they were merged into meanwhile; null once they were erased. */
export async function ownerOf(tx: SqlTx, { shopId, customerId }: Pick<StoryLink, 'shopId' | 'customerId'>) {
  const found = await customersByIds(tx, [{ shopId, id: customerId }]);
  const customer = found.get(customerId);
  return customer && !customer.erasedAt ? customer : null;
}

/** What is granted together with a story; no uses: the shop may look at it and no more. */
export interface Grant {
  uses: Use[];
  term: Term;
}

export type SendResult =
  | { outcome: 'sent'; storyId: string }
  | { outcome: 'refused'; problem: StoryProblem | 'sent-before' }
  | { outcome: 'gone' };

const INSERT = `
  insert into story (shop_id, id, customer_id, order_id, product_id, kind, title, text, answers, files, name, locale,
    rights, uses, rights_until, rights_at, at)
  values ($1, $2::uuid, $3::uuid, $4, $5, $6, $7, $8, $9::jsonb, $10::jsonb, $11, $12, $13, $14::text[], $15, $16, $17)`;

/** Takes a story in. What was sent before and is shown already is left out of it. */
export async function sendStory(
  tx: SqlTx,
  link: StoryLink,
  story: NewStory,
  { uses, term }: Grant,
  now: Date,
): Promise<SendResult> {
  const customer = await ownerOf(tx, link);
  if (!customer) return { outcome: 'gone' };
  const { shopId, orderId, productId } = link;
  const id = newId(now);
  const ids = story.files.map((file) => file.id);
  const old = await sentBefore(tx, shopId, ids);
  const fresh = ids.filter((each) => !old.has(each));
  if (ids.length > 0 && fresh.length === 0) return { outcome: 'refused', problem: 'sent-before' };
  const owner = { shopId, customerId: customer.id, purpose: 'story' };
  // A pair is a pair: a picture of it that was sent before stays in.
  const wanted = story.kind === 'before-after' ? ids : fresh;
  const kept = new Set(await keepFiles(tx, owner, wanted, usedBy(id)));
  const files = story.files.filter((file) => kept.has(file.id));
  if (files.length < wanted.length) return { outcome: 'refused', problem: 'no-file' };
  await tx.sql(INSERT, [
    shopId,
    id,
    customer.id,
    orderId,
    productId,
    story.kind,
    story.title,
    story.text,
    JSON.stringify(story.answers),
    JSON.stringify(files),
    story.name,
    customer.locale,
    uses.length > 0 ? 'granted' : 'none',
    uses,
    termEnd(term, now),
    uses.length > 0 ? now : null,
    now,
  ]);
  const about = { shopId, customerId: customer.id, orderId, at: now };
  await recordEvents(tx, [{ ...about, kind: 'story.sent', data: { storyId: id, kind: story.kind } }], now);
  const data = { storyId: id, kind: story.kind, files: files.length };
  await addTimeline(tx, [{ ...about, kind: 'story', code: 'story-sent', data }], now);
  return { outcome: 'sent', storyId: id };
}

/** What files of a story are tied to. */
const usedBy = (storyId: string): string => `story:${storyId}`;

const WITHDRAW = `
  update story set state = 'withdrawn', rights = 'withdrawn', uses = '{}', asked_uses = '{}', title = null, text = null,
    name = null, answers = '[]', files = '[]', article_id = null, rights_at = $4
  from (select shop_id as shop, id as same, article_id as article from story where shop_id = $1 and id = $2::uuid for update) before
  where story.shop_id = before.shop and story.id = before.same and customer_id = $3::uuid and state <> 'withdrawn'
  returning order_id as "orderId", before.article as "articleId"`;

/** Takes a story back, for good: its words and pictures are gone with the commit, its files some seconds later. */
export async function withdrawStory(
  tx: SqlTx,
  link: StoryLink,
  storyId: string,
  now: Date,
): Promise<boolean> {
  const customer = await ownerOf(tx, link);
  if (!customer) return false;
  const { shopId } = link;
  const [row] = await tx.sql<{ orderId: bigint | null; articleId: bigint | null }>(WITHDRAW, [
    shopId,
    storyId,
    customer.id,
    now,
  ]);
  if (!row) return false;
  await releaseFiles(tx, shopId, [usedBy(storyId)]);
  if (row.articleId !== null) await unpublish(tx, shopId, [{ storyId, articleId: row.articleId }], now);
  const about = { shopId, customerId: customer.id, orderId: row.orderId, at: now };
  await recordEvents(tx, [{ ...about, kind: 'story.withdrawn', data: { storyId } }], now);
  await addTimeline(tx, [{ ...about, kind: 'story', code: 'story-withdrawn', data: { storyId } }], now);
  return true;
}

const GRANT = `
  update story set rights = case when cardinality($4::text[]) > 0 then 'granted' else 'withdrawn' end, uses = $4::text[],
    asked_uses = '{}', rights_until = $5, rights_at = $6, state = case when $7 then state when state = 'shown' then 'hidden' else state end,
    article_id = case when $7 then article_id end
  where shop_id = $1 and id = $2::uuid and customer_id = $3::uuid and state <> 'withdrawn'`;

/** Says anew what a story may be used for; for nothing any more: it is out of the gallery with the commit. */
export async function grantRights(
  tx: SqlTx,
  link: StoryLink,
  storyId: string,
  { uses, term }: { uses: Use[]; term: AskedTerm },
  now: Date,
): Promise<boolean> {
  const customer = await ownerOf(tx, link);
  const before = customer && (await storyById(tx, link.shopId, storyId));
  if (!before || before.customerId !== customer.id || before.state === 'withdrawn') return false;
  const until = term === 'keep' ? before.rightsUntil : termEnd(term, now);
  const staysShown = uses.includes('shop-page');
  await tx.sql(GRANT, [link.shopId, storyId, customer.id, uses, until, now, staysShown]);
  if (!staysShown && before.articleId !== null)
    await unpublish(tx, link.shopId, [{ storyId, articleId: before.articleId }], now);
  const isSameTime = before.rightsUntil?.getTime() === until?.getTime();
  const same = rightsNow(before, now) === 'granted' && before.uses.join() === uses.join() && isSameTime;
  if (!same) {
    const data = { storyId, uses: [...uses], until: until?.toISOString() ?? null };
    const about = { shopId: link.shopId, customerId: customer.id, orderId: before.orderId, at: now };
    await addTimeline(tx, [{ ...about, kind: 'story', code: 'rights-granted', data }], now);
  }
  return true;
}
