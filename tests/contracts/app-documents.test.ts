/** Every document that the app sends executes in the sandbox: none asks for something that is not there. */

import { readdirSync } from 'node:fs';
import { Kind, type OperationDefinitionNode, parse } from 'graphql';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type SandboxUnderTest, startSandbox } from '../sandbox.ts';

const FOLDER = 'app/adapters/shopify/documents';

let at: SandboxUnderTest;
beforeAll(async () => {
  at = await startSandbox({ limits: { maximumAvailable: 1e9, restoreRate: 1 } });
  at.sandbox.grantScopes(at.sandbox.shop(), [
    'read_locales',
    'read_store_credit_account_transactions',
    'read_store_credit_accounts',
    'write_gift_cards',
    'write_content',
    'write_orders',
    'write_pixels',
    'write_products',
    'write_store_credit_account_transactions',
  ]);
});
afterAll(() => at.close());

/** [file and name, text] of every document in the folder. */
async function documents(): Promise<[string, string][]> {
  const found: [string, string][] = [];
  for (const file of readdirSync(FOLDER)) {
    const exported = (await import(
      `../../app/adapters/shopify/documents/${file.replace(/\.ts$/, '')}.ts`
    )) as Record<string, unknown>;
    for (const [name, value] of Object.entries(exported)) {
      const text = typeof value === 'string' ? value : (value as { text?: unknown } | null)?.text;
      if (typeof text === 'string' && /^\s*(query|mutation)\b/.test(text))
        found.push([`${file} ${name}`, text]);
    }
  }
  return found;
}

const operationOf = (text: string) =>
  parse(text).definitions.find((d): d is OperationDefinitionNode => d.kind === Kind.OPERATION_DEFINITION);

/** Values for the variables of each operation; a function where they hang on what was sent before. */
async function variables(): Promise<
  Record<string, Record<string, unknown> | (() => Record<string, unknown>)>
