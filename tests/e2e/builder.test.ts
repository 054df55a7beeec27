/**
 * A merchant draws a sequence with a fork, publishes it, and two customers go through it, each their own way. Another one is
 * changed twice while customers are inside, who stay or move, and 30 days show what each of them got. Then two of them write
 * back and are answered from the inbox, and in the end the same shop is filled with what means harm.
 */
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import type { Frame, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openBrowser, seriousViolations, type TestBrowser } from '../browser.ts';
import { hostileImages } from '../hostile-images.ts';
import { hostileTexts } from '../payloads.ts';
import { appFrame } from '../app-frame.ts';
import { walkInbox } from './inbox-walk.ts';
import { startStack, tillMorning, type Mail, type Stack } from '../stack.ts';
import { seedEverything } from './hostile-seed.ts';
import { lookFor, plant, sendImages, watch } from './hostile-sweep.ts';

/** Known, so that links can be made as the app makes them. */
const KEY = Buffer.alloc(32, 5);

let stack: Stack;
let browser: TestBrowser;
beforeAll(async () => {
  stack = await startStack({ ENCRYPTION_KEY: KEY.toString('base64') });
  await tillMorning(stack);
  browser = await openBrowser();
}, 300_000);
afterAll(async () => {
  await browser?.close();
  await stack?.stop();
});

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
  await moveByKeyboard(frame, page);
  await pictureRests(frame);
  await button('Add a step after: Look who it is, Everybody else').click();
  await button(/^Send a mail/).click();
  await frame.getByLabel('Mail', { exact: true }).selectOption('getting-started');
  await frame.getByLabel('What it is').selectOption('service');
}

/** What is selected comes into sight in a short move, during which a press may miss. */
async function pictureRests(frame: Frame) {
  const place = () => frame.locator('.react-flow__viewport').getAttribute('style');
  const isStill = async () => (await place()) === (await pause(250).then(place));
  await expect.poll(isStill).toBe(true);
}

/** The fork goes before the wait with what stands on its ways, and back again. */
async function moveByKeyboard(frame: Frame, page: Page) {
  const node = (key: string) => frame.locator(`[data-id="step:${key}"] button`);
  const isBefore = async (one: string, other: string) =>
    (await node(one).boundingBox())!.y < (await node(other).boundingBox())!.y;
  expect(await isBefore('wait', 'condition')).toBe(true);
  await node('condition').focus();
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('m');
  await frame.getByText('Press the plus where the step is to go').waitFor();
  // Not into its own ways.
  expect(await frame.getByRole('button', { name: /^Put it after: Look who it is/ }).count()).toBe(0);
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('Enter');
  await expect.poll(() => isBefore('condition', 'wait')).toBe(true);
  expect(await isBefore('message', 'wait')).toBe(true);
  await page.keyboard.press('Control+z');
  await expect.poll(() => isBefore('wait', 'condition')).toBe(true);
}

async function publishAndSwitchOn(frame: Frame) {
  const publish = frame.getByRole('button', { name: 'Publish' });
  await publish.first().click();
  await frame.getByRole('dialog').getByRole('button', { name: 'Publish' }).click();
  await frame.getByText('Version 1', { exact: true }).waitFor();
  await frame.getByRole('button', { name: 'Switch on' }).click();
  await frame.getByText('On', { exact: true }).waitFor();
}

/** Another time to wait, published for those inside to stay where they are or to follow. */
async function waitInstead(
  frame: Frame,
  { days, inside, version }: { days: number; inside: 'stay' | 'move'; version: number },
) {
  await frame.locator('[data-id="step:wait"] button').click();
  await frame.getByLabel('How long').fill(String(days));
  await frame.getByRole('button', { name: 'Publish' }).first().click();
  const dialog = frame.getByRole('dialog');
  if (inside === 'stay') await dialog.getByText('stay in the plan in which they began').click();
  await dialog.getByText('What it does to them').waitFor();
  await dialog.getByRole('button', { name: 'Publish' }).click();
  await frame.getByText(`Version ${version}`, { exact: true }).waitFor();
}

async function openBuilder(page: Page): Promise<Frame> {
  await page.goto(`${stack.url}/admin/apps/everafter/app/sequences/new`, { waitUntil: 'load' });
  const frame = await appFrame(page);
  await frame.getByRole('button', { name: 'From scratch' }).click();
  await frame.getByRole('heading', { name: 'New sequence' }).waitFor();
  return frame;
}

