/** The whole promise of the app through the contract: an order becomes a relationship. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startStack, tillMorning, type Mail, type Stack } from '../stack.ts';

interface Placed {
  id: string;
  name: string;
  thankYouUrl: string;
  orderStatusUrl: string;
  total: string;
  checkoutToken: string;
}
interface Discount {
  code: string;
  title: string;
  used: number;
  active: boolean;
}
interface Block {
  state: string;
  survey: { id: string; version: number };
  questions: { key: string; options: { value: number; label: string }[] }[];
  referral: { code: string } | null;
  referralPending: boolean;
}

let stack: Stack;
beforeAll(async () => {
  stack = await startStack();
  await tillMorning(stack);
}, 240_000);
afterAll(() => stack?.stop());

const mailsTo = (to: string) => stack.get<Mail[]>(`/control/mail?to=${encodeURIComponent(to)}`);

/** Switches all sequences on, as a merchant does on the list page. */
async function switchOn() {
  const { token } = await stack.get<{ token: string }>('/control/token?kind=admin');
  const headers = { authorization: `Bearer ${token}`, 'user-agent': 'Mozilla/5.0 (X11) Chrome/140' };
  const page = await fetch(`${stack.appUrl}/app/sequences.data?_routes=routes%2Fapp.sequences._index`, {
    headers,
  });
  const ids = new Set(
    (await page.text()).match(/[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}/g),
  );
  for (const id of ids) {
    const body = new URLSearchParams({ id, on: 'true' });
    await fetch(`${stack.appUrl}/app/sequences.data?index`, { method: 'POST', headers, body });
  }
  return ids.size;
}

/** Answers the question on the thank-you page as its block does. */
async function answer(order: Placed, score: number) {
  const numeric = order.id.split('/').at(-1);
  const { token } = await stack.get<{ token: string }>(`/control/token?kind=checkout&order=${numeric}`);
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
  const query = `page=thank-you&order=${encodeURIComponent(order.id)}&checkout=${order.checkoutToken}&locale=en&country=DE`;
  const ask = (await (await fetch(`${stack.appUrl}/api/block?${query}`, { headers })).json()) as Block;
  expect(ask.state).toBe('ask');
  const body = JSON.stringify({
    page: 'thank-you',
    order: order.id,
    checkoutToken: order.checkoutToken,
    locale: 'en',
    country: 'DE',
    survey: ask.survey,
    operationId: crypto.randomUUID(),
    answers: [{ question: ask.questions[0]!.key, value: score }],
  });
  const answered = await fetch(`${stack.appUrl}/api/block`, { method: 'POST', headers, body });
  expect(answered.status).toBe(200);
  return (await answered.json()) as Block;
}

describe('an order becomes a relationship', () => {
  let code = '';
  const ana = {
    email: 'ana@example.com',
    firstName: 'Ana',
    lastName: 'Lima',
    locale: 'en',
    acceptsMarketing: true,
    address: { country: 'DE', city: 'Berlin', zip: '10115', line1: 'Weg 1' },
  };
  const ben = {
    email: 'ben@example.net',
    firstName: 'Ben',
    lastName: 'Okoro',
    locale: 'de',
    acceptsMarketing: true,
    address: { country: 'DE', city: 'Köln', zip: '50667', line1: 'Platz 2' },
  };

  test('a new shop has its six sequences', async () => {
    await stack.post('/control/settle');
    expect(await switchOn()).toBe(6);
  });

  test('an answer on the thank-you page earns a code', async () => {
    const customer = await stack.post<{ id: string }>('/control/customers', ana);
    const [product] = await stack.get<{ handle: string }[]>('/control/products');
    const order = await stack.post<Placed>('/control/orders', {
      customer: { id: customer.id },
      lines: [{ handle: product!.handle, quantity: 1 }],
    });
    await stack.post('/control/settle');
    const block = await answer(order, 5);
    expect(block.state).toBe('thanks');
    await stack.post('/control/settle');
    code = block.referral?.code ?? '';
    expect(code).toMatch(/^[A-Z0-9-]{8,}$/);
    const discounts = await stack.get<Discount[]>('/control/discounts');
    expect(discounts.some((discount) => discount.code === code && discount.active)).toBe(true);

    await stack.post('/control/clock', { advance: 'PT2H' });
    expect((await mailsTo(ana.email)).length).toBeGreaterThanOrEqual(1);
    await stack.post(`/control/orders/${order.id.split('/').at(-1)}/fulfil`);
    await stack.post(`/control/orders/${order.id.split('/').at(-1)}/deliver`);
    await stack.post('/control/clock', { advance: 'P10D' });
    const subjects = (await mailsTo(ana.email)).map((mail) => mail.subject);
    expect(subjects.length).toBeGreaterThanOrEqual(2);
  });

  test("a friend's order is rewarded after the return window, once", async () => {
    const friend = await stack.post<{ id: string }>('/control/customers', ben);
    const [product] = await stack.get<{ handle: string }[]>('/control/products');
    const order = await stack.post<Placed>('/control/orders', {
      customer: { id: friend.id },
      lines: [{ handle: product!.handle, quantity: 2 }],
      discountCodes: [code],
    });
    await stack.post(`/control/orders/${order.id.split('/').at(-1)}/fulfil`);
    await stack.post(`/control/orders/${order.id.split('/').at(-1)}/deliver`);
    await stack.post('/control/settle');
    const before = (await stack.get<Discount[]>('/control/discounts')).length;
    await stack.post('/control/clock', { advance: 'P16D' });
    const discounts = await stack.get<Discount[]>('/control/discounts');
    expect(discounts.length).toBe(before + 1);
    const reward = discounts.find(
      (discount) => (mailed: Mail[]) => mailed.some((mail) => mail.text.includes(discount.code)),
    );
    expect(reward).toBeDefined();
    const mails = await mailsTo(ana.email);
    const told = discounts.filter(
      (discount) => discount.code !== code && mails.some((mail) => mail.text.includes(discount.code)),
    );
    expect(told).toHaveLength(1);
  });
});
