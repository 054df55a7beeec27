/** The Admin API of the sandbox executes every document that the project may send. */

import { readdirSync, readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ALL_SCOPES, type SandboxUnderTest, startSandbox } from '../sandbox.ts';

const FOLDER = 'tests/contracts/shopify/documents';
const text = (name: string) => readFileSync(`${FOLDER}/${name}.graphql`, 'utf8');
const examples = JSON.parse(readFileSync(`${FOLDER}/VARIABLES.json`, 'utf8')) as Record<
  string,
  Record<string, unknown>
>;

let at: SandboxUnderTest;
beforeAll(async () => {
  at = await startSandbox({ scopes: ALL_SCOPES, limits: { maximumAvailable: 1e9, restoreRate: 1 } });
});
afterAll(() => at.close());

/** Ids that exist, in the order in which the documents need them. */
async function variables(): Promise<Record<string, Record<string, unknown>>> {
  const { sandbox } = at;
  const shop = sandbox.shop();
  const order = sandbox.store.placeOrder(shop, {
    customer: { email: 'ana@example.com', firstName: 'Ana', phone: '+34911234567', acceptsMarketing: true },
    lines: [{ handle: 'chefs-knife' }, { handle: 'linen-apron', quantity: 2 }],
    shipTo: { country: 'ES', city: 'Madrid' },
    landingSite: '/?utm_source=friend',
  });
  sandbox.store.fulfil(shop, order, { lines: [{ handle: 'chefs-knife' }] });
  sandbox.store.refund(shop, order, { amount: '5.00' });
  const customer = order.customer ?? '';
  const owned = { ownerId: customer, key: 'referral', type: 'json', value: '{"code":"ANA"}' };
  const credit = { ...examples.store_credit_account_credit, id: customer };
  await at.graphql(text('store_credit_account_credit'), credit);
  const made = await at.graphql(text('discount_code_basic_create'), examples.discount_code_basic_create);
  const discount = made.data.discountCodeBasicCreate.codeDiscountNode.id as string;
  const added = await at.graphql(text('discount_redeem_code_bulk_add'), {
    discountId: discount,
    codes: [{ code: 'ANNA-1' }],
  });
  await at.graphql(text('bulk_run_query'), { query: text('bulk_inner_customers') });
  const webhook = await at.graphql(text('webhook_subscription_create'), examples.webhook_subscription_create);
  const gift = await at.graphql(text('gift_card_create'), {
    input: { initialAmount: { amount: '10.00', currencyCode: 'EUR' } },
  });
  const pixel = await at.graphql(text('web_pixel_create'), { webPixel: { settings: { address: '1' } } });
  const plan = await at.graphql(text('app_subscription_create'), examples.app_subscription_create);
  await sandbox.clock.settle();
  const basic = (code: string) => ({
    ...(examples.discount_code_basic_create?.basicCodeDiscount as object),
    code,
  });
  const bulk = shop.bulkOperations[0]?.id ?? '';
  return {
    ...examples,
    app_scopes_revoke: { scopes: ['write_pixels'] },
    app_subscription_cancel: { id: plan.data.appSubscriptionCreate.appSubscription.id },
    app_usage_record_create: {
      subscriptionLineItemId: (
        shop.extras.appSubscriptions?.[0]?.lineItems as { id: string }[] | undefined
      )?.[0]?.id,
      price: { amount: '1.00', currencyCode: 'USD' },
      description: 'x',
    },
    bulk_cancel: { id: bulk },
    bulk_get: { id: bulk },
    bulk_run_query: { query: text('bulk_inner_orders') },
    customer_by_email: { email: 'Ana@example.com' },
    customer_email_marketing_consent_update: {
      input: {
        customerId: customer,
        emailMarketingConsent: { marketingState: 'UNSUBSCRIBED', marketingOptInLevel: 'SINGLE_OPT_IN' },
      },
    },
    customer_get: { id: customer },
    customer_unsubscribe_url: { id: customer },
    discount_by_code: { code: 'anna-1' },
    discount_code_activate: { id: discount },
    discount_code_basic_create: { basicCodeDiscount: basic('ANOTHER') },
    discount_code_basic_update: { id: discount, basicCodeDiscount: { title: 'Renamed' } },
    discount_code_deactivate: { id: discount },
    discount_code_delete: { id: discount },
    discount_codes_usage: { id: discount },
    discount_redeem_code_bulk_add: { discountId: discount, codes: [{ code: 'ANNA-2' }] },
    discount_redeem_code_bulk_creation: { id: added.data.discountRedeemCodeBulkAdd.bulkCreation.id },
    discount_redeem_code_bulk_delete: { discountId: discount, ids: [] },
    flow_trigger_receive: { handle: 'low-rating-received', payload: { Rating: 1 } },
    fulfillment_get: { id: order.fulfillments[0]?.id },
    gift_card_create: {
      input: {
        ...(examples.gift_card_create?.input as object),
        customerId: customer,
        recipientAttributes: { id: customer },
      },
    },
    gift_card_deactivate: { id: gift.data.giftCardCreate.giftCard.id },
    marketing_engagement_create: {
      remoteId: 'seq-1',
      marketingEngagement: { occurredOn: '2026-11-22', utcOffset: '+00:00', sendsCount: 2, clicksCount: 1 },
    },
    metafields_delete: { metafields: [{ ownerId: customer, namespace: '$app', key: 'referral' }] },
    metafields_set: { metafields: [owned] },
    order_get: { id: order.id },
    order_tags_add: { id: order.id, tags: ['friend'] },
    orders_by_discount_code: { query: 'discount_code:REFSEED-0' },
    orders_reconcile: { query: "updated_at:>='2020-01-01T00:00:00Z'" },
    products_by_ids: { ids: [shop.products[0]?.id, 'gid://shopify/Product/1'] },
    segment_membership: { customerId: customer, segmentIds: shop.segments.map((s) => s.id) },
    store_credit_account_credit: credit,
    store_credit_account_debit: {
      id: customer,
      debitInput: { debitAmount: { amount: '1.00', currencyCode: 'USD' } },
    },
    store_credit_accounts: { customerId: customer },
    tags_remove: { id: customer, tags: ['none'] },
    web_pixel_create: { webPixel: { settings: { address: '3' } } },
    web_pixel_update: { id: pixel.data.webPixelCreate.webPixel.id, webPixel: { settings: { address: '2' } } },
    webhook_subscription_delete: { id: webhook.data.webhookSubscriptionCreate.webhookSubscription.id },
  };
}

test('every document executes', async () => {
  const given = await variables();
  const names = readdirSync(FOLDER).filter((f) => f.endsWith('.graphql') && !f.startsWith('bulk_inner'));
  expect(names.length).toBeGreaterThan(50);
  const refused: Record<string, unknown> = {};
  // Reading before deleting: what one document deletes another one may want.
  const late = (name: string) =>
    name.startsWith('discount_code_delete') ? 2 : Number(/delete|cancel|revoke/.test(name));
  for (const file of names.sort((a, b) => late(a) - late(b))) {
    const name = file.replace('.graphql', '');
    const { data, errors } = await at.graphql(text(name), given[name]);
    if (errors) refused[name] = errors;
    for (const [field, value] of Object.entries(
      (data ?? {}) as Record<string, { userErrors?: unknown[] } | null>,
    )) {
      const expected =
        { webPixelCreate: 1, webhookSubscriptionCreate: 1, bulkOperationCancel: 1 }[field] ?? 0;
      if ((value?.userErrors?.length ?? 0) > expected) refused[name] = value?.userErrors;
    }
  }
  expect(refused).toEqual({});
});
