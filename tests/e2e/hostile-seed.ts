/** One of everything that pages show, so that there is something to plant in; and the addresses of the pages that show it. */
import { createHmac, randomUUID } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { helpLinks } from '../../app/conversations/help-links.ts';
import { openDb, type Db } from '../../app/db.server.ts';
import { feedbackLinks } from '../../app/feedback/links.ts';
import { makeLinks } from '../../app/messages/messages.server.ts';
import { parcelLinks } from '../../app/orders/parcel-links.ts';
import { reviewLinks } from '../../app/reviews/links.ts';
import { storyLinks } from '../../app/stories/links.ts';
import { advocateLinks } from '../../app/referrals/links.ts';
import { insertRow } from '../database/rows.ts';
import type { Stack } from '../stack.ts';
import { seedFriends, type FriendIds } from './hostile-friends.ts';

export interface Planted {
  key: Buffer;
  shopId: bigint;
  eventId: string;
  /** Addresses of the admin, from `/app` on. */
  admin: string[];
  /** Of the pages for shoppers, and of the store. */
  hosted: string[];
  /** Of the store, for a customer who is known there, with the app's own blocks in them. */
  own: string[];
  /** Shopify's id of that customer. */
  shopper: string;
}

/** @param master the stack's ENCRYPTION_KEY */
export async function seedEverything(stack: Stack, master: Buffer): Promise<Planted> {
  const db = openDb({ url: stack.databaseUrl, max: 2 });
  try {
    const key = createHmac('sha256', master).update('links').digest();
    const ids = await idsOf(stack, db);
    const friends = await rowsOf(db, ids);
    return {
      key,
      ...ids,
      admin: await adminPages(db, ids, friends),
      hosted: hostedPages(stack, key, ids),
      own: ownPages(stack, ids),
    };
  } finally {
    await db.close();
  }
}

interface Ids {
  shopId: bigint;
  customerId: string;
  orderId: bigint;
  shipmentId: bigint;
  productId: bigint;
  handle: string;
  storyId: string;
  eventId: string;
  importId: string;
  questionId: string;
  conversationId: string;
  shopper: string;
  thankYouUrl: string;
  orderStatusUrl: string;
}

async function idsOf(stack: Stack, db: Db): Promise<Ids> {
  const [product] = await stack.get<{ handle: string }[]>('/control/products');
  const placed = await stack.post<{ id: string; thankYouUrl: string; orderStatusUrl: string }>(
    '/control/orders',
    {
      customer: { email: 'hostile@example.com', firstName: 'H', lastName: 'T', acceptsMarketing: true },
      lines: [{ handle: product!.handle, quantity: 1 }],
    },
  );
  await stack.post('/control/settle');
  const number = placed.id.split('/').at(-1)!;
  await stack.post(`/control/orders/${number}/fulfil`);
  await stack.post('/control/settle');
  const orderId = BigInt(number);
  const [order] = await db.sqlAcrossShops<{
    shop_id: bigint;
    customer_id: string;
    product_id: bigint;
    shopify_id: bigint;
  }>(
    `select o.shop_id, o.customer_id, l.product_id, c.shopify_id from orders o
     join order_line l on l.shop_id = o.shop_id and l.order_id = o.id
     join customer c on c.shop_id = o.shop_id and c.id = o.customer_id where o.id = $1`,
    [orderId],
  );
  const { shop_id: shopId, customer_id: customerId, product_id: productId } = order!;
  const fresh = () => randomUUID();
  return {
    shopId,
    customerId,
    orderId,
    productId,
    handle: product!.handle,
    shopper: `gid://shopify/Customer/${order!.shopify_id}`,
    thankYouUrl: placed.thankYouUrl,
    orderStatusUrl: placed.orderStatusUrl,
    shipmentId: 77_000_001n,
    storyId: fresh(),
    eventId: fresh(),
    importId: fresh(),
    questionId: fresh(),
    conversationId: fresh(),
  };
}

const NOW = new Date();
/** Leads to no page, and means harm where it is told. */
const NO_PAGE = encodeURIComponent('"><img src=x onerror=alert(1)>');

