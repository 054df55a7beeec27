/** The app inside the admin's frame. */
import type { Frame, Page } from 'playwright-core';

export async function appFrame(page: Page): Promise<Frame> {
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
