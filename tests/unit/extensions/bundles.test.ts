// @vitest-environment node
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { extensionAssets } from '../../../sandbox/extension-host/assets.ts';
import { bundleExtension, bundlePixel } from '../../../sandbox/extension-host/bundle.ts';
import { readManifests } from '../../../sandbox/extension-host/manifest.ts';
import { readPixel, wrongSettings } from '../../../sandbox/extension-host/pixel.ts';
import { brotliBytes } from '../../../sandbox/extension-host/size.ts';

const LIMIT_BYTES = 20_000;
const manifests = readManifests();
let folder: string;
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'bundles-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

describe.each(manifests.map((manifest) => [manifest.handle, manifest] as const))('%s', (handle, manifest) => {
  const outfile = () => path.join(folder, `${handle}.js`);
  beforeAll(() => bundleExtension(manifest, { outfile: outfile(), appUrl: 'https://app.test' }));

  test('weighs at most 20 KB on its way to the buyer', () => {
    expect(brotliBytes(outfile())).toBeLessThanOrEqual(LIMIT_BYTES);
  });

  test('knows where the app is, and nothing else of the machine it was built on', () => {
    const script = readFileSync(outfile(), 'utf8');
    expect(script).toContain('https://app.test');
    expect(script).not.toContain('process.env');
  });
});

describe('the pixel', () => {
  const pixel = readPixel()!;
  const outfile = () => path.join(folder, 'pixel.js');
  beforeAll(() => bundlePixel(pixel.folder, { outfile: outfile(), appUrl: 'https://app.test' }));

  test('weighs at most 4 KB as it is, of 128 that Shopify allows, registers itself, and names no address', () => {
    // A bundler that takes it for a library without effects leaves nothing of it.
    expect(readFileSync(outfile(), 'utf8')).toContain('WebPixel::Render');
    expect(statSync(outfile()).size).toBeLessThanOrEqual(4096);
    expect(readFileSync(outfile(), 'utf8')).not.toMatch(/https?:|process\.env/);
  });

  test('needs consent to being counted and rewarded, sells nothing, and takes its own settings only', () => {
    expect(pixel.purposes).toEqual(['analytics', 'marketing']);
    expect(wrongSettings(pixel, { address: 'https://app.test' })).toBeNull();
    expect(wrongSettings(pixel, {})).toContain('address');
    expect(wrongSettings(pixel, { address: 'https://app.test', accountID: '1' })).toContain('accountID');
  });
});

test('assets are built once, and again when something changed', async () => {
  const dataDir = path.join(folder, 'data');
  const built = () => statSync(path.join(dataDir, 'extensions/thank-you.js')).mtimeMs;
  await extensionAssets({ dataDir, appUrl: 'http://localhost:3000' });
  const first = built();
  const assets = await extensionAssets({ dataDir, appUrl: 'http://localhost:3000' });
  expect(built()).toBe(first);
  await extensionAssets({ dataDir, appUrl: 'http://localhost:3001' });
  expect(built()).toBeGreaterThan(first);

  const script = await assets.read('/extensions/thank-you.js');
  expect(script!.type).toContain('javascript');
  expect(await assets.read('/extensions/../../package.json')).toBeNull();
  expect(await assets.read('/extensions/none.js')).toBeNull();
});
