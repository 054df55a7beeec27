/**
 * Two customers write back to mails of theirs, with what they attach; one of them is found, noted, given to somebody and
 * answered from the inbox, the other one by keys alone, after it has slept. Then the inbox in one's hand, and a text.
 */
import type { Frame, Page } from 'playwright-core';
import sharp from 'sharp';
import { expect } from 'vitest';
import { seriousViolations, type TestBrowser } from '../browser.ts';
import { aPdf } from '../papers.ts';
import type { Mail, Stack } from '../stack.ts';

interface Walked {
  stack: Stack;
  browser: TestBrowser;
  appFrame: (page: Page) => Promise<Frame>;
}

/** Somebody who answers, and a text to begin with. */
async function prepareInbox({ stack, appFrame }: Walked, page: Page) {
  await page.goto(`${stack.url}/admin/apps/everafter/app/conversations/settings`, { waitUntil: 'load' });
  const frame = await appFrame(page);
  await frame.getByRole('button', { name: 'Add somebody else' }).click();
  await frame.getByLabel('Name', { exact: true }).first().fill('Nora');
  await frame.getByLabel('Told at', { exact: true }).fill('nora@example.com');
  await frame.getByRole('button', { name: 'Add a step' }).click();
  expect(await frame.getByLabel('It is', { exact: true }).inputValue()).toBe('nora@example.com');
  await page.getByRole('region', { name: 'Unsaved changes' }).getByRole('button', { name: 'Save' }).click();
  await page.getByText('Saved').first().waitFor();
  await frame.getByLabel('Name', { exact: true }).last().fill('On its way');
  await frame.getByLabel('Text', { exact: true }).fill('A new one is on its way.');
  await frame.getByRole('button', { name: 'Add the text' }).click();
  await frame.getByText('On its way (en)').waitFor();
  expect(await seriousViolations(frame, 'body', false)).toEqual([]);
}

/** stays@ and moves@example.com have had mails. */
export async function walkInbox(walked: Walked): Promise<void> {
  const { stack, browser, appFrame } = walked;
  for (const [email, text] of [
    ['stays@example.com', 'The lid came broken.'],
    ['moves@example.com', 'When do you open on Saturdays?'],
  ] as const) {
    const [mail] = await stack.get<Mail[]>(`/control/mail?to=${encodeURIComponent(email)}`);
    const attachments = email === 'stays@example.com' ? await attached() : [];
    await stack.post(`/control/mail/${mail!.id}/reply`, { text, attachments });
  }
  await stack.post('/control/settle');
  const { page, close } = await browser.open({ viewport: { width: 1440, height: 1000 } });
  await prepareInbox(walked, page);
  await page.goto(`${stack.url}/admin/apps/everafter/app/conversations`, { waitUntil: 'load' });
  const frame = await appFrame(page);
  const rows = frame.locator('[data-thread]');
  await expect.poll(() => rows.count()).toBe(2);
  await frame.getByLabel('Search', { exact: true }).fill('broken');
  await expect.poll(() => rows.count()).toBe(1);
  await rows.first().getByRole('link').click();
  await lookAtAttached(frame);
  const answer = frame.getByLabel(/^Answer by mail/);
  await answer.fill('Ask the workshop first');
  await frame.getByRole('button', { name: 'Keep as a note' }).click();
  await frame.getByText(/^Note by/).waitFor();
  await frame.getByLabel('Whose it is').selectOption('nora@example.com');
  await frame.getByText(/^Given to nora@example.com/).waitFor();
  await frame.locator('#tag').selectOption({ label: 'Damaged' });
  await frame.getByLabel('Begin with').selectOption({ label: 'On its way (en)' });
  await expect.poll(() => answer.inputValue()).toBe('A new one is on its way.');
  expect(await seriousViolations(frame, 'body', false)).toEqual([]);
  await frame.getByRole('button', { name: 'Answer and solve' }).click();
  await frame.getByText('Solved', { exact: true }).last().waitFor();
  await frame.getByLabel('Search', { exact: true }).fill('');
  await expect.poll(() => rows.count()).toBe(1);
  await walkByKeys(walked, page);
  await close();
  await walkInHand(walked);
}

const attached = async () => [
  {
    filename: 'lid.png',
    type: 'image/png',
    base64: (
      await sharp({ create: { width: 900, height: 600, channels: 3, background: '#a33' } })
        .png()
        .toBuffer()
    ).toString('base64'),
  },
  { filename: 'Invoice 7.pdf', type: 'application/pdf', base64: aPdf().toString('base64') },
  {
    filename: 'tool.pdf',
    type: 'application/pdf',
    base64: Buffer.from('MZ\x90\0', 'latin1').toString('base64'),
  },
];

/** A picture opens large, a paper is saved, what was not kept is named. */
async function lookAtAttached(frame: Frame) {
  await frame.getByRole('button', { name: 'Open large: lid.png' }).click();
  const large = frame.getByRole('dialog').getByRole('img', { name: 'lid.png' });
  await expect.poll(() => large.evaluate((img: HTMLImageElement) => img.naturalWidth)).toBe(900);
  await frame.getByRole('dialog').getByRole('button', { name: 'Close' }).click();
  await frame.getByText('tool.pdf, 1 KB, not kept because programs are never kept').waitFor();
  const url = await frame.getByRole('link', { name: 'Invoice 7.pdf' }).getAttribute('href');
  expect(url).toMatch(/\/files\/[0-9a-f]{32}\/invoice-7\.pdf$/);
  const saved = await frame.page().request.get(url!);
  expect(saved.headers()).toMatchObject({
    'content-type': 'application/pdf',
    'content-disposition': 'attachment',
  });
}

