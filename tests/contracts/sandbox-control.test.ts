/** Every control call of the contract and its answer. */

import { readMailgun } from '../../app/adapters/email/inbound/mailgun.server.ts';
import { readText } from '../../app/adapters/texts/inbound.server.ts';
import { readMail } from '../../app/adapters/email/inbound/read-mail.server.ts';
import { createTransport } from 'nodemailer';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type SandboxUnderTest, startSandbox } from '../sandbox.ts';

let at: SandboxUnderTest;
beforeAll(async () => {
  at = await startSandbox();
});
afterAll(() => at.close());

const send = (to: string, subject: string) =>
  createTransport({ host: '127.0.0.1', port: at.sandbox.mailPort, secure: false, ignoreTLS: true }).sendMail({
    from: 'Linden <hello@linden.example>',
    to,
    subject,
    text: 'Hello',
    html: '<p>Hello</p>',
    headers: { 'List-Unsubscribe': '<https://example.com/u/1>' },
  });

test('health and clock', async () => {
  expect((await at.control('GET', 'health')).body).toEqual({ ready: true });
  const before = Date.parse((await at.control('GET', 'clock')).body.now);
  const { body } = await at.control('POST', 'clock', { advance: 'P14D' });
  expect(Date.parse(body.now) - before).toBeGreaterThanOrEqual(14 * 86_400_000 - 1000);
  const to = new Date(Date.parse(body.now) + 60_000).toISOString();
  expect(Date.parse((await at.control('POST', 'clock', { to })).body.now)).toBeGreaterThanOrEqual(
    Date.parse(to) - 1000,
  );
  expect((await at.control('POST', 'settle')).body).toEqual({ idle: true });
});