async function order(email: string) {
  const [product] = await stack.get<{ handle: string }[]>('/control/products');
  const address = { country: 'DE', city: 'Berlin', zip: '10115', line1: 'Weg 1' };
  // A name of their own, for whoever chooses one from a list that is still being narrowed.
  const name = { firstName: 'Ana', lastName: email.startsWith('regular') ? 'Lima' : 'Costa', locale: 'en' };
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

/** The field, the view that is shown, and what it says, as they are now. */
async function mailAsSeen(mail: Frame) {
  const button = mail.getByRole('button', { name: 'Plain text' });
  return {
    field: await mail.getByRole('textbox', { name: 'Address' }).last().inputValue(),
    isPlainText: await button.getAttribute('aria-pressed'),
    plain: await mail.locator('pre').allInnerTexts(),
    pictures: await mail.locator('iframe').count(),
    address: mail.url(),
  };
}

const clock = async () => (await stack.get<{ now: string }>('/control/clock')).now;

/** Days from a moment until the one ask of the sequence came. */
async function daysUntil(email: string, from: string) {
  const mails = await stack.get<Mail[]>(`/control/mail?to=${encodeURIComponent(email)}`);
  const mine = mails.filter(({ subject }) => subject === 'It has been a while');
  expect(mine).toHaveLength(1);
  return (Date.parse(mine[0]!.at) - Date.parse(from)) / 86_400_000;
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

  // The picture tells what came of it, and a customer's way is lit up with its dates.
  const again = await browser.open({ viewport: { width: 1280, height: 1000 } });
  await again.page.goto(`${stack.url}/admin/apps/everafter/app/sequences`, { waitUntil: 'load' });
  const seen = await appFrame(again.page);
  await seen.getByRole('link', { name: 'New sequence', exact: true }).last().click();
  const step = (key: string) => seen.locator(`[data-id="step:${key}"]`);
  await step('message').getByText('1 sent').waitFor();
  await step('message-2').getByText('1 sent').waitFor();
  await seen.getByText('Everybody else · 1').waitFor();
  await seen.getByRole('button', { name: 'What would happen to…' }).click();
  await seen.getByRole('combobox', { name: 'Customer', exact: true }).fill('regular@example.com');
  await seen.getByRole('option', { name: 'Ana Lima' }).first().click();
  await seen.getByText(/Ana Lima would get one mail from/).waitFor();
  expect(await step('message').innerText()).toMatch(/\d\d:\d\d/);
  expect(await seriousViolations(seen, 'body', false)).toEqual([]);

  // Its mail says what is wrong where it is wrong.
  await again.page.goto(`${stack.url}/admin/apps/everafter/app/mail/win-back`, { waitUntil: 'load' });
  const mail = await appFrame(again.page);
  await mail.getByLabel('Another block').selectOption('social');
  await mail.getByRole('button', { name: 'Add it' }).click();
  await mail.getByRole('textbox', { name: 'Address' }).last().fill('nowhere');
  await mail.getByText('“nowhere” is no address that a link can lead to.').nth(1).waitFor();
  await mail.getByRole('button', { name: 'Plain text' }).click();
  let typed = 0;
  const isShown = async () => {
    await mail.getByRole('textbox', { name: 'Address' }).last().fill(`https://pictures.example/${typed++}`);
    // Whoever types meanwhile begins the drawing anew: so it is waited for as long as a busy machine may need.
    const line = mail.getByText('Instagram: https://pictures.example/');
    const isThere = await line.waitFor({ timeout: 20_000 }).then(
      () => true,
      () => false,
    );
    // Seldom, on a busy machine: the next time it happens this tells what was to be seen.
    if (!isThere) console.warn('the last change is not in the plain text', await mailAsSeen(mail));
    return isThere;
  };
  await expect.poll(isShown, { timeout: 60_000 }).toBe(true);
  // Saved while somebody else has ordered: whose mail it is, and how it is looked at, stays.
  await order('comes-between@example.com');
  await stack.post('/control/settle');
  await again.page
    .getByRole('region', { name: 'Unsaved changes' })
    .getByRole('button', { name: 'Save' })
    .click();
  await again.page.getByText('Saved. The next mail goes out with this text').first().waitFor();
  await expect.poll(() => new URL(mail.url()).searchParams.get('customer')).not.toBeNull();
  await mail.getByText('Instagram: https://pictures.example/').waitFor({ timeout: 10_000 });
  expect(await seriousViolations(mail, 'body', false)).toEqual([]);
  expect(again.problems).toEqual([]);
  await again.close();
}, 240_000);

