/**
 * A merchant fills the purse, switches an occasion on and gives points; a customer's second order brings a note to the
 * packing queue, and in the end she turns her points into something on the page of her order.
 */
import type { Frame, Page } from 'playwright-core';
import { expect } from 'vitest';
import { seriousViolations, type TestBrowser } from '../browser.ts';
import type { Stack } from '../stack.ts';
import { appFrame } from '../app-frame.ts';

interface Walked {
  stack: Stack;
  browser: TestBrowser;
}

const PHONE = { width: 375, height: 900 };
const DESK = { width: 1440, height: 1000 };

/** Whole on a desk and on a phone, and without a serious barrier. */
async function look(page: Page, frame: Frame): Promise<void> {
  for (const size of [PHONE, DESK]) {
    await page.setViewportSize(size);
    const isWide = () =>
      frame.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    await expect.poll(isWide).toBe(0);
    expect(await seriousViolations(frame, 'body', false)).toEqual([]);
  }
}

async function save(page: Page): Promise<void> {
  await page.getByRole('region', { name: 'Unsaved changes' }).getByRole('button', { name: 'Save' }).click();
  await page
    .getByText(/^Saved/)
    .first()
    .waitFor();
}

/** A note for whoever orders the second time; nobody is left out to compare. */
async function setGestures(page: Page, frame: Frame): Promise<void> {
  await frame.getByLabel('Each month').fill('100');
  await frame.getByLabel('A round number of orders').check();
  await frame.getByLabel('Which one (10: the tenth)').fill('2');
  await frame.getByLabel('They get').first().selectOption('note');
  await frame.getByLabel('What a note costs you').first().fill('3');
  await frame.getByLabel('Left out, of 100 customers').fill('0');
  await save(page);
  await frame.getByText('left this month').waitFor();
  await look(page, frame);
}

async function setPoints(page: Page, frame: Frame): Promise<void> {
  await frame.getByLabel('Customers collect points').check();
  await frame.getByLabel('For each whole unit spent').fill('100');
  await frame.getByLabel('So many points', { exact: true }).fill('500');
  await frame.getByLabel('are worth').fill('5');
  await save(page);
  await frame.getByText('Whoever spends 5 EUR has earned €5').waitFor();
  await look(page, frame);
  const allow = frame.getByRole('button', { name: 'Allow it at Shopify' });
  await allow.click();
  await page.getByRole('button', { name: 'Update' }).click();
  await allow.waitFor({ state: 'detached' });
}

/** Her story in the queue and on a card; the planner is there for others. */
async function seeNote(page: Page, to: (path: string) => Promise<Frame>): Promise<void> {
  const queue = await to('/app/gestures/tasks');
  await queue.getByText('Greta').first().waitFor();
  await look(page, queue);
  const cards = await to('/app/gestures/cards');
  expect(await cards.locator('.cards > *').count()).toBe(1);
  await cards.getByText('Greta').first().waitFor();
  await look(page, cards);
  const planner = await to('/app/gestures/surprise');
  await planner.getByRole('heading', { name: 'Over the top' }).waitFor();
  // She has just been given something: nobody is, twice within the months.
  expect(await planner.getByText('Greta').count()).toBe(0);
  await look(page, planner);
  const purse = await to('/app/gestures');
  await purse.getByText('€97.00').waitFor();
}

export async function walkGifts({ stack, browser }: Walked): Promise<void> {
  const { page, close, problems } = await browser.open({ viewport: DESK });
  const to = async (path: string) => {
    await page.goto(`${stack.url}/admin/apps/everafter${path}`, { waitUntil: 'load' });
    return appFrame(page);
  };
  await setGestures(page, await to('/app/gestures'));
  await setPoints(page, await to('/app/loyalty'));

  const customer = { email: 'greta@example.com', firstName: 'Greta', lastName: 'Blum', locale: 'de' };
  const address = { country: 'DE', city: 'Bonn', zip: '53111', line1: 'Gasse 3' };
  const { id } = await stack.post<{ id: string }>('/control/customers', { ...customer, address });
  const [product] = await stack.get<{ handle: string }[]>('/control/products');
  const buy = () =>
    stack.post<{ id: string; orderStatusUrl: string }>('/control/orders', {
      customer: { id },
      lines: [{ handle: product!.handle, quantity: 1 }],
    });
  await buy();
  const order = await buy();
  await stack.post('/control/settle');
  await seeNote(page, to);

  await stack.post('/control/clock', { advance: 'P15D' });
  const people = await to('/app/customers?q=greta');
  await people.getByRole('link', { name: /Greta/ }).first().click();
  await people.getByText(/^You have [\d,]+ points/).waitFor();
  await close();
  expect(problems).toEqual([]);

  const shopper = await browser.open({ viewport: PHONE });
  await shopper.page.goto(order.orderStatusUrl);
  const press = shopper.page.locator('extension-block s-button').filter({ hasText: '500 Punkte' });
  await press.waitFor();
  expect(await seriousViolations(shopper.page, 'extension-block')).toEqual([]);
  const before = await shopper.page.getByText(/^Sie haben [\d.]+ Punkte/).textContent();
  await press.click();
  await expect.poll(() => shopper.page.getByText(/^Sie haben [\d.]+ Punkte/).textContent()).not.toBe(before);
  await stack.post('/control/settle');
  const credits = await stack.get<{ amount?: string }[]>('/control/credits');
  expect(JSON.stringify(credits)).toContain('5.00');
  await shopper.close();
}
