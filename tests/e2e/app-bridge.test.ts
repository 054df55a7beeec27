/** The admin of the sandbox and its App Bridge stand-in, with a small app in the frame. */
import type { Frame, FrameLocator, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createSandbox, type RunningSandbox } from '../../sandbox/sandbox.ts';
import { openBrowser, seriousViolations, type OpenPage, type TestBrowser } from '../browser.ts';
import { startEmbeddedApp, type EmbeddedApp } from './embedded-stand-in.ts';

let browser: TestBrowser;
let app: EmbeddedApp;
let sandbox: RunningSandbox;
let open: OpenPage;
let page: Page;
let inside: FrameLocator;

beforeAll(async () => {
  [browser, app] = await Promise.all([openBrowser(), startEmbeddedApp()]);
  sandbox = createSandbox({ appUrl: app.url });
  app.sandbox = await sandbox.listen();
  await sandbox.install(sandbox.shop());
});
afterAll(async () => {
  await browser.close();
  await sandbox.close();
  await app.close();
});
beforeEach(async () => {
  open = await browser.open();
  ({ page } = open);
  inside = page.frameLocator('#app-frame');
  await page.goto(`${sandbox.origin}/admin`);
  await inside.getByRole('heading', { name: '/app' }).waitFor();
});
afterEach(() => open.close());

/** Runs in the app's own frame; promises are waited for. */
async function bridge<Value>(call: (shopify: never) => Value | Promise<Value>): Promise<Value> {
  const source = `(${call.toString()})(window.shopify)`;
  return (await appFrame().evaluate(source)) as Value;
}

function appFrame(): Frame {
  return page.frames().find((frame) => frame.url().startsWith(app.url))!;
}

const said = () => inside.getByRole('list', { name: 'Said' }).getByRole('listitem').allTextContents();

describe('places', () => {
  test('the menu is in the navigation, and leads there by the app’s own router', async () => {
    const nav = page.getByRole('navigation', { name: 'Admin' });
    await nav.getByRole('link', { name: 'Settings', exact: true }).first().click();
    await inside.getByRole('heading', { name: '/app/settings' }).waitFor();
    await page.waitForURL('**/admin/apps/everafter/app/settings');
    expect(await page.locator('#app-nav [aria-current]').textContent()).toBe('Settings');
    await page.reload();
    await inside.getByRole('heading', { name: '/app/settings' }).waitFor();
    await page.goBack();
    await inside.getByRole('heading', { name: '/app', exact: true }).waitFor();
  });

  test('the admin’s address follows the app, without what Shopify added', async () => {
    await appFrame().evaluate(() =>
      history.pushState(null, '', '/app/customers?stage=friend&shop=x&id_token=y'),
    );
    await expect.poll(() => page.url()).toMatch(/\/admin\/apps\/everafter\/app\/customers\?stage=friend$/);
  });

  test('shopify: links lead out of the app', async () => {
    await inside.getByRole('link', { name: 'To the products' }).click();
    await expect.poll(() => page.getByRole('heading', { name: 'Products' }).count()).toBe(1);
  });
});

describe('tokens', () => {
  test('idToken is a session token of this shop, and fetch carries it', async () => {
    const token = await bridge<string>((shopify: { idToken(): Promise<string> }) => shopify.idToken());
    const claims = JSON.parse(Buffer.from(token.split('.')[1]!, 'base64url').toString()) as { dest: string };
    expect(claims.dest).toBe(`https://${sandbox.shop().domain}`);
    expect(await bridge(() => fetch('/data').then((answer) => answer.text()))).toBe('data');
    expect(app.bearers['/data']!.at(-1)).toMatch(/^Bearer ey/);
  });

  test('a token that the app refuses is renewed once', async () => {
    app.bearers['/data'] = [];
    app.refuseOnce();
    expect(await bridge(() => fetch('/data').then((answer) => answer.status))).toBe(200);
    expect(app.bearers['/data']).toHaveLength(2);
  });
});