test('a customer, a product, an order and its verbs', async () => {
  const made = await at.control('POST', 'customers', {
    email: 'ana@example.com',
    firstName: 'Ana',
    lastName: 'Ruiz',
    locale: 'es',
    phone: '+34911234567',
    acceptsMarketing: true,
    acceptsSms: false,
    tags: ['vip'],
    address: { country: 'ES', province: 'M', city: 'Madrid', zip: '28001', line1: 'Calle Mayor 1' },
  });
  expect(made).toMatchObject({
    status: 201,
    body: { id: expect.stringMatching(/^gid:\/\/shopify\/Customer\/\d+$/) },
  });
  // Bodies of customers carry no tags: those that a customer begins with are told apart.
  await at.control('POST', 'settle');
  expect(at.app.bodies('customer.tags_added')).toEqual([
    { customerId: made.body.id, tags: ['vip'], occurredAt: expect.any(String) },
  ]);
  const products = (await at.control('GET', 'products')).body;
  expect(products).toHaveLength(12);
  expect(products[0]).toMatchObject({
    id: expect.any(String),
    handle: expect.any(String),
    title: expect.any(String),
    price: expect.stringMatching(/^\d+\.\d\d$/),
    variants: expect.any(Array),
  });

  const placed = await at.control('POST', 'orders', {
    customer: { id: made.body.id },
    lines: [{ handle: 'chefs-knife', quantity: 1 }],
    discountCodes: [],
    source: 'web',
    test: false,
    shipTo: { country: 'ES' },
    paid: true,
  });
  expect(placed.body).toMatchObject({
    id: expect.any(String),
    name: expect.stringMatching(/^#\d+$/),
    thankYouUrl: expect.stringContaining('/thank-you'),
    orderStatusUrl: expect.stringContaining('/orders/'),
    total: '98.00',
  });
  // The id may stand in the path as it is, encoded, or as its digits.
  expect(
    (await at.control('POST', `orders/${placed.body.id}/fulfil`, { carrier: 'UPS' })).body.fulfillmentStatus,
  ).toBe('fulfilled');
  expect(
    (await at.control('POST', `orders/${encodeURIComponent(placed.body.id)}/deliver`)).body.fulfillments[0]
      .status,
  ).toBe('delivered');
  expect(
    (await at.control('POST', `orders/${placed.body.id.split('/').at(-1)}/refund`, { amount: '10.00' })).body
      .refunded,
  ).toBe('10.00');
  expect(
    (
      await at.control('POST', `orders/${placed.body.id}/edit`, {
        lines: [{ handle: 'olive-oil', quantity: 1 }],
      })
    ).body.lines,
  ).toHaveLength(2);
  expect((await at.control('POST', `orders/${placed.body.id}/cancel`)).body.cancelledAt).toEqual(
    expect.any(String),
  );

  const customer = (await at.control('GET', `customers/${made.body.id}`)).body;
  expect(customer).toMatchObject({
    tags: ['vip'],
    metafields: [],
    consent: { email: { state: 'SUBSCRIBED' }, sms: { state: 'NOT_SUBSCRIBED' } },
  });
});

test('mails and texts', async () => {
  await send('ana@example.com', 'One');
  await send('jo@example.com', 'Two');
  const mails = (await at.control('GET', 'mail?to=Ana@example.com')).body;
  expect(mails).toEqual([
    {
      id: expect.any(String),
      to: 'ana@example.com',
      from: '"Linden" <hello@linden.example>',
      subject: 'One',
      text: expect.stringContaining('Hello'),
      html: expect.stringContaining('<p>Hello</p>'),
      headers: expect.objectContaining({ 'list-unsubscribe': '<https://example.com/u/1>' }),
      at: expect.stringMatching(/^\d{4}-.*Z$/),
    },
  ]);
  const raw = await at.control('GET', `mail/${mails[0].id}/raw`);
  expect(raw.body).toContain('Subject: One\r\n');
  const reply = await at.control('POST', `mail/${mails[0].id}/reply`, {
    text: 'Thanks',
    headers: { 'Auto-Submitted': 'auto-replied' },
  });
  expect(reply).toEqual({ status: 200, body: { to: 'hello@linden.example' } });
  const posted = at.app.received.find((request) => request.path === '/api/mail-in/mailgun/mime');
  const header = (name: string) => posted?.headers[name]?.toString() ?? null;
  const nowMs = Date.now();
  const reading = await readMailgun('sandbox-signing-key', {
    header,
    body: Buffer.from(posted!.body),
    nowMs,
  });
  expect(reading).toMatchObject({ outcome: 'mail', mail: { recipient: 'hello@linden.example' } });
  const answer = reading.outcome === 'mail' ? await readMail(reading.mail.raw, null) : null;
  expect(answer).toMatchObject({
    from: { address: 'ana@example.com' },
    subject: 'Re: One',
    answers: [mails[0].headers['message-id']],
    text: expect.stringMatching(/^Thanks\n\nOn .* wrote:\n> /),
  });
  expect(answer?.headers.get('auto-submitted')).toBe('auto-replied');
  at.app.answer = () => 503;
  expect(await at.control('POST', `mail/${mails[0].id}/reply`, { text: 'Thanks' })).toEqual({
    status: 502,
    body: { error: 'reply: the app did not take it (it answered 503)' },
  });
  at.app.answer = () => 200;
  await fetch(`${at.sandbox.origin}/texts`, {
    method: 'POST',
    body: JSON.stringify({ to: '+491701234567', body: 'Hi', id: 't-1' }),
  });
  expect(await at.control('POST', 'texts/t-1/reply', { text: 'Who is this?' })).toEqual({
    status: 200,
    body: { from: '+491701234567' },
  });
  const sms = at.app.received.find((request) => request.path === '/api/text-in')!;
  const smsHeader = (name: string) => sms.headers[name]?.toString() ?? null;
  expect(readText('sandbox-texts-secret', smsHeader, sms.body.toString(), Date.now())).toMatchObject({
    outcome: 'text',
    text: { from: '+491701234567', text: 'Who is this?' },
  });
  expect(await at.control('POST', 'texts/nobody/reply', { text: 'Hi' })).toMatchObject({ status: 400 });
  expect((await at.control('GET', `texts?to=${encodeURIComponent('+491701234567')}`)).body).toEqual([
    { id: 't-1', to: '+491701234567', body: 'Hi', at: expect.any(String) },
  ]);
});

test('discounts, credits, faults', async () => {
  expect((await at.control('GET', 'discounts')).body).toEqual([]);
  expect((await at.control('GET', 'credits')).body).toEqual([]);
  const set = await at.control('POST', 'faults', { target: 'mail', mode: 'reject', rate: 1, for: 'PT10M' });
  expect(set.body).toMatchObject([{ target: 'mail', mode: 'reject', rate: 1, until: expect.any(String) }]);
  await expect(send('ana@example.com', 'Three')).rejects.toMatchObject({ responseCode: 550 });
  await at.control('POST', 'clock', { advance: 'PT11M' });
  await send('ana@example.com', 'Four');
  for (const [mode, expected] of [
    ['throttled', { responseCode: 451 }],
    ['down', {}],
    ['accept-then-drop', {}],
  ] as const) {
    await at.control('POST', 'faults', { target: 'mail', mode });
    await expect(send('late@example.com', mode)).rejects.toMatchObject(expected);
  }
  expect((await at.control('POST', 'faults', { target: 'mail', mode: 'off' })).body).toEqual([]);
  const { now } = (await at.control('GET', 'clock')).body;
  await at.control('POST', 'clock', { advance: 'P1D' });
  await at.control('POST', 'faults', { target: 'mail', mode: 'down', for: 'PT1H' });
  await at.control('POST', 'clock', { to: now });
  expect((await at.control('GET', 'faults')).body, 'a fault of tomorrow, today').toEqual([]);
  await at.control('POST', 'faults', { target: 'mail', mode: 'off' });
  expect((await at.control('GET', 'mail?to=late@example.com')).body).toHaveLength(1);
});

test('a mail server that is down takes no mail over a connection that stayed open either', async () => {
  const open = createTransport({
    host: '127.0.0.1',
    port: at.sandbox.mailPort,
    ignoreTLS: true,
    pool: true,
    maxConnections: 1,
  });
  const mail = { from: 'hello@linden.example', to: 'open@example.com', text: 'Hello' };
  await open.sendMail({ ...mail, subject: 'up' });
  await at.control('POST', 'faults', { target: 'mail', mode: 'down' });
  await expect(open.sendMail({ ...mail, subject: 'down' })).rejects.toThrow();
  await at.control('POST', 'faults', { target: 'mail', mode: 'off' });
  await open.sendMail({ ...mail, subject: 'up again' });
  open.close();
  const kept = (await at.control('GET', 'mail?to=open@example.com')).body as { subject: string }[];
  expect(kept.map(({ subject }) => subject).sort()).toEqual(['up', 'up again']);
});

test('tokens say who asks, and for how long', async () => {
  const claims = (token: string) =>
    JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString()) as Record<string, unknown>;
  const ask = async (query: string) => claims((await at.control('GET', `token?${query}`)).body.token);
  const admin = await ask('kind=admin');
  expect(admin).toMatchObject({
    iss: 'https://linden.myshopify.com/admin',
    dest: 'https://linden.myshopify.com',
    aud: 'test-key',
    sub: expect.stringMatching(/^\d+$/),
  });
  expect(Number(admin.exp) - Number(admin.iat)).toBe(60);
  const buyer = await ask('kind=checkout');
  expect(buyer).toMatchObject({ dest: 'linden.myshopify.com', aud: 'test-key', jti: expect.any(String) });
  expect(buyer).not.toHaveProperty('sub');
  expect(buyer).not.toHaveProperty('iss');
  const [order] = (await at.control('GET', 'orders')).body;
  expect(await ask(`kind=account&order=${encodeURIComponent(order.id)}`)).toMatchObject({
    sub: order.customer,
  });
});