/** A few of each, valid for whoever reads them. */
async function rowsOf(db: Db, ids: Ids): Promise<FriendIds> {
  const { shopId: shop_id, customerId: customer_id, orderId: order_id, productId: product_id } = ids;
  const add = (table: string, row: object, count = 1) =>
    Promise.all(Array.from({ length: count }, () => insertRow(db, table, { shop_id, ...row })));
  const at = NOW;
  const kept = { state: 'published', at, published_at: at };
  await add('shipment', {
    id: ids.shipmentId,
    order_id,
    status: 'delivered',
    delivered_at: at,
    delivered_by: 'carrier',
    believed_by: 'carrier',
    carrier: 'x',
    tracking_number: 'x',
    tracking_url: 'x',
    shipped_at: at,
  });
  const missing = {
    order_id,
    shipment_id: ids.shipmentId,
    kind: 'not-arrived',
    state: 'open',
    opened_by: 'mail',
  };
  await add('problem', { ...missing, opened_at: at, believed_at: at });
  const said = { order_id, product_id, customer_id, stars: 4, source: 'link', attributes: { fit: 3 } };
  await add('review', { ...said, ...kept, text: 'x', title: 'x', author_name: 'x', reply: 'x' });
  const brought = { product_id, stars: 5, source: 'import', attributes: {}, ...kept, text: 'x', title: 'x' };
  await add('review', { ...brought, author_name: 'x', reply: 'x', order_id: null, customer_id: null }, 30);
  const [review] = await db.sqlAcrossShops<{ id: string }>(
    'select id from review where shop_id = $1 limit 1',
    [shop_id],
  );
  await add('review_photo', {
    review_id: review!.id,
    kind: 'photo',
    state: 'failed',
    source_url: 'x',
    position: 0,
  });
  await add('review_attribute', {
    product_type: '',
    key: 'fit',
    label: { en: 'x' },
    low: { en: 'x' },
    high: { en: 'x' },
  });
  await add('review_import', {
    id: ids.importId,
    name: 'x',
    error: 'x',
    state: 'failed',
    bytes: 5n,
    created_at: at,
  });
  const question = { product_id, customer_id, text: 'x', author_name: 'x', locale: 'en', ...kept };
  await add('product_question', { ...question, id: ids.questionId });
  await add('product_question', { ...question, customer_id: null }, 8);
  const asked = { question_id: ids.questionId, text: 'x', author_name: 'x', ...kept };
  await add('question_answer', { ...asked, by: 'merchant' });
  await add('question_answer', { ...asked, by: 'buyer' });
  const shown = {
    customer_id,
    product_id,
    state: 'shown',
    rights: 'granted',
    uses: ['shop-page'],
    at,
    shown_at: at,
  };
  const story = {
    ...shown,
    title: 'x',
    text: 'x',
    name: 'x',
    asked_uses: [],
    locale: 'en',
    files: JSON.stringify([]),
  };
  const answers = JSON.stringify([{ question: 'x', answer: 'x' }]);
  await add('story', { ...story, id: ids.storyId, kind: 'guest-post', answers });
  for (const kind of ['photos', 'interview', 'video']) await add('story', { ...story, kind, answers });
  await add('story_event', { id: ids.eventId, name: 'x', day: at, product_id, created_at: at });
  const thread = {
    clock: 'message',
    channel: 'mail',
    state: 'open',
    customer_id,
    order_id,
    product_id,
    heard_at: at,
  };
  const words = {
    person_name: 'x',
    person_address: 'x',
    subject: 'x',
    preview: 'x',
    link: 'x',
    assignee: 'x',
  };
  const open = {
    ...thread,
    ...words,
    opened_at: at,
    awaiting_since: at,
    voices: 1,
    reply_due_at: at,
    language: 'en',
  };
  await add('conversation', { ...open, id: ids.conversationId, kind: 'mention' });
  await add('conversation', { ...open, kind: 'mail' }, 10);
  const spoken = {
    conversation_id: ids.conversationId,
    name: 'x',
    address: 'x',
    subject: 'x',
    text: 'x',
    link: 'x',
    at,
  };
  for (const kind of ['voice', 'reply', 'note'])
    await add('conversation_entry', {
      ...spoken,
      kind,
      voice_kind: 'mail',
      channel: 'mail',
      author: kind === 'voice' ? null : 'staff:1',
      attachments: JSON.stringify([{ fileId: randomUUID(), name: 'x', type: 'image/png' }]),
      data: {},
    });
  const sent = {
    customer_id,
    channel: 'email',
    class: 'service',
    template_key: 'thank-you',
    state: 'sent',
    epoch: 1,
  };
  await add('message', { ...sent, subject: 'x', planned_at: at, sent_at: at, handed_at: at, due_at: null });
  await add('macro', { key: 'x', locale: 'en', name: 'x', body: 'x', updated_at: at });
  await add('saved_view', { name: 'x', filter: {}, created_at: at });
  await add('api_token', { name: 'x', scope: 'read', created_by: '1', created_at: at });
  await add('staff_member', { user_id: 1n, name: 'x', at });
  await add('product_clock', {
    scope: 'product',
    ref: String(product_id),
    care_guide: { en: { title: 'x', text: 'x', url: null } },
  });
  const [survey] = await db.sqlAcrossShops<{ id: string; key: string }>(
    'select id, key from survey where shop_id = $1 limit 1',
    [shop_id],
  );
  const told = {
    survey_id: survey!.id,
    customer_id,
    order_id,
    comment: 'x',
    answers: { words: 'x' },
    score: 2,
    at,
  };
  await add('answer', { ...told, survey_version: 1, source: 'mail', verified_at: at }, 10);
  const [voice] = await db.sqlAcrossShops('select 1 from brand_voice where shop_id = $1', [shop_id]);
  if (!voice)
    await add('brand_voice', { content: { dos: [], donts: [], banned: [], answers: [] }, updated_at: at });
  for (const [kind, code, data] of LINES) await add('timeline_entry', { customer_id, at, kind, code, data });
  return seedFriends(db, ids, add);
}

