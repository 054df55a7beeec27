/** Webhooks of the sandbox: signed, in order, tried again for four hours, disturbed when asked to. */

import { createHmac } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { ApiVersion, LogSeverity, shopifyApi } from '@shopify/shopify-api';
import '@shopify/shopify-api/adapters/node';
import { type SandboxUnderTest, startSandbox } from '../sandbox.ts';

let at: SandboxUnderTest;
beforeEach(async () => {
  at = await startSandbox();
});
afterEach(() => at.close());

const buy = (email = 'jo@example.com') =>
  at.sandbox.store.placeOrder(at.sandbox.shop(), { customer: { email }, lines: [{ handle: 'chefs-knife' }] });
const topics = () => at.app.received.map((r) => r.headers['x-shopify-topic']);
const hours = (n: number) => at.sandbox.clock.moveTo(at.sandbox.clock.now() + n * 3_600_000);

test('an order is told in order, with Shopify’s headers and a signature that Shopify’s library accepts', async () => {
  const order = buy();
  await at.sandbox.clock.settle();
  expect(topics()).toEqual(['orders/create', 'orders/paid']);
  const [first] = at.app.received;
  expect(first!.path).toBe('/webhooks');
  expect(first!.headers).toMatchObject({
    'content-type': 'application/json',
    'x-shopify-shop-domain': 'linden.myshopify.com',
    'x-shopify-api-version': '2026-10',
    'x-shopify-webhook-id': expect.stringMatching(/^[0-9a-f-]{36}$/),
    'x-shopify-name': 'orders',
    'x-shopify-triggered-at': order.createdAt,
  });
  const both = at.app.received.map((r) => r.headers);
  expect(both[0]!['x-shopify-event-id']).toBe(both[1]!['x-shopify-event-id']);
  expect(both[0]!['x-shopify-webhook-id']).not.toBe(both[1]!['x-shopify-webhook-id']);
  const api = shopifyApi({
    apiKey: 'test-key',
    apiSecretKey: 'test-secret',
    apiVersion: ApiVersion.October26,
    isEmbeddedApp: true,
    hostName: 'localhost',
    logger: { level: LogSeverity.Error },
  });
  const rawRequest = { method: 'POST', url: '/webhooks', headers: first!.headers };
  expect(await api.webhooks.validate({ rawBody: first!.body, rawRequest })).toMatchObject({
    valid: true,
    topic: 'ORDERS_CREATE',
  });
});

test('a failed delivery comes again with the same id and the original body', async () => {
  at.app.answer = () => 503;
  const order = buy();
  await at.sandbox.clock.settle();
  at.sandbox.store.fulfil(at.sandbox.shop(), order);
  at.app.answer = () => 200;
  await hours(0.1);
  const created = at.app.received.filter((r) => r.headers['x-shopify-topic'] === 'orders/create');
  expect(created).toHaveLength(2);
  expect(created[1]).toMatchObject({ body: created[0]!.body });
  expect(created[1]!.headers['x-shopify-webhook-id']).toBe(created[0]!.headers['x-shopify-webhook-id']);
});

test('eight retries over four hours, then never again', async () => {
  at.app.answer = () => 500;
  buy();
  await hours(5);
  const created = at.app.received.filter((r) => r.headers['x-shopify-topic'] === 'orders/create');
  expect(created).toHaveLength(9);
  const { body } = await at.control('GET', 'deliveries?topic=orders/create');
  expect(body[0]).toMatchObject({ state: 'failed', attempts: { length: 9 } });
  const moments = body[0].attempts.map((a: { at: string }) => Date.parse(a.at)) as number[];
  expect((moments.at(-1)! - moments[0]!) / 3_600_000).toBeCloseTo(4, 1);
});

test('an app that hangs is given five seconds, one that is not there fails at once', async () => {
  const hanging = await at.control('POST', 'webhooks', { topic: 'orders/create', body: {} });
  expect(hanging.body.status).toBe(200);
  at.app.answer = () => 'hang';
  const { body } = await at.control('POST', 'webhooks', { topic: 'orders/create', body: {} });
  expect(body).toMatchObject({ status: null, error: 'no answer within five seconds' });
  expect(body.ms).toBeGreaterThan(4900);
  expect(body.ms).toBeLessThan(5600);
}, 15_000);