describe('what the admin draws', () => {
  test('title and actions', async () => {
    await page.getByText('Title of /app').waitFor();
    await page.getByRole('button', { name: 'Create' }).click();
    await page.getByText('More').click();
    await page.getByRole('button', { name: 'Archive' }).click();
    await expect.poll(said).toEqual(['primary', 'archived']);
  });

  test('toasts, with their action', async () => {
    await bridge((shopify: { toast: { show(text: string, options: object): void } }) => {
      const onAction = () => (document.title = 'undone');
      shopify.toast.show('Saved', { action: 'Undo', onAction });
    });
    await page.locator('.toast', { hasText: 'Saved' }).getByRole('button', { name: 'Undo' }).click();
    await expect.poll(() => appFrame().title()).toBe('undone');
  });

  test('a changed form brings the save bar; Save submits, and the bar goes', async () => {
    await inside.getByLabel('Name').fill('second');
    await page.getByRole('region', { name: 'Unsaved changes' }).getByRole('button', { name: 'Save' }).click();
    await expect.poll(said).toEqual(['saved second']);
    await page.locator('#save-bar').waitFor({ state: 'hidden' });
  });

  test('Discard asks first, then the form is what it was', async () => {
    await inside.getByLabel('Name').fill('second');
    await page.getByRole('button', { name: 'Discard', exact: true }).click();
    await page.getByRole('button', { name: 'Discard changes' }).click();
    await expect.poll(() => inside.getByLabel('Name').inputValue()).toBe('first');
    await page.locator('#save-bar').waitFor({ state: 'hidden' });
  });

  test('leaving with unsaved changes is asked about', async () => {
    await bridge((shopify: { saveBar: { show(id: string): Promise<void> } }) => shopify.saveBar.show('bar'));
    await page.getByRole('link', { name: 'Customers' }).first().click();
    await page.getByRole('button', { name: 'Stay' }).click();
    expect(page.url()).toContain('/admin/apps/everafter');
    await page.getByRole('link', { name: 'Customers' }).first().click();
    await page.getByRole('button', { name: 'Leave page' }).click();
    await page.getByRole('heading', { name: 'Customers' }).waitFor();
  });

  test('a modal shows the app’s own content with its buttons', async () => {
    expect(await inside.getByText('Inside the modal').isVisible()).toBe(false);
    await bridge((shopify: { modal: { show(id: string): Promise<void> } }) => shopify.modal.show('modal'));
    const dialog = inside.getByRole('dialog', { name: 'A question' });
    expect(await inside.getByText('Inside the modal').isVisible()).toBe(true);
    await dialog.getByRole('button', { name: 'Agree' }).click();
    await dialog.waitFor({ state: 'hidden' });
    expect(await said()).toEqual(['agreed']);
  });

  test('the resource picker searches the shop’s products and gives what was chosen', async () => {
    const picked = bridge<{ title: string }[]>(
      (shopify: { resourcePicker(options: object): Promise<never> }) =>
        shopify.resourcePicker({ type: 'product', multiple: 2, action: 'select' }),
    );
    const dialog = page.getByRole('dialog', { name: 'Select products' });
    await dialog.getByRole('searchbox').fill('linen');
    await dialog.getByRole('checkbox', { name: /Apron/ }).check();
    await dialog.getByRole('checkbox', { name: /Towels/ }).check();
    await dialog.getByText('2/2 selected').waitFor();
    await dialog.getByRole('button', { name: 'Select' }).click();
    expect((await picked).map(({ title }) => title)).toEqual([
      'Linen Apron',
      'Linen Tea Towels, Set of Three',
    ]);
  });

  test('extensions are listed where they are placed', async () => {
    type Extensions = { handle: string; activations: { target: string }[] }[];
    const extensions = () =>
      bridge<Extensions>((shopify: { app: { extensions(): Promise<never> } }) => shopify.app.extensions());
    const target = 'purchase.thank-you.block.render';
    const placed = async () =>
      (await extensions()).some(({ activations }) => activations.some((each) => each.target === target));
    expect(await placed()).toBe(true);
    const settings = await open.context.newPage();
    await settings.goto(`${sandbox.origin}/admin/settings`);
    await settings
      .locator('form', { hasText: 'Thank-you page' })
      .getByRole('button', { name: 'Remove' })
      .click();
    await settings.getByText('not placed').waitFor();
    expect(await placed()).toBe(false);
    await settings.getByRole('button', { name: 'Add block' }).click();
  });
});

test('the admin’s frame is usable without a mouse and on a phone', async () => {
  expect(await seriousViolations(page)).toEqual([]);
  await page.setViewportSize({ width: 375, height: 740 });
  const nav = page.getByRole('navigation', { name: 'Admin' });
  await nav.waitFor({ state: 'hidden' });
  await page.getByRole('button', { name: 'Menu' }).click();
  await nav.getByRole('link', { name: 'Customers' }).last().click();
  await inside.getByRole('heading', { name: '/app/customers' }).waitFor();
  await nav.waitFor({ state: 'hidden' });
});
