import { Readable } from 'node:stream';
import { createReadableStreamFromReadable, type LoaderFunctionArgs } from '@remix-run/node';
import { authenticateAdmin } from '../adapters/shopify/authenticate.server.ts';
import { now } from '../clock.server.ts';
import { conversationsCsv, inboxSettings, paceCsv } from '../conversations/conversations.server.ts';
import { filterFrom } from '../conversations/filter.ts';
import { customersCsv } from '../customers/customers.server.ts';
import { searchFrom } from '../customers/search.ts';
import { answersWanted } from '../feedback/answers-wanted.ts';
import { answersCsv, funnelCsv, resultsCsv, scoresByCsv } from '../feedback/feedback.server.ts';
import { groupOf } from '../feedback/groups.ts';
import { idOrMissing, queryOf } from '../fields.server.ts';
import { GESTURE_STATES } from '../gestures/gesture.ts';
import { gesturesCsv } from '../gestures/gestures.server.ts';
import { stageMovesCsv, themesCsv } from '../insights/insights.server.ts';
import { MESSAGE_FATES } from '../messages/message.ts';
import { messagesCsv } from '../messages/messages.server.ts';
import { lanesCsv } from '../orders/orders.server.ts';
import { productsCsv } from '../products/products.server.ts';
import { REFERRAL_FILTERS } from '../referrals/referral.ts';
import { CODE_SIGHTINGS } from '../referrals/codes.ts';
import { daysIn, FUNNEL_DAYS } from '../referrals/days.ts';
import { advocatesCsv, codesCsv, funnelsCsv, referralsCsv } from '../referrals/referrals.server.ts';
import { REWARD_FILTERS } from '../rewards/reward.ts';
import { monthsCsv, owedCsv, payoutCsv, rewardsCsv } from '../rewards/rewards.server.ts';
import { questionsWanted } from '../reviews/questions/wanted.ts';
import { questionsCsv, reviewsCsv } from '../reviews/reviews.server.ts';
import { reviewsWanted } from '../reviews/wanted.ts';
import { reportDays } from '../sequences/report-days.ts';
import {
  failedDeedsCsv,
  insideCsv,
  leftOutCsv,
  sequencesCsv,
  whyNotSentCsv,
} from '../sequences/sequences.server.ts';
import type { Shop } from '../shops/shop.ts';
import { accessLogCsv, dataRequestsCsv, recordAccess, staffById } from '../shops/shops.server.ts';
import { storiesCsv } from '../stories/stories.server.ts';
import { storiesWanted } from '../stories/stories-wanted.ts';
import { personName, withStaff } from '../ui/inbox/inboxView.ts';
import { app } from '../wiring.server.ts';
import { sinceDays } from '../zones.ts';

interface Ask {
  shop: Shop;
  query: URLSearchParams;
  userId: bigint;
}

const oneOf = <Word extends string>(words: readonly Word[], asked: string | null): Word | null =>
  words.find((word) => word === asked) ?? null;

