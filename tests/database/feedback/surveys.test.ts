/** Surveys as a merchant draws them: asked where and of whom they are meant for, answered part by part, told to Shopify. */
import { beforeEach, describe, expect, test } from 'vitest';
import {
  answer,
  answerByPage,
  answerPage,
  createSurvey,
  deleteSurvey,
  editedSurveys,
  publishSurvey,
  saveSurveyDraft,
  settleAnswers,
  switchSurvey,
  tellShopify,
  verifyAnswers,
  type PageLink,
} from '../../../app/feedback/feedback.server.ts';
import type { AnswerInput, BlockView } from '../../../app/feedback/block.ts';
import { surveySchema, type Survey } from '../../../app/feedback/survey.ts';
import { readFacts } from '../../../app/sequences/sequences.server.ts';
import type { Shop } from '../../../app/shops/shop.ts';
import { testDb } from '../../database.ts';
import {
  aFriendlyShop,
  anOrder,
  asked,
  at,
  customerOf,
  daysAfter,
  eventsOf,
  needs,
  newShopifyId,
  reactionsOf,
  takeIn,
} from '../../friends.ts';
import { answeringOn, now } from './answering.ts';

const t = testDb();
const { look } = answeringOn(t);
const en = (text: string) => ({ en: text });
const named = (...names: string[]) => names.map((value) => ({ value, label: en(value) }));

/** Everything that can be asked. */
const every = (change: object = {}): Survey =>
  surveySchema.parse({
    name: 'Everything',
    questions: [
      {
        kind: 'nps',
        key: 'nps',
        text: en('Recommend?'),
        low: en('no'),
        high: en('yes'),
        required: true,
        keep: { tag: 'nps' },
      },
      {
        kind: 'choice',
        key: 'heard',
        text: en('Heard?'),
        options: named('friend', 'search'),
        keep: { tag: 'heard', metafield: 'custom.heard_from' },
      },
      { kind: 'ranking', key: 'rank', text: en('Order?'), options: named('price', 'look', 'fit') },
      {
        kind: 'matrix',
        key: 'grid',
        text: en('Grid?'),
        rows: named('speed', 'packing'),
        columns: [
          { value: 1, label: en('bad') },
          { value: 2, label: en('good') },
        ],
      },
      { kind: 'date', key: 'day', text: en('When?') },
      { kind: 'contact', key: 'wishes', text: en('How may we write?') },
      {
        kind: 'text',
        key: 'why',
        text: en('Why?'),
        when: [{ question: 'nps', is: 'one-of', values: [0, 1, 2] }],
        maxLength: 4000,
      },
    ],
    thanks: { glad: en('Good.'), neutral: en('Thanks.'), sorry: en('Sorry.') },
    places: ['thank-you', 'order-status', 'page'],
    ...change,
  });

let shop: Shop;
beforeEach(async () => {
  shop = await aFriendlyShop(t.db);
  await t.db.sqlAcrossShops(`update survey set status = 'off' where shop_id = $1`, [shop.id]);
});

async function live(content: Survey): Promise<{ id: string; version: number }> {
  return t.db.inShop(shop.id, async (tx) => {
    const id = await createSurvey(tx, shop.id, content, now);
    expect(await switchSurvey(tx, shop.id, id, 'on', now)).toBe(false);
    expect(await publishSurvey(tx, shop, id, content, now)).toEqual({ outcome: 'published', version: 1 });
    expect(await switchSurvey(tx, shop.id, id, 'on', now)).toBe(true);
    return { id, version: 1 };
  });
}

const operation = () => `operation-${newShopifyId()}`;
const give = (
  ask: ReturnType<typeof asked>,
  input: Omit<AnswerInput, 'page' | 'order' | 'checkoutToken' | 'locale' | 'country'>,
  when = now,
) => t.db.inShop(shop.id, (tx) => answer(tx, ask, input, needs, when));
const stored = () =>
  t.db.sqlAcrossShops<{ id: string; answers: object; score: number | null; part: number; whole: boolean }>(
    'select id, answers, score::int as score, part::int as part, whole from answer where shop_id = $1 order by at, id',
    [shop.id],
  );
