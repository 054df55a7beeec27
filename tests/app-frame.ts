/** The app inside the admin's frame. */
import type { Frame, Page } from 'playwright-core';

/**
 * The app's own frame, once it has drawn something to click.
 * @param path of the page that is meant, without `/app`; any by default
 */
export async function appFrame(page: Page, path?: string): Promise<Frame> {
  const isMeant = (shown: string) =>
    path === undefined ? shown.startsWith('/app') : shown === `/app${path}`;
  for (let waited = 0; waited < 30_000; waited += 50) {
    const frame = page.frames().find((one) => isMeant(new URL(one.url() || 'about:blank').pathname));
    if (
      frame &&
      (await frame
        .locator('h1')
        .count()
        .catch(() => 0)) > 0
    )
      return frame;
    await page.waitForTimeout(50);
  }
  throw new Error(`The page ${path ?? ''} of the app did not appear in its frame`);
}