/** Every list of the admin, by the name of its file; filtered as its page is. */
const LISTS: Record<string, (ask: Ask) => AsyncGenerator<string> | Promise<AsyncGenerator<string>>> = {
  customers: ({ shop, query }) =>
    customersCsv(app().db, { ...searchFrom(query, now()), shopId: shop.id, currency: shop.currency }),
  answers: ({ shop, query }) =>
    answersCsv(app().db, { ...answersWanted(query, shop.timeZone, now()), shopId: shop.id, locale: 'en' }),
  scores: ({ shop, query }) =>
    scoresByCsv(app().db, {
      ...answersWanted(query, shop.timeZone, now()),
      shopId: shop.id,
      to: now(),
      group: groupOf(query.get('by')),
    }),
  results: ({ shop, query }) =>
    resultsCsv(app().db, {
      ...answersWanted(query, shop.timeZone, now()),
      shopId: shop.id,
      to: now(),
      locale: 'en',
    }),
  'drop-off': ({ shop, query }) =>
    funnelCsv(app().db, {
      ...answersWanted(query, shop.timeZone, now()),
      shopId: shop.id,
      to: now(),
      timeZone: shop.timeZone,
    }),
  gestures: ({ shop, query }) => gesturesCsv(app().db, shop.id, oneOf(GESTURE_STATES, query.get('state'))),
  themes: ({ shop, query }) =>
    themesCsv(app().db, {
      shopId: shop.id,
      from: answersWanted(query, shop.timeZone, now()).from,
      to: now(),
    }),
  stages: async ({ shop }) => stageMovesCsv(app().db, shop, now()),
  products: ({ shop, query }) => productsCsv(app().db, { shopId: shop.id, text: query.get('q') ?? '' }),
  codes: ({ shop, query }) =>
    codesCsv(app().db, shop.id, {
      group: query.get('group') === 'pool' ? 'pool' : 'given',
      seen: oneOf(CODE_SIGHTINGS, query.get('seen')),
      since: daysIn(query, shop.timeZone, now()).since,
    }),
  'friends-orders': ({ shop, query }) =>
    referralsCsv(app().db, shop, {
      state: oneOf(REFERRAL_FILTERS, query.get('state')),
      since: daysIn(query, shop.timeZone, now()).since,
    }),
  clicks: ({ shop }) => funnelsCsv(app().db, shop.id, sinceDays(FUNNEL_DAYS, shop.timeZone, now())),
  advocates: ({ shop }) => advocatesCsv(app().db, shop),
  stories: ({ shop, query }) => storiesCsv(app().db, shop.id, storiesWanted(query), now()),
  rewards: ({ shop, query }) => rewardsCsv(app().db, shop.id, oneOf(REWARD_FILTERS, query.get('state'))),
  owed: ({ shop }) => owedCsv(app().db, shop.id, now()),
  'reward-months': ({ shop }) => monthsCsv(app().db, shop),
  payout: ({ shop, query }) =>
    payoutCsv(app().db, shop.id, idOrMissing(query.get('batch') ?? '', 'There is no such batch')),
  'access-log': ({ shop }) => accessLogCsv(app().db, shop.id),
  'data-requests': ({ shop }) => dataRequestsCsv(app().db, shop.id),
  reviews: ({ shop, query }) =>
    reviewsCsv(app().db, { ...reviewsWanted(query), shopId: shop.id }, app().filesOrigin),
  questions: ({ shop, query }) => questionsCsv(app().db, { ...questionsWanted(query), shopId: shop.id }),
  async conversations({ shop, query, userId }) {
    const { people } = await app().db.inShop(shop.id, inboxSettings);
    const me = people.find((person) => person.userId === String(userId))?.email ?? null;
    return conversationsCsv(app().db, { ...filterFrom(query), shopId: shop.id, me }, now());
  },
  async 'reply-times'({ shop, query }) {
    const { people } = await app().db.inShop(shop.id, inboxSettings);
    const since = sinceDays(reportDays(query.get('days')), shop.timeZone, now());
    const staff = await app().db.inShop(shop.id, staffById);
    const nameOf = (group: string) => personName(group, withStaff(people, staff)) ?? group;
    return paceCsv(app().db, { shopId: shop.id, since, timeZone: shop.timeZone, nameOf });
  },
  parcels: ({ shop }) => lanesCsv(app().db, shop.id, now()),
  sequences: ({ shop }) => sequencesCsv(app().db, shop.id, now()),
  inside: ({ shop, query }) =>
    insideCsv(app().db, shop.id, idOrMissing(query.get('sequence') ?? '', 'There is no such sequence')),
  'failed-deeds': ({ shop }) => failedDeedsCsv(app().db, shop.id),
  'not-sent': ({ shop, query }) =>
    whyNotSentCsv(app().db, shop.id, sinceDays(reportDays(query.get('days')), shop.timeZone, now())),
  messages({ shop, query }) {
    const since = sinceDays(reportDays(query.get('days')), shop.timeZone, now());
    const why = query.get('why');
    if (query.get('what') === 'unwritten') return leftOutCsv(app().db, shop.id, { since, why });
    const sequence = query.get('sequence');
    return messagesCsv(app().db, {
      shopId: shop.id,
      sequence: sequence && idOrMissing(sequence, 'There is no such sequence'),
      since,
      why,
      fate: oneOf(MESSAGE_FATES, query.get('what')),
    });
  },
};

/** A list of the admin as CSV, streamed. Who took it along is kept. */
export async function loader({ request, params }: LoaderFunctionArgs) {
  const { shop, userId } = await authenticateAdmin(request);
  const list = params['list'] ?? '';
  const make = Object.hasOwn(LISTS, list) ? LISTS[list] : undefined;
  if (!make) throw new Response('There is no such list', { status: 404 });
  const rows = await make({ shop, query: queryOf(request), userId });
  await app().db.inShop(shop.id, (tx) =>
    recordAccess(tx, { actor: userId, action: `${list}.exported` }, now()),
  );
  return new Response(createReadableStreamFromReadable(Readable.from(rows)), {
    headers: {
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': `attachment; filename="${list}.csv"`,
    },
  });
}