test('those inside stay in their plan or move to the new one, and each gets one mail at the right time', async () => {
  const { page, problems, close } = await browser.open({ viewport: { width: 1280, height: 1000 } });
  const frame = await openBuilder(page);
  const button = (name: string | RegExp) => frame.getByRole('button', { name });
  await frame.locator('[data-id="step:wait"] button').click();
  await frame.getByLabel('How long').fill('5');
  await frame.getByLabel('Not at night on their clock').uncheck();
  await button(/^Add a step after: Wait until 5 days/).click();
  await button(/^Send a mail/).click();
  await frame.getByLabel('Mail', { exact: true }).selectOption('win-back');
  await frame.getByLabel('What it is').selectOption('ask');
  await publishAndSwitchOn(frame);

  const began = await clock();
  await order('stays@example.com');
  await stack.post('/control/settle');
  const path = new URL(frame.url()).pathname;
  const comeBack = async () => {
    await page.goto(`${stack.url}/admin/apps/everafter${path}`, { waitUntil: 'load' });
    return appFrame(page);
  };
  await waitInstead(await comeBack(), { days: 10, inside: 'stay', version: 2 });
  await stack.post('/control/clock', { advance: 'P6D' });

  const second = await clock();
  await order('moves@example.com');
  await stack.post('/control/settle');
  await waitInstead(await comeBack(), { days: 15, inside: 'move', version: 3 });
  await order('comes-later@example.com');
  expect(problems).toEqual([]);
  await close();

  await stack.post('/control/clock', { advance: 'P24D' });
  expect(await daysUntil('stays@example.com', began)).toBeCloseTo(5, 0);
  expect(await daysUntil('moves@example.com', second)).toBeCloseTo(15, 0);
  expect(await daysUntil('comes-later@example.com', second)).toBeCloseTo(15, 0);
}, 240_000);

test('what customers write back is found, noted, given to somebody, answered and settled', async () => {
  await walkInbox({ stack, browser, appFrame });
}, 240_000);

test('texts and pictures that mean harm, in every field and on every page, are texts and pictures', async () => {
  const payloads = hostileTexts();
  const images = await hostileImages();
  expect([payloads.length >= 400, images.length >= 60]).toEqual([true, true]);
  const planted = await seedEverything(stack, KEY);
  const { taken, leaked } = await sendImages(stack, planted, images);
  expect(leaked).toEqual([]);
  expect(taken).toBeGreaterThan(10);
  expect(await plant(stack.databaseUrl, payloads)).toBeGreaterThan(500);
  const { page, context, close } = await browser.open();
  const seen = await watch(context);

  for (const url of planted.hosted) {
    const answer = await page.goto(url, { waitUntil: 'load' });
    expect(`${answer?.status()} ${url}`).toBe(`200 ${url}`);
    if (url.includes('/products/')) {
      await page.locator('#everafter-questions').scrollIntoViewIfNeeded();
      await page.locator('[data-everafter=stories]').scrollIntoViewIfNeeded();
      await page.locator('[data-everafter=stories] li h3').first().waitFor();
      // The theme has not been told of stars here: what there is is shown all the same, and nothing denies it.
      await page.locator('#everafter-reviews li').first().waitFor();
      expect(await page.locator('[data-everafter-none]').count()).toBe(0);
    }
    await page.waitForTimeout(url.includes('/products/') ? 1500 : 50);
    await lookFor(page, seen);
  }
  const enter = { customer: planted.shopper, back: '' };
  await page.request.post(`${stack.url}/store/linden/account/enter`, { form: enter });
  for (const url of planted.own) {
    const answer = await page.goto(url, { waitUntil: 'load' });
    expect(`${answer?.status()} ${url}`).toBe(`200 ${url}`);
    await page.waitForTimeout(1200);
    await lookFor(page, seen);
  }
  // Each page is drawn by the server once; in the browser the app goes from one to the next, as people do.
  await page.goto(`${stack.url}/admin/apps/everafter/app/reviews`, { waitUntil: 'load' });
  const frame = await appFrame(page);
  await lookFor(page, seen);
  const broken: string[] = [];
  for (const path of planted.admin) {
    await frame.evaluate((to) => {
      const { __remixRouter: router } = globalThis as unknown as {
        __remixRouter: { navigate(to: string): Promise<void> };
      };
      return router.navigate(to);
    }, path);
    await frame.locator('h1, h2').first().waitFor();
    await frame.waitForTimeout(60);
    if (await frame.getByText(/could not be shown|There is nothing here/).count()) broken.push(path);
    await lookFor(page, seen);
  }
  // The address of no page is among them.
  expect(broken).toEqual([expect.stringContaining('onerror')]);
  expect(seen).toEqual({ ran: [], became: [], stopped: [] });
  await close();

  // A page that prints what was typed: the same watch sees it run, become elements, and be stopped.
  const careless = http.createServer((_request, response) => {
    const policy = { 'content-security-policy': "script-src 'unsafe-inline'; img-src 'none'" };
    response.writeHead(200, { 'content-type': 'text/html', ...policy }).end(payloads.slice(0, 8).join('\n'));
  });
  await new Promise<void>((resolve) => careless.listen(0, '127.0.0.1', resolve));
  const twin = await browser.open();
  const caught = await watch(twin.context);
  await twin.page.goto(`http://127.0.0.1:${(careless.address() as AddressInfo).port}/`);
  await twin.page.waitForTimeout(200);
  await lookFor(twin.page, caught);
  await twin.close();
  careless.close();
  expect(Object.values(caught).map((found) => (found as string[]).length > 0)).toEqual([true, true, true]);
}, 180_000);