/** Next and before, given, noted, asleep until a time and awake at it, solved. */
async function walkByKeys({ stack, appFrame }: Walked, page: Page) {
  const show = async () => {
    await page.goto(`${stack.url}/admin/apps/everafter/app/conversations?view=all`, { waitUntil: 'load' });
    const frame = await appFrame(page);
    await expect.poll(() => frame.locator('[data-thread]').count()).toBe(2);
    // Keys go to the frame that was touched last.
    await frame.getByRole('heading', { level: 1, name: 'Conversations' }).click();
    return frame;
  };
  const press = (keys: string) => page.keyboard.press(keys);
  let frame = await show();
  const title = (name: string) => frame.getByRole('heading', { level: 2, name });
  const names = await frame.locator('[data-thread] a').allInnerTexts();
  await press('j');
  await press('o');
  await title(names[1]!).waitFor();
  await press('k');
  await press('o');
  await title(names[0]!).waitFor();
  await press('u');
  await title(names[0]!).waitFor({ state: 'detached' });

  await press('?');
  await frame.getByRole('dialog').getByText('gives it to somebody').waitFor();
  await press('Escape');
  await expect.poll(() => frame.getByRole('dialog').count()).toBe(0);

  // The one which nobody has answered yet.
  const openAsked = async () => {
    const asked = frame.locator('[data-thread]', { hasText: 'on Saturdays' });
    const place = await asked.evaluate((item) => [...item.parentElement!.children].indexOf(item));
    for (let at = 0; at < place; at++) await press('j');
    await press('o');
    await frame.getByText('When do you open on Saturdays?', { exact: true }).last().waitFor();
    await frame.getByLabel(/^Answer by mail to moves@/).waitFor();
  };
  await openAsked();
  await press('a');
  await press('ArrowDown');
  await frame.getByText(/^Given to nora@example.com/).waitFor();
  await press('Escape');
  await press('n');
  await page.keyboard.type('Ask Nora about Saturdays');
  await press('Control+Shift+Enter');
  await frame.getByRole('heading', { level: 3, name: /^Note by/ }).waitFor();
  await press('Escape');
  await press('z');
  await page.keyboard.press('End');
  const { now } = await stack.get<{ now: string }>('/control/clock');
  const until = new Date(Date.parse(now) + 26 * 3_600_000);
  const onShopClock = new Intl.DateTimeFormat('sv', {
    dateStyle: 'short',
    timeStyle: 'short',
    timeZone: 'Europe/Dublin',
  });
  await frame.getByLabel('Until, on the shop’s clock').fill(onShopClock.format(until).replace(' ', 'T'));
  await frame.getByRole('button', { name: 'Let it sleep' }).focus();
  await press('Enter');
  await frame.getByText(/^Asleep until/).waitFor();
  await stack.post('/control/clock', { to: new Date(until.getTime() + 60_000).toISOString() });

  frame = await show();
  await openAsked();
  await frame.getByText(/^Awake again/).waitFor();
  await press('e');
  await frame.getByText('Solved', { exact: true }).last().waitFor();
}

/** 375 pixels: the list, a thread, and back; a text is answered by a text. */
async function walkInHand({ stack, browser, appFrame }: Walked) {
  const phone = '+34600111222';
  await stack.post('/control/customers', { email: 'texts@example.com', firstName: 'Tere', phone });
  const [product] = await stack.get<{ handle: string }[]>('/control/products');
  const lines = [{ handle: product!.handle, quantity: 1 }];
  await stack.post('/control/orders', { customer: { email: 'texts@example.com' }, lines });
  await stack.post('/control/settle');
  await fetch(`${stack.url}/texts`, {
    method: 'POST',
    body: JSON.stringify({ id: 'text-1', to: phone, body: 'Your parcel is on its way.' }),
  });
  await stack.post('/control/texts/text-1/reply', { text: 'Can it come on Saturday?' });
  await stack.post('/control/settle');
  const { page, close } = await browser.open({ viewport: { width: 375, height: 800 } });
  await page.goto(`${stack.url}/admin/apps/everafter/app/conversations`, { waitUntil: 'load' });
  const frame = await appFrame(page);
  const list = frame.getByRole('list', { name: 'Conversations' });
  const fits = async () => {
    expect(await frame.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(375);
    expect(await seriousViolations(frame, 'body', false)).toEqual([]);
  };
  await list.getByText('Can it come on Saturday?').waitFor();
  await fits();
  await list.getByRole('link', { name: 'Tere' }).click();
  const answer = frame.getByLabel(`Answer by text message to ${phone}`);
  await answer.waitFor();
  expect(await list.isVisible()).toBe(false);
  await fits();
  await answer.fill('It does.');
  await frame.getByRole('button', { name: 'Answer', exact: true }).click();
  const texts = () => stack.get<{ body: string }[]>(`/control/texts?to=${encodeURIComponent(phone)}`);
  await expect.poll(async () => (await texts()).at(-1)!.body, { timeout: 15_000 }).toBe('It does.');
  await frame.getByRole('link', { name: 'All conversations' }).click();
  await frame.getByText(/^Everybody has an answer/).waitFor();
  expect(await answer.count()).toBe(0);
  await close();
}