describe('a raw delivery', () => {
  test('is exactly what was given', async () => {
    const { status, body } = await at.control('POST', 'webhooks', {
      topic: 'orders/paid',
      shop: 'stranger.myshopify.com',
      body: '{"id": 12345678901234567890 }',
      headers: { 'X-Shopify-Webhook-Id': 'w-1', 'x-shopify-api-version': null },
    });
    expect({ status, body }).toMatchObject({ status: 200, body: { status: 200, ms: expect.any(Number) } });
    const [got] = at.app.received;
    expect(got!.body).toBe('{"id": 12345678901234567890 }');
    expect(got!.headers).toMatchObject({
      'x-shopify-topic': 'orders/paid',
      'x-shopify-shop-domain': 'stranger.myshopify.com',
      'x-shopify-webhook-id': 'w-1',
      'x-shopify-hmac-sha256': createHmac('sha256', 'test-secret').update(got!.body).digest('base64'),
    });
    expect(got!.headers['x-shopify-api-version']).toBeUndefined();
  });

  test('keeps the digits of an object’s numbers, and may be unsigned', async () => {
    await at.control(
      'POST',
      'webhooks',
      '{"topic":"orders/create","body":{"id":9007199254740993},"sign":false}',
    );
    expect(at.app.received[0]!.body).toBe('{"id":9007199254740993}');
    expect(at.app.received[0]!.headers['x-shopify-hmac-sha256']).toBeUndefined();
  });

  test('of a compliance topic goes where those go', async () => {
    await at.control('POST', 'webhooks', { topic: 'shop/redact', body: {} });
    expect(at.app.received[0]!.path).toBe('/webhooks/compliance');
  });

  test('that is not waited for is sent all the same', async () => {
    const { body } = await at.control('POST', 'webhooks', { topic: 'orders/create', body: {}, wait: false });
    expect(body).toEqual({ status: null, ms: 0 });
    await at.sandbox.clock.settle();
    expect(at.app.received).toHaveLength(1);
  });
});

describe('disturbed', () => {
  const fault = (mode: string, rate = 1) =>
    at.control('POST', 'faults', { target: 'webhooks', mode, rate, for: 'PT1H' });

  test('down: nothing arrives until it is over, then everything does', async () => {
    await fault('down');
    buy();
    await at.sandbox.clock.settle();
    expect(at.app.received).toEqual([]);
    await hours(4);
    expect(new Set(topics())).toEqual(new Set(['orders/create', 'orders/paid']));
  });

  test('duplicate: everything arrives twice with the same id', async () => {
    await fault('duplicate');
    buy();
    await at.sandbox.clock.settle();
    expect(topics()).toEqual(['orders/create', 'orders/create', 'orders/paid', 'orders/paid']);
    expect(new Set(at.app.received.map((r) => r.headers['x-shopify-webhook-id'])).size).toBe(2);
  });

  test('reject: the event is lost', async () => {
    await fault('reject');
    buy();
    await hours(5);
    expect(at.app.received).toEqual([]);
  });

  test('accept-then-drop: the app has it, Shopify does not know and sends it again', async () => {
    await fault('accept-then-drop');
    buy();
    await at.sandbox.clock.settle();
    await at.control('POST', 'faults', { target: 'webhooks', mode: 'off' });
    await hours(1);
    expect(topics().filter((t) => t === 'orders/create')).toHaveLength(2);
  });

  test('reorder: later ones overtake, none is missing', async () => {
    await fault('reorder');
    for (let n = 0; n < 8; n++) buy(`c${n}@example.com`);
    await hours(1);
    const numbers = at.app.bodies('orders/paid').map((b: { number: number }) => b.number);
    expect(numbers).not.toEqual([...numbers].sort((a, b) => a - b));
    expect([...numbers].sort((a, b) => a - b)).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
  });
});

test('a shop without the app sends nothing but its farewell and the compliance topics', async () => {
  await at.control('POST', 'uninstall');
  buy();
  await at.control('POST', 'redact', {});
  await at.sandbox.clock.settle();
  expect(at.app.received.map((r) => [r.path, r.headers['x-shopify-topic']])).toEqual([
    ['/webhooks', 'app/uninstalled'],
    ['/webhooks/compliance', 'shop/redact'],
  ]);
});

test('a shop’s own subscription has its filter and its fields, and is gone after the last failure', async () => {
  at.sandbox.grantScopes(at.sandbox.shop(), ['read_customers']);
  const made = await at.graphql(
    `mutation ($w: WebhookSubscriptionInput!) { webhookSubscriptionCreate(topic: CUSTOMERS_CREATE, webhookSubscription: $w) { webhookSubscription { id } userErrors { message } } }`,
    { w: { uri: `${at.app.url}/own`, filter: 'email:*@example.com', includeFields: ['id', 'email'] } },
  );
  expect(made.data.webhookSubscriptionCreate.userErrors).toEqual([]);
  await at.sandbox.clock.settle();
  at.app.received.length = 0;
  at.app.answer = ({ path }) => (path === '/own' ? 410 : 200);
  at.sandbox.shop().webhookSubscriptions[0]!.filter = 'email:jo*';
  buy('jo@example.com');
  buy('ann@example.com');
  await at.sandbox.clock.settle();
  const own = at.app.received.filter((r) => r.path === '/own');
  expect(own.map((r) => Object.keys(JSON.parse(r.body) as object))).toEqual([['id', 'email']]);
  await hours(5);
  const left = await at.graphql('{ webhookSubscriptions(first: 10) { nodes { id } } }');
  expect(left.data.webhookSubscriptions.nodes).toEqual([]);
});
