/** Two customers write back to mails of theirs; one of them is found, noted, given to somebody and answered from the inbox. */
import type { Frame, Page } from 'playwright-core';
import { expect } from 'vitest';
import { seriousViolations, type TestBrowser } from '../browser.ts';
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
    await stack.post(`/control/mail/${mail!.id}/reply`, { text });
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
  await close();
}
