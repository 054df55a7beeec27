// @vitest-environment node
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { formatElements, generateElements } from '../../../sandbox/extension-host/elements/generate.ts';

test("the table of elements is what Shopify's types say", async () => {
  const file = new URL('../../../sandbox/extension-host/elements/elements.json', import.meta.url);
  expect(await formatElements(generateElements())).toBe(readFileSync(file, 'utf8'));
}, 60_000);