const LINES: [string, string, object][] = [
  ['answer', 'review-written', { reviewId: 'x', productId: '1', product: 'x', stars: 4 }],
  ['answer', 'question-asked', { questionId: 'x', productId: '1', product: 'x' }],
  ['answer', 'answer-given', { answerId: 'x', survey: 'x', score: 3, label: 'x' }],
  ['shipment', 'shipment-shipped', { order: 'x', carrier: 'x' }],
  ['message', 'message-sent', { messageId: 'x', template: 'x', channel: 'email', subject: 'x' }],
  ['referral', 'heard-about-us', { answer: 'x' }],
  ['story', 'pictures-found', { eventId: 'x', event: 'x', pictures: 2 }],
  ['note', 'note-written', { text: 'x' }],
];

/** Every page of the admin, found by itself: a new one is opened without being named here. */
async function adminPages(db: Db, ids: Ids, friends: FriendIds): Promise<string[]> {
  const [sequence] = await db.sqlAcrossShops<{ id: string }>('select id from sequence limit 1');
  const [survey] = await db.sqlAcrossShops<{ id: string }>('select id from survey limit 1');
  const [template] = await db.sqlAcrossShops<{ key: string }>('select key from template limit 1');
  const known: Record<string, string | undefined> = {
    app: NO_PAGE,
    customers: ids.customerId,
    products: String(ids.productId),
    surveys: survey?.id,
    programs: friends.programId,
    orders: friends.referralId,
    rewards: friends.rewardId,
    import: ids.importId,
    sequences: sequence?.id,
    stories: ids.storyId,
    events: ids.eventId,
    mail: template?.key,
  };
  const folder = 'app/routes';
  const pages = readdirSync(folder).filter(
    (file) => file.startsWith('app.') && readFileSync(`${folder}/${file}`, 'utf8').includes('export default'),
  );
  return pages.map((file) => {
    const parts = file
      .replace(/\.tsx$/, '')
      .split('.')
      .filter((part) => part !== '_index');
    const address = parts.map((part, i) => (part.startsWith('$') ? known[parts[i - 1]!] : part));
    if (address.includes(undefined)) throw new Error(`${file}: say in this file whose page it is to be`);
    const path = `/${address.join('/')}`;
    return path === '/app/conversations' ? `${path}?open=${ids.conversationId}&view=all` : path;
  });
}

const ownPages = (stack: Stack, { thankYouUrl, orderStatusUrl }: Ids): string[] => [
  `${stack.url}/store/linden/account`,
  `${stack.url}/store/linden/account/friends`,
  thankYouUrl,
  orderStatusUrl,
];

function hostedPages(stack: Stack, key: Buffer, ids: Ids): string[] {
  const { shopId, customerId, orderId, productId, shipmentId } = ids;
  const appUrl = stack.appUrl;
  const owner = { shopId, customerId, messageId: null };
  const links = makeLinks({ appUrl, key });
  const asks = feedbackLinks({ appUrl, key });
  const reviews = reviewLinks({ appUrl, key });
  const stories = storyLinks({ appUrl, key });
  const store = `${stack.url}/store/linden`;
  return [
    asks.answer({ shopId, customerId, orderId, messageId: randomUUID(), surveyKey: 'how-is-it-going' }, 5),
    reviews.review({ shopId, customerId, orderId, productId }),
    reviews.question({ shopId, questionId: ids.questionId }),
    stories.story({ shopId, customerId, orderId, productId }),
    stories.event({ shopId, customerId, eventId: ids.eventId, shared: false }),
    advocateLinks({ appUrl, key }).page({ shopId, customerId }),
    links.preferences(owner),
    links.unsubscribe(owner, ['ask']),
    parcelLinks({ appUrl, key }).notArrived({ shopId, orderId, shipmentId }),
    helpLinks({ appUrl, key }).help({ shopId, conversationId: ids.conversationId }),
    `${store}/products/${ids.handle}`,
    `${store}/apps/friends/ask?product=${productId}`,
    `${store}/apps/friends/FRIEND-7KQ4-WXHT`,
  ];
}