const buys = async (buying: Parameters<typeof anOrder>[1] = {}) => {
  const order = anOrder(shop, buying);
  await takeIn(t.db, [order]);
  return {
    order,
    ask: asked(shop, { order: `gid://shopify/Order/${order.id}`, checkoutToken: order.checkoutToken! }),
  };
};
const isAsked = (view: BlockView) => view.state === 'ask';

describe('drawn and changed', () => {
  test('a draft changes nothing until it is published; what is missing is named; old answers stay readable', async () => {
    const { id } = await live(every());
    const { ask } = await buys();
    const view = await look(ask);
    if (view.state !== 'ask') throw new Error(view.state);
    await t.db.inShop(shop.id, async (tx) => {
      const unfinished = every({
        name: '',
        places: ['mail'],
        questions: [{ kind: 'text', key: 'why', text: {} }],
      });
      await saveSurveyDraft(tx, shop.id, id, unfinished, now);
      expect(await publishSurvey(tx, shop, id, unfinished, now)).toMatchObject({
        outcome: 'problems',
        problems: [{ question: null }, { question: 'why' }, { question: null }],
      });
      expect((await editedSurveys(tx, shop.id, id))[0]).toMatchObject({ version: 1, draft: { name: '' } });
      const changed = every({ questions: [{ kind: 'stars', key: 'stars', text: en('Stars?') }] });
      await publishSurvey(tx, shop, id, changed, now);
    });
    // The page that stood open answers what it was asked.
    const given = await give(ask, {
      survey: view.survey,
      operationId: operation(),
      answers: [{ question: 'nps', value: 9 }],
    });
    expect(given).toMatchObject({ outcome: 'saved', view: { said: { label: '9/10' } } });
    expect(await t.db.inShop(shop.id, (tx) => deleteSurvey(tx, shop.id, id))).toBe(false);
  });
});

describe('who is asked', () => {
  test('first orders, countries and products; what the page knows counts until the order is known', async () => {
    await live(every({ audience: { orders: 'first', countries: ['DE'], products: ['11'] } }));
    const unknown = { checkoutToken: 'token-unknown', country: 'DE' };
    expect(isAsked(await look(asked(shop, unknown)))).toBe(false);
    expect(isAsked(await look(asked(shop, { ...unknown, isFirst: true, products: ['11', '12'] })))).toBe(
      true,
    );
    expect(isAsked(await look(asked(shop, { ...unknown, isFirst: false, products: ['11'] })))).toBe(false);
    const customerId = newShopifyId();
    const first = await buys({ customerId, email: 'twice@example.com' });
    expect(isAsked(await look(first.ask))).toBe(true);
    const second = await buys({ customerId, email: 'twice@example.com', at: at('12T12:00:00') });
    expect(isAsked(await look(second.ask))).toBe(false);
  });

  test('asked again on the next order when unanswered, three times at most, and not twice when answered', async () => {
    const survey = await live(every());
    const customerId = newShopifyId();
    const buy = (day: number) => buys({ customerId, email: 'loyal@example.com', at: daysAfter(now, day) });
    expect(isAsked(await look((await buy(0)).ask))).toBe(true);
    const second = (await buy(1)).ask;
    expect(isAsked(await look(second))).toBe(true);
    await give(second, { survey, operationId: operation(), answers: [{ question: 'nps', value: 10 }] });
    expect(isAsked(await look((await buy(2)).ask))).toBe(false);
    await t.db.sqlAcrossShops('delete from answer where shop_id = $1', [shop.id]);
    expect(isAsked(await look((await buy(3)).ask))).toBe(true);
    expect(isAsked(await look((await buy(4)).ask))).toBe(false);
  });

  test('whoever wants nothing but order news is asked nothing on pages', async () => {
    await live(every());
    const { order, ask } = await buys();
    await t.db.sqlAcrossShops(
      `insert into preference (shop_id, customer_id, frequency, updated_at) values ($1, $2, 'order-news', $3)`,
      [shop.id, await customerOf(t.db, order), now],
    );
    expect(await look(ask)).toEqual({ state: 'nothing' });
  });
});