> {
  const { store } = at.sandbox;
  const shop = at.sandbox.shop();
  const order = store.placeOrder(shop, {
    customer: { email: 'ana@example.com', phone: '+34911234567', firstName: 'Ana' },
    lines: [{ handle: 'chefs-knife' }, { handle: 'linen-apron' }],
    shipTo: { country: 'ES', city: 'Madrid' },
  });
  store.fulfil(shop, order);
  store.deliver(shop, order);
  store.startReturn(shop, order, { lines: [{ handle: 'linen-apron' }] });
  store.refund(shop, order, { lines: [{ handle: 'linen-apron' }] });
  const discount = (code: string) => ({
    title: 'Friends',
    code,
    startsAt: '2026-01-01T00:00:00Z',
    endsAt: null,
    usageLimit: null,
    appliesOncePerCustomer: true,
    context: { all: 'ALL' },
    combinesWith: { orderDiscounts: false, productDiscounts: false, shippingDiscounts: true },
    customerGets: { value: { percentage: 0.15 }, items: { all: true } },
    minimumRequirement: { subtotal: { greaterThanOrEqualToSubtotal: '30.00' } },
  });
  const create = `mutation M($d: DiscountCodeBasicInput!) { discountCodeBasicCreate(basicCodeDiscount: $d) { codeDiscountNode { id } userErrors { message } } }`;
  const made = await at.graphql(create, { d: discount('PARENT') });
  const parent = made.data.discountCodeBasicCreate.codeDiscountNode.id as string;
  const add = `mutation M($d: ID!) { discountRedeemCodeBulkAdd(discountId: $d, codes: [{ code: "A-1" }]) { bulkCreation { id } } }`;
  const added = await at.graphql(add, { d: parent });
  const run = `mutation { bulkOperationRunQuery(query: "{ products { edges { node { id } } } }") { bulkOperation { id } } }`;
  const bulk = await at.graphql(run);
  const spare = await at.graphql(create, { d: discount('SPARE') });
  const shipping = await at.graphql(
    `mutation { made: discountCodeFreeShippingCreate(freeShippingCodeDiscount: { title: "Free", code: "FREE-1",
      startsAt: "2026-01-01T00:00:00Z", context: { all: ALL }, destination: { all: true } }) { codeDiscountNode { id } userErrors { message } } }`,
  );
  const newCard = `mutation { giftCardCreate(input: { initialAmount: { amount: "5.00", currencyCode: ${shop.currency} } }) { giftCard { id } userErrors { message } } }`;
  const card = await at.graphql(newCard);
  const credit = `mutation M($id: ID!) { storeCreditAccountCredit(id: $id, creditInput: { creditAmount: { amount: "5.00", currencyCode: ${shop.currency} } }) { userErrors { message } } }`;
  await at.graphql(credit, { id: order.customer });
  await at.sandbox.clock.settle();
  const blogs = await at.graphql('{ blogs(first: 1) { nodes { id } } }');
  const article = { title: 'A guest post', author: { name: 'Ana' }, isPublished: false };
  const write = `mutation M($a: ArticleCreateInput!) { articleCreate(article: $a) { article { id } } }`;
  const blogId = blogs.data.blogs.nodes[0].id as string;
  const written = await at.graphql(write, { a: { ...article, blogId, handle: 'another' } });
  const consent = { marketingState: 'UNSUBSCRIBED', marketingOptInLevel: 'SINGLE_OPT_IN' };
  return {
    BulkRun: { query: '{ products { edges { node { id } } } }' },
    BulkGet: { id: bulk.data.bulkOperationRunQuery.bulkOperation.id },
    EmailConsentUpdate: { input: { customerId: order.customer, emailMarketingConsent: consent } },
    SmsConsentUpdate: { input: { customerId: order.customer, smsMarketingConsent: consent } },
    SegmentMembers: { segmentId: shop.segments[0]!.id },
    CustomerDates: { query: "updated_at:>='2020-01-01T00:00:00Z'", namespace: 'facts', key: 'birth_date' },
    ProductDates: { query: "updated_at:>='2020-01-01T00:00:00Z'", namespace: 'custom', key: 'event_ends' },
    Segment: { id: shop.segments[0]!.id },
    TagsAdd: { id: order.id, tags: ['vip'] },
    TagsRemove: { id: order.id, tags: ['vip'] },
    FlowTriggerReceive: { handle: 'feedback-received', payload: { Rating: 5 } },
    MetafieldsSet: {
      metafields: [
        {
          ownerId: order.customer,
          namespace: 'custom',
          key: 'size',
          type: 'single_line_text_field',
          value: 'M',
        },
      ],
    },
    RatingsSet: {
      metafields: [
        {
          ownerId: shop.products[0]!.id,
          namespace: 'reviews',
          key: 'rating',
          type: 'rating',
          value: '{"scale_min":"1.0","scale_max":"5.0","value":"4.5"}',
        },
      ],
    },
    MetafieldsDelete: {
      metafields: [{ ownerId: order.customer, namespace: '$app', key: 'referral_code' }],
    },
    RatingsDelete: { metafields: [{ ownerId: shop.products[0]!.id, namespace: 'reviews', key: 'rating' }] },
    FreeShippingCreate: {
      discount: {
        title: 'Free',
        code: 'FREE-SHIPPING',
        startsAt: '2026-01-01T00:00:00Z',
        endsAt: null,
        usageLimit: 1,
        appliesOncePerCustomer: true,
        context: { all: 'ALL' },
        combinesWith: { orderDiscounts: false, productDiscounts: true, shippingDiscounts: true },
        destination: { all: true },
      },
    },
    FreeShippingUpdate: {
      id: shipping.data.made.codeDiscountNode.id as string,
      discount: { title: 'Still free' },
    },
    DiscountDelete: { id: spare.data.discountCodeBasicCreate.codeDiscountNode.id as string },
    Payments: { ids: [order.id] },
    Journeys: { ids: [order.id] },
    PixelCreate: { settings: { address: 'https://app.test' } },
    PixelUpdate: () => ({ id: shop.extras.webPixels![0]!.id, settings: { address: 'https://app.example' } }),
    PixelDelete: () => ({ id: shop.extras.webPixels![0]!.id }),
    Stock: { id: shop.products[0]!.id },
    StoreCredits: { customer: order.customer },
    StoreCreditLines: { account: shop.storeCredits[0]!.id },
    StoreCreditGive: {
      customer: order.customer,
      credit: { creditAmount: { amount: '5.00', currencyCode: shop.currency }, expiresAt: null },
    },
    StoreCreditTake: {
      customer: order.customer,
      debit: { debitAmount: { amount: '1.00', currencyCode: shop.currency } },
    },
    GiftCardCreate: {
      input: {
        code: 'ABCDEFGH12345678',
        initialAmount: { amount: '5.00', currencyCode: shop.currency },
        customerId: order.customer,
        expiresOn: null,
        note: 'Thanks',
      },
    },
    CodesThere: { query: 'title:Everafter*', after: null },
    GiftCards: { query: 'ABCDEFGH12345678', after: null },
    GiftCardDeactivate: { id: card.data.giftCardCreate.giftCard.id as string },
    GiftVariant: { id: shop.products[0]!.variants[0]!.id },
    GiftProduct: { id: shop.products[0]!.id },
    DiscountCreate: { discount: discount('ANOTHER') },
    DiscountUpdate: { id: parent, discount: { title: 'Renamed', minimumRequirement: null } },
    DiscountByCode: { code: 'a-1' },
    DiscountDeactivate: { id: parent },
    CodesAdd: { discountId: parent, codes: [{ code: 'A-2' }] },
    CodesAdded: { id: added.data.discountRedeemCodeBulkAdd.bulkCreation.id },
    CodesDelete: { discountId: parent, ids: [] },
    ArticleCreate: { article: { ...article, blogId }, blog: null },
    ArticleByHandle: { query: 'handle:a-guest-post' },
    ArticleState: { id: written.data.articleCreate.article.id },
    ArticleDelete: { id: written.data.articleCreate.article.id },
    OrdersChanged: { query: "updated_at:>='2020-01-01T00:00:00Z'" },
    OrdersByIds: { ids: [order.id, 'gid://shopify/Order/1'] },
    OrderLines: { id: order.id },
  };
}

test('every document of the app executes', async () => {
  const given = await variables();
  const refused: Record<string, unknown> = {};
  const all = await documents();
  for (const [name, text] of all) {
    const operation = operationOf(text);
    const id = operation?.name?.value ?? '';
    const wanted = operation?.variableDefinitions?.some((v) => v.type.kind === Kind.NON_NULL_TYPE) ?? false;
    // Inner queries of bulk operations have lists without a size.
    if (id.startsWith('Bulk') && !wanted) continue;
    if (wanted && !given[id]) refused[name] = `this test has no variables for ${id}`;
    const values = given[id] ?? {};
    const { data, errors } = await at.graphql(text, typeof values === 'function' ? values() : values);
    if (errors) refused[name] = errors;
    for (const value of Object.values((data ?? {}) as Record<string, { userErrors?: unknown[] } | null>)) {
      if ((value?.userErrors?.length ?? 0) > 0) refused[name] = value?.userErrors;
    }
  }
  expect(refused).toEqual({});
  expect(all.length).toBeGreaterThan(15);
});
