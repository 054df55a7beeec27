/** Every control call answers wrong input with status 400 and what is wrong where. */

import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type SandboxUnderTest, startSandbox } from '../sandbox.ts';

let at: SandboxUnderTest;
beforeAll(async () => {
  at = await startSandbox();
  const customer = { email: 'ana@example.com' };
  await at.control('POST', 'orders', { customer, lines: [{ handle: 'chefs-knife' }] });
  await at.control('POST', 'faults', { target: 'texts', mode: 'off' });
  at.sandbox.state.mails.push({
    id: '1',
    to: '',
    from: '',
    subject: '',
    text: '',
    html: '',
    headers: {},
    raw: '',
    at: '',
  });
});
afterAll(() => at.close());

describe('wrong input', () => {
  test.each<['GET' | 'POST', string, unknown, RegExp]>([
    ['POST', 'clock', {}, /either advance or to/],
    ['POST', 'clock', { advance: '2 days' }, /advance: "2 days" is no ISO 8601 duration/],
    ['POST', 'clock', { advance: '-P1D' }, /time moves forwards/],
    ['POST', 'clock', { to: 'soon' }, /to: "soon" is no ISO 8601 moment/],
    ['POST', 'clock', { to: '2027-02-30T00:00:00Z' }, /is no ISO 8601 moment/],
    ['POST', 'clock', { to: '2027-02-30' }, /is no ISO 8601 moment/],
    ['POST', 'clock', { to: '2027-02' }, /is no ISO 8601 moment/],
    ['POST', 'clock', { to: '9999-01-01T00:00:00Z' }, /within a century/],
    ['POST', 'clock', '{', /the body is no JSON/],
    ['POST', 'settle', { now: true }, /"now" is not known here/],
    ['POST', 'customers', {}, /an email or a phone is needed/],
    ['POST', 'customers', { email: 'nobody' }, /email: an e-mail address/],
    ['POST', 'customers', { email: 'a@b.c', adress: {} }, /"adress" is not known here/],
    [
      'POST',
      'customers',
      { email: 'a@b.c', address: { country: 'Germany' } },
      /address.country: a country of two capital letters/,
    ],
    ['POST', 'customers', { email: 'a@b.c', address: { country: 'UK' } }, /address.country/],
    ['POST', 'customers', { email: 'a@b.c', address: { country: 'ZZ' } }, /address.country/],
    ['POST', 'customers', { email: 'ana@example.com' }, /already has a customer/],
    ['GET', 'customers/gid://shopify/Order/7210000032769', undefined, /has no customer gid/],
    ['GET', 'customers/1', undefined, /has no customer 1/],
    ['GET', 'products?shop=nobody', undefined, /shop: there is no nobody/],
    ['POST', 'orders', { lines: [] }, /lines: at least one line/],
    [
      'POST',
      'orders',
      { lines: [{ handle: 'sofa' }] },
      /lines\[0\].handle: linden.myshopify.com has no product sofa/,
    ],
    ['POST', 'orders', { lines: [{ handle: 'olive-oil', quantity: 0 }] }, /lines\[0\].quantity/],
    [
      'POST',
      'orders',
      { lines: [{ handle: 'olive-oil' }], discountCodes: ['X'] },
      /discountCodes\[0\]: X cannot be used/,
    ],
    ['POST', 'orders', { lines: [{ handle: 'olive-oil' }], source: 'fax' }, /source/],
    [
      'POST',
      'orders',
      { lines: [{ handle: 'olive-oil' }], customer: { id: '7' } },
      /customer.id: linden.myshopify.com has no customer 7/,
    ],
    ['POST', 'orders', { lines: [{}], customer: { firstName: 'Ana' } }, /customer: an id, an email/],
    ['POST', 'orders', { lines: [{}], customer: { id: '7', email: 'a@b.c' } }, /customer: .* not both/],
    ['POST', 'orders', { lines: [{}], customer: 'ana@example.com' }, /customer: .*object/],
    ['POST', 'orders/9/fulfil', {}, /has no order 9/],
    ['POST', 'orders/1001/fulfil', { line: [] }, /"line" is not known here/],
    ['POST', 'orders/1001/deliver', { status: 'lost' }, /status/],
    ['POST', 'orders/1001/cancel', { reason: 'why not' }, /reason/],
    ['POST', 'orders/1001/refund', { amount: 10 }, /amount/],
    ['POST', 'orders/1001/refund', { amount: 'ten' }, /amount: a decimal amount/],
    ['POST', 'orders/1001/edit', {}, /lines/],
    ['POST', 'webhooks', { topic: 'orders/create' }, /body/],
    ['POST', 'webhooks', { body: {}, headers: { 'a b': 'c' } }, /headers: "a b" is no name/],
    ['GET', 'mail/nothing/raw', undefined, /there is no mail nothing/],
    ['POST', 'mail/1/reply', {}, /text/],
    ['POST', 'mail/1/reply', { text: 'x', from: 'nobody' }, /from/],
    [
      'POST',
      'mail/1/reply',
      { text: 'x', headers: { 'a b': 'c' } },
      /headers: is no name of a header|headers/,
    ],
    ['POST', 'faults', { target: 'moon', mode: 'down' }, /target/],
    ['POST', 'faults', { target: 'mail', mode: 'reorder' }, /mail knows down, slow/],
    ['POST', 'faults', { target: 'mail', mode: 'down', rate: 2 }, /rate/],
    ['POST', 'faults', { target: 'database', mode: 'down' }, /target: .* without this sandbox/],
    ['POST', 'faults', { target: 'mail', mode: 'down', for: 'a while' }, /for: "a while"/],
    ['POST', 'shops', { domain: 'example.com' }, /domain: a domain such as name.myshopify.com/],
    ['POST', 'shops', { domain: 'x.myshopify.com', timezone: 'Mars/Base' }, /timezone: an IANA time zone/],
    ['POST', 'shops', { domain: 'x.myshopify.com', timezone: '+02:00' }, /timezone: an IANA time zone/],
    ['POST', 'shops', { domain: 'x.myshopify.com', currency: 'ZZZ' }, /currency/],
    ['POST', 'shops', { domain: 'linden.myshopify.com' }, /exists already/],
    ['POST', 'uninstall?shop=nobody', {}, /there is no nobody/],
    ['POST', 'redact', { customer: '5' }, /has no customer 5/],
    ['GET', 'token', undefined, /kind: admin, checkout or account/],
    ['GET', 'token?kind=checkout&customer=5', undefined, /has no customer 5/],
    ['GET', 'token?kind=admin&ttl=x', undefined, /ttl/],
    ['GET', 'token?kind=admin&ttl=', undefined, /ttl/],
    ...(['clock', 'faults', 'mail/1/raw', 'health'] as const).map(
      (path): ['GET', string, undefined, RegExp] => [
        'GET',
        `${path}?shop=nobody`,
        undefined,
        /there is no nobody/,
      ],
    ),
    ...(['clock', 'settle', 'faults', 'reset', 'mail/1/reply'] as const).map(
      (path): ['POST', string, object, RegExp] => ['POST', `${path}?shop=nobody`, {}, /there is no nobody/],
    ),
    ['POST', 'reset', { all: true }, /"all" is not known here/],
  ])('%s %s %j', async (method, path, body, message) => {
    const answer = await at.control(method, path, body);
    expect(answer).toMatchObject({ status: 400, body: { error: expect.stringMatching(message) } });
  });

  test('a call that does not exist', async () => {
    expect(await at.control('GET', 'weather')).toMatchObject({
      status: 404,
      body: { error: expect.any(String) },
    });
    expect(await at.control('GET', 'settle')).toMatchObject({ status: 405 });
  });
});