describe('two wordings', () => {
  test('everybody keeps the one they have seen, before and after their order is known', async () => {
    await live(every({ trial: { question: 'nps', text: en('Tell a friend?') } }));
    const seen = new Set<string>();
    for (let i = 0; i < 12; i++) {
      const order = anOrder(shop, { token: `token-trial-${i}` });
      const ask = asked(shop, {
        order: `gid://shopify/Order/${order.id}`,
        checkoutToken: order.checkoutToken!,
      });
      const before = await look(ask);
      await takeIn(t.db, [order]);
      await t.db.acrossShops((tx) => verifyAnswers(tx, [{ shopId: shop.id, orderId: order.id }], now));
      const after = await look(ask);
      if (before.state !== 'ask' || after.state !== 'ask') throw new Error('not asked');
      expect(after.survey.variant).toBe(before.survey.variant);
      expect(after.questions[0]!.text).toBe(before.survey.variant === 'b' ? 'Tell a friend?' : 'Recommend?');
      seen.add(before.survey.variant!);
    }
    expect([...seen].sort()).toEqual(['a', 'b']);
  });
});

describe('answered part by part', () => {
  test('each part takes the place of the one before; a late one undoes nothing; a branch that fell away goes', async () => {
    const survey = await live(every());
    const { ask } = await buys();
    const operationId = operation();
    const of = { survey, operationId };
    const part = (n: number, answers: AnswerInput['answers'], more?: true) =>
      give(ask, { ...of, answers, ...(more && { more }), ...(n > 0 && { amends: true as const, part: n }) });
    await part(0, [{ question: 'nps', value: 1 }], true);
    await part(
      1,
      [
        { question: 'nps', value: 1 },
        { question: 'why', value: 'Slow' },
      ],
      true,
    );
    await part(2, [
      { question: 'nps', value: 9 },
      { question: 'heard', value: 'friend' },
    ]);
    await part(
      1,
      [
        { question: 'nps', value: 1 },
        { question: 'why', value: 'Slow' },
      ],
      true,
    );
    await part(0, [{ question: 'nps', value: 1 }], true);
    expect(await stored()).toMatchObject([
      { answers: { nps: 9, heard: 'friend' }, score: 4, part: 2, whole: true },
    ]);
    expect((await eventsOf(t.db, shop, 'answer.given')).map(({ data }) => data['score'])).toEqual([1, 4]);
    expect(await eventsOf(t.db, shop, 'answer.amended')).toHaveLength(1);
  });

  test.each<[string, AnswerInput['answers'], RegExp]>([
    ['off the scale', [{ question: 'nps', value: 11 }], /one of 0…10/],
    [
      'a strange choice',
      [
        { question: 'nps', value: 9 },
        { question: 'heard', value: '<script>' },
      ],
      /none of its choices/,
    ],
    [
      'twice on one place',
      [
        { question: 'nps', value: 9 },
        { question: 'rank', value: ['look', 'look'] },
      ],
      /twice/,
    ],
    [
      'a row that is none',
      [
        { question: 'nps', value: 9 },
        { question: 'grid', value: { nope: 1 } },
      ],
      /none of its rows/,
    ],
    [
      'a column that is none',
      [
        { question: 'nps', value: 9 },
        { question: 'grid', value: { speed: 3 } },
      ],
      /one of 1…2/,
    ],
    [
      'no day',
      [
        { question: 'nps', value: 9 },
        { question: 'day', value: '2026-02-30' },
      ],
      /YYYY-MM-DD/,
    ],
    [
      'a strange wish',
      [
        { question: 'nps', value: 9 },
        { question: 'wishes', value: { channel: 'pigeon' } },
      ],
      /cannot be chosen/,
    ],
    [
      'what was not asked',
      [
        { question: 'nps', value: 9 },
        { question: 'why', value: 'x' },
      ],
      /was not asked/,
    ],
    [
      'too many words',
      [
        { question: 'nps', value: 0 },
        { question: 'why', value: 'x'.repeat(4001) },
      ],
      /more than 4000/,
    ],
  ])('%s is refused, and nothing is half saved', async (_name, answers, problem) => {
    const survey = await live(every());
    const { ask } = await buys();
    expect(await give(ask, { survey, operationId: operation(), answers })).toMatchObject({
      outcome: 'refused',
      problem: expect.stringMatching(problem),
    });
    expect(await stored()).toEqual([]);
  });
});

