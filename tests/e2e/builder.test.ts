/** A merchant draws a sequence with a fork, publishes it, and two customers go through it, each their own way. */
import type { Frame, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openBrowser, seriousViolations, type TestBrowser } from '../browser.ts';
import { startStack, type Mail, type Stack } from '../stack.ts';

let stack: Stack;
let browser: TestBrowser;
beforeAll(async () => {
  stack = await startStack();
  browser = await openBrowser();
}, 300_000);
afterAll(async () => {
  await browser?.close();
  await stack?.stop();
});

async function appFrame(page: Page): Promise<Frame> {
  for (let waited = 0; waited < 30_000; waited += 100) {
    const frame = page
      .frames()
      .find((one) => new URL(one.url() || 'about:blank').pathname.startsWith('/app'));
    if (
      frame &&
      (await frame
        .locator('h1')
        .count()
        .catch(() => 0)) > 0
    )
      return frame;
    await page.waitForTimeout(100);
  }
  throw new Error('The app did not appear in its frame');
}

/** From scratch: at once, whoever has ordered before gets one mail, everybody else another. */
async function draw(frame: Frame, page: Page) {
  const button = (name: string | RegExp) => frame.getByRole('button', { name });
  await button('From scratch').click();
  await frame.getByRole('heading', { name: 'New sequence' }).waitFor();
  const node = (key: string) => frame.locator(`[data-id="step:${key}"] button`);
  await node('wait').click();
  await frame.getByLabel('How long').fill('0');
  await frame.getByLabel('Not at night on their clock').uncheck();
  await button('Add a step after: Go on at once').click();
  await button(/^Look who it is/).click();
  await frame.getByLabel('What is looked at').selectOption('customer.orders');
  await frame.getByLabel('Compared with').fill('2');
  await button('Add a step after: Look who it is, Orders so far is at least 2').click();
  await button(/^Send a mail/).click();
  await frame.getByLabel('Mail', { exact: true }).selectOption('win-back');
  await frame.getByLabel('What it is').selectOption('ask');
  // Taken back and done again by keyboard, from the picture.
  await node('message').focus();
  await page.keyboard.press('Delete');
  await expect.poll(() => node('message').count()).toBe(0);
  await page.keyboard.press('Control+z');
  await expect.poll(() => node('message').count()).toBe(1);
  await button('Add a step after: Look who it is, Everybody else').click();
  await button(/^Send a mail/).click();
  await frame.getByLabel('Mail', { exact: true }).selectOption('getting-started');
  await frame.getByLabel('What it is').selectOption('service');
}

async function publishAndSwitchOn(frame: Frame) {
  const publish = frame.getByRole('button', { name: 'Publish' });
  await publish.first().click();
  await frame.getByRole('dialog').getByRole('button', { name: 'Publish' }).click();
  await frame.getByText('Version 1', { exact: true }).waitFor();
  await frame.getByRole('button', { name: 'Switch on' }).click();
  await frame.getByText('On', { exact: true }).waitFor();
}

async function order(email: string) {
  const [product] = await stack.get<{ handle: string }[]>('/control/products');
  const address = { country: 'DE', city: 'Berlin', zip: '10115', line1: 'Weg 1' };
  const name = { firstName: 'Ana', lastName: 'Lima', locale: 'en' };
  const { id } = await stack.post<{ id: string }>('/control/customers', {
    ...name,
    email,
    acceptsMarketing: true,
    address,
  });
  const lines = [{ handle: product!.handle, quantity: 1 }];
  const again = () => stack.post('/control/orders', { customer: { id }, lines });
  await again();
  return again;
}

const subjectsTo = async (email: string) =>
  (await stack.get<Mail[]>(`/control/mail?to=${encodeURIComponent(email)}`)).map(({ subject }) => subject);

test('a drawn fork sends each customer their own way', async () => {
  await stack.post('/control/settle');
  const regular = await order('regular@example.com');
  await stack.post('/control/settle');
  const { page, problems, close } = await browser.open({ viewport: { width: 1280, height: 1000 } });
  await page.goto(`${stack.url}/admin/apps/everafter/app/sequences/new`, { waitUntil: 'load' });
  const frame = await appFrame(page);
  await draw(frame, page);
  expect(await seriousViolations(frame, 'body', false)).toEqual([]);
  await publishAndSwitchOn(frame);
  expect(problems).toEqual([]);
  await close();

  const before = (await subjectsTo('regular@example.com')).length;
  await regular();
  await order('new@example.com');
  await stack.post('/control/clock', { advance: 'PT30M' });
  const toRegular = (await subjectsTo('regular@example.com')).slice(before);
  const toNew = await subjectsTo('new@example.com');
  await stack.post('/control/clock', { advance: 'PT12H' });
  const asked = (await subjectsTo('regular@example.com')).filter(
    (subject) => subject === 'It has been a while',
  );
  expect(asked).toHaveLength(1);
  expect(toRegular.some((subject) => subject.startsWith('A good start'))).toBe(false);
  expect(toNew.filter((subject) => subject.startsWith('A good start'))).toHaveLength(1);
}, 240_000);
