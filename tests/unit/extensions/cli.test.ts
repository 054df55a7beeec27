// @vitest-environment node
/**
 * Shopify's own CLI builds the project, and its bundles are ours, byte for byte. The CLI is large and therefore not a
 * dependency: `npm i @shopify/cli@4.8.2` in a folder of its own, then SHOPIFY_CLI=…/node_modules/.bin/shopify.
 */
import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { bundleExtension } from '../../../sandbox/extension-host/bundle.ts';
import { readManifest, readManifests } from '../../../sandbox/extension-host/manifest.ts';

const cli = process.env.SHOPIFY_CLI;
const root = path.resolve(import.meta.dirname, '../../..');
const reason = cli ? '' : ' (skipped: SHOPIFY_CLI does not name a Shopify CLI)';
let copy: string;

describe.skipIf(!cli)(`shopify app build${reason}`, () => {
  beforeAll(() => {
    copy = mkdtempSync(path.join(tmpdir(), 'app-'));
    for (const name of ['extensions', 'app', 'package.json', 'shopify.app.toml']) {
      if (existsSync(path.join(root, name)))
        cpSync(path.join(root, name), path.join(copy, name), { recursive: true });
    }
    symlinkSync(path.join(root, 'node_modules'), path.join(copy, 'node_modules'));
    writeFileSync(path.join(copy, '.env'), 'APP_URL=https://app.test\n');
    const env = { ...process.env, CI: '1', SHOPIFY_CLI_NO_ANALYTICS: '1', HOME: copy };
    execFileSync(cli!, ['app', 'build', '--path', copy, '--skip-dependencies-installation'], {
      env,
      stdio: 'pipe',
    });
  }, 300_000);
  afterAll(() => copy && rmSync(copy, { recursive: true, force: true }));

  test.each(readManifests().map(({ handle, folder }) => [handle, path.basename(folder)]))(
    'accepts %s, and builds what we build',
    async (handle, folder) => {
      const manifest = readManifest(path.join(copy, 'extensions', folder));
      const outfile = path.join(copy, `${handle}.js`);
      await bundleExtension(manifest, { outfile, appUrl: 'https://app.test' });
      const theirs = readFileSync(path.join(manifest.folder, 'dist', `${handle}.js`));
      expect(readFileSync(outfile).equals(theirs)).toBe(true);
    },
  );
});