test('wishes for contact hold, and Shopify is told once it is whole: tags in exchange, a metafield, Flow', async () => {
  const survey = await live(every());
  const { order, ask } = await buys();
  await give(ask, {
    survey,
    operationId: operation(),
    answers: [
      { question: 'nps', value: 2 },
      { question: 'heard', value: 'search' },
      { question: 'wishes', value: { channel: 'email', frequency: 'fewer', hour: '18' } },
      { question: 'why', value: '=1+1 <b>' },
    ],
  });
  const { settle, jobs } = reactionsOf(t.db);
  await settle(now);
  const [preference] = await t.db.sqlAcrossShops(
    'select frequency, hour::int as hour from preference where shop_id = $1',
    [shop.id],
  );
  expect(preference).toEqual({ frequency: 'fewer', hour: 18 });
  const id = (await stored())[0]!.id;
  expect(jobs).toContainEqual({ name: 'feedback.tell', payload: { shopId: String(shop.id), answerId: id } });
  const told: unknown[][] = [];
  const done = (...said: unknown[]) => {
    told.push(said);
    return Promise.resolve({ outcome: 'done' } as const);
  };
  const shopify = {
    addTags: (_d: string, _o: object, tags: readonly string[]) => done('add', tags),
    removeTags: (_d: string, _c: bigint, tags: readonly string[]) => done('remove', tags),
    setMetafield: (_d: string, _o: object, metafield: object) => done('metafield', metafield),
    trigger: (_d: string, handle: string, payload: object) => done(handle, payload),
  };
  const tell = () => tellShopify({ db: t.db, shopify }, { shopId: shop.id, answerId: id }, now);
  expect(await tell()).toEqual({ outcome: 'done' });
  expect(told).toEqual([
    ['remove', ['nps:passive', 'nps:promoter', 'heard:friend']],
    ['add', ['nps:detractor', 'heard:search']],
    ['metafield', { namespace: 'custom', key: 'heard_from', value: 'search' }],
    [
      'feedback-received',
      expect.objectContaining({ order_id: Number(order.id), Rating: 1, Comment: '=1+1 <b>' }),
    ],
    ['low-rating-received', expect.objectContaining({ Survey: 'Everything', Rating: 1 })],
  ]);
  told.length = 0;
  await tell();
  expect(told.map(([what]) => what)).toEqual(['remove', 'add', 'metafield']);
});

test('an answer that is left half way settles after some minutes', async () => {
  const survey = await live(every());
  const { ask } = await buys();
  await give(ask, { survey, operationId: operation(), answers: [{ question: 'nps', value: 9 }], more: true });
  const { settle, jobs } = reactionsOf(t.db);
  await settle(now);
  expect(jobs.filter(({ name }) => name === 'feedback.tell')).toEqual([]);
  await settle(new Date(now.getTime() + 11 * 60_000));
  expect(jobs.filter(({ name }) => name === 'feedback.tell')).toHaveLength(1);
  await t.db.acrossShops((tx) => settleAnswers(tx, [], now));
});

const keyOf = async (id: string) =>
  (await t.db.inShop(shop.id, (tx) => editedSurveys(tx, shop.id, id)))[0]!.key;

