/** The host against an extension that does what Shopify does not allow. */
import { expect, test } from 'vitest';
import { openBrowser } from '../browser.ts';
import { startStandIn } from './extension-stand-in.ts';

test('what Shopify would refuse is said aloud', async () => {
  const told = () => ({
    view: { state: 'nothing' as const },
    follow: () => ({ state: 'nothing' as const }),
    greet: () => ({ friend: null, heard: null }),
  });
  const refused = await startStandIn(told, `${import.meta.dirname}/bad-extension`);
  const browser = await openBrowser();
  try {
    const { page, problems } = await browser.open();
    await page.goto(refused.url({ target: 'purchase.thank-you.block.render' }));
    for (const problem of [
      '<s-button> has no property "colour"',
      '<s-button> has no event "Hover"',
      'set network_access = true',
      '<div> is not an element of this surface',
      'Missing translation for key: no.such.key',
    ]) {
      await expect.poll(() => problems.join('\n'), { timeout: 30_000 }).toContain(problem);
    }
  } finally {
    await browser.close();
    await refused.stop();
  }
});