test('another shop has its own people; every call may name it', async () => {
  const made = await at.control('POST', 'shops', {
    domain: 'two.myshopify.com',
    timezone: 'Asia/Tokyo',
    currency: 'JPY',
    locale: 'ja',
  });
  expect(made).toMatchObject({ status: 201, body: { domain: 'two.myshopify.com' } });
  const placed = await at.control('POST', 'orders?shop=two.myshopify.com', {
    customer: { email: 'ana@example.com' },
    lines: [{ handle: 'olive-oil' }],
  });
  expect(placed.body).toMatchObject({
    name: '#1001',
    currency: 'JPY',
    total: expect.stringMatching(/^\d+$/),
  });
  expect((await at.control('GET', 'customers?shop=two')).body).toHaveLength(1);
});

test('uninstall, install, redact', async () => {
  expect((await at.control('POST', 'uninstall?shop=two')).body).toEqual({
    installed: false,
    shop: 'two.myshopify.com',
  });
  expect((await at.control('POST', 'install?shop=two')).body).toEqual({
    installed: true,
    shop: 'two.myshopify.com',
  });
  const [customer] = (await at.control('GET', 'customers?shop=two')).body;
  expect((await at.control('POST', 'redact?shop=two', { customer: customer.id })).body).toEqual({
    sent: 'customers/redact',
  });
  expect(at.app.bodies('customers/redact')[0]).toMatchObject({
    shop_domain: 'two.myshopify.com',
    customer: { email: 'ana@example.com' },
  });
});

test('mails and texts are those of the shop that is asked for', async () => {
  const { shops, mails, texts } = at.sandbox.state;
  const mail = { to: 'a@x.example', from: '', subject: '', text: '', html: '', headers: {}, raw: '', at: '' };
  mails.push({ ...mail, id: '901', shop: shops[0]?.domain ?? null });
  mails.push({ ...mail, id: '902', shop: 'two.myshopify.com' }, { ...mail, id: '903', shop: null });
  texts.push({ id: 't2', to: '+1', body: '', at: '', shop: 'two.myshopify.com' });
  const ids = async (call: string) => {
    const { body } = await at.control('GET', call);
    return (body as { id: string }[]).map(({ id }) => id);
  };
  expect(await ids('mail?to=a@x.example')).toEqual(['901', '903']);
  expect(await ids('mail?to=a@x.example&shop=two.myshopify.com')).toEqual(['902', '903']);
  expect(await ids('texts')).not.toContain('t2');
  expect(await ids('texts?shop=two')).toContain('t2');
  for (const call of ['mail?shop=nobody', 'texts?shop=nobody'])
    expect(await at.control('GET', call)).toMatchObject({
      status: 400,
      body: { error: expect.stringContaining('nobody') },
    });
});

test('a reset leaves an empty shop and the clock at now', async () => {
  await at.control('POST', 'reset');
  expect((await at.control('GET', 'orders')).body).toEqual([]);
  expect((await at.control('GET', 'mail')).body).toEqual([]);
  expect((await at.control('GET', 'products')).body).toHaveLength(12);
  expect(Math.abs(Date.parse((await at.control('GET', 'clock')).body.now) - Date.now())).toBeLessThan(3000);
});