describe('on its own page', () => {
  const page = (link: PageLink, q: string | null = null, moment = now) =>
    t.db.inShop(shop.id, (tx) => answerPage(tx, shop, link, q, moment));
  const send = (
    link: PageLink,
    questionAt: string,
    answers: AnswerInput['answers'],
    version: number | null = 1,
  ) =>
    t.db.inShop(shop.id, (tx) =>
      answerByPage(tx, shop, link, { at: questionAt, answers, version, variant: null }, now),
    );

  test('a link for everybody asks question by question; two posts of one visit are one answer', async () => {
    const { id } = await live(every());
    const surveyKey = await keyOf(id);
    const link: PageLink = {
      to: 'all',
      link: { shopId: shop.id, surveyKey },
      visit: crypto.randomUUID(),
      locale: 'en',
    };
    expect(await page(link)).toMatchObject({ state: 'ask', number: 1, questions: [{ key: 'nps' }] });
    expect(await send(link, 'nps', [])).toMatchObject({ outcome: 'refused' });
    const both = await Promise.all([1, 2].map(() => send(link, 'nps', [{ question: 'nps', value: 0 }])));
    expect(both).toEqual([
      { outcome: 'saved', next: 'heard' },
      { outcome: 'saved', next: 'heard' },
    ]);
    expect(await send(link, 'heard', [])).toEqual({ outcome: 'saved', next: 'rank' });
    expect(await send(link, 'rank', [{ question: 'rank', value: ['fit'] }])).toEqual({
      outcome: 'saved',
      next: 'grid',
    });
    expect(await page(link)).toMatchObject({ state: 'ask', questions: [{ key: 'grid' }], back: 'rank' });
    // Later what was said is fixed: there is no way back to it, only to what was left out.
    const fixed = new Date(now.getTime() + 61 * 60_000);
    const open = { state: 'ask', questions: [{ key: 'grid' }], back: 'heard' };
    expect(await page(link, null, fixed)).toMatchObject(open);
    expect(await page(link, 'rank', fixed)).toMatchObject(open);
    expect(await page(link, 'heard', fixed)).toMatchObject({ questions: [{ key: 'heard' }], back: null });
    // Nobody is known here whose wishes for contact could hold: what stands beside them comes with the day.
    expect(await send(link, 'day', [{ question: 'why', value: 'Dear' }])).toEqual({
      outcome: 'saved',
      next: 'end',
    });
    expect(await page(link, 'end')).toMatchObject({
      state: 'thanks',
      tone: 'sorry',
      said: '0/10',
      change: 'nps',
    });
    expect(await stored()).toMatchObject([{ answers: { nps: 0, rank: ['fit'], why: 'Dear' }, whole: true }]);
  });

  test('what was shown before the survey changed is answered as it was shown; switched off it is gone', async () => {
    const { id } = await live(every());
    const surveyKey = await keyOf(id);
    const link: PageLink = {
      to: 'all',
      link: { shopId: shop.id, surveyKey },
      visit: crypto.randomUUID(),
      locale: null,
    };
    await t.db.inShop(shop.id, (tx) =>
      publishSurvey(
        tx,
        shop,
        id,
        every({ questions: [{ kind: 'stars', key: 'stars', text: en('Stars?') }] }),
        now,
      ),
    );
    expect(await send(link, 'nps', [{ question: 'nps', value: 7 }])).toMatchObject({ outcome: 'saved' });
    expect(await page(link)).toMatchObject({ state: 'ask', questions: [{ key: 'heard' }] });
    await t.db.inShop(shop.id, (tx) => switchSurvey(tx, shop.id, id, 'off', now));
    expect(await page(link)).toEqual({ state: 'gone' });
  });
});

test('conditions of sequences know what was said last: what was chosen by its value, words of their own as answered', async () => {
  const survey = await live(every());
  const surveyKey = await keyOf(survey.id);
  const { order, ask } = await buys();
  const answers = [
    { question: 'nps', value: 1 },
    { question: 'heard', value: 'friend' },
    { question: 'rank', value: ['look'] },
    { question: 'why', value: 'x'.repeat(60) },
  ];
  await give(ask, { survey, operationId: operation(), answers });
  const wanted = {
    shopId: shop.id,
    customerId: await customerOf(t.db, order),
    orderId: order.id,
    shipmentId: null,
    productId: null,
    enrollmentId: null,
    shop: { timeZone: shop.timeZone, locale: shop.locale, rhythm: shop.settings.rhythm },
    anchorAt: now,
    needs: new Set(['said'] as const),
  };
  const [facts] = await t.db.acrossShops((tx) => readFacts(tx, [wanted], now));
  expect(facts!.customer!.person!.said).toEqual(
    ['heard', 'heard=friend', 'nps', 'nps=1', 'rank', 'rank=look', 'why'].map(
      (word) => `${surveyKey}.${word}`,
    ),
  );
});
