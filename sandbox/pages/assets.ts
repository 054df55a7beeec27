import { readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { bridgeScript } from '../app-bridge/bundle.ts';
import { extensionAssets, type ExtensionAssets } from '../extension-host/assets.ts';
import { themeExtension } from '../theme/blocks.ts';
import type { PageAnswer, Route, Sandbox } from '../types.ts';

const folder = path.join(import.meta.dirname, 'assets');
const SHEETS = [
  'base',
  'bar',
  'home',
  'store',
  'basket',
  'checkout',
  'orders',
  'admin',
  'admin-app',
  'admin-pages',
  'dialogs',
  'tools',
  'mailbox',
];
const SCRIPT = 'text/javascript; charset=utf-8';

/** The style sheet, the small scripts of the pages, the two halves of App Bridge, and the extensions. */
export function assetRoutes(sandbox: Sandbox): Route[] {
  let extensions: Promise<ExtensionAssets> | null = null;
  return [
    {
      method: 'GET',
      path: '/theme-extension/:name',
      handle: ({ params }) => themeAsset(params.name ?? ''),
    },
    {
      method: 'GET',
      path: '/extensions/:name',
      async handle({ url }) {
        // Built when they are first asked for: a test that only sells things does not wait for a bundler.
        extensions ??= extensionAssets({ dataDir: folderOf(sandbox), appUrl: sandbox.appUrl });
        const asset = await (await extensions).read(url.pathname);
        if (!asset) return { status: 404, body: { error: `No extension has ${url.pathname}` } };
        return { ...asset, headers: { 'cache-control': 'no-cache' } };
      },
    },
    { method: 'GET', path: '/assets/sandbox.css', handle: styleSheet },
    { method: 'GET', path: '/assets/admin.js', handle: () => script(bridgeScript('admin')) },
    { method: 'GET', path: '/app-bridge.js', handle: () => script(bridgeScript('app-bridge')) },
    {
      method: 'GET',
      path: '/assets/:name',
      handle({ params: { name = '' } }) {
        if (!/^[\w-]+\.js$/.test(name)) return { status: 404, body: { error: `No asset is named ${name}` } };
        return script(readFile(path.join(folder, name), 'utf8'));
      },
    },
  ];
}

/** A sandbox that keeps nothing builds beside others of the same app. */
function folderOf({ dataDir, appUrl }: Sandbox): string {
  return dataDir ?? path.join(tmpdir(), `everafter-extensions-${new URL(appUrl).host.replace(':', '-')}`);
}

/** What the blocks of the theme load, as Shopify's CDN serves it. */
async function themeAsset(name: string): Promise<PageAnswer> {
  if (name !== 'everafter.css' && name !== 'everafter.js')
    return { status: 404, body: { error: `The theme app extension has no ${name}` } };
  const type = name.endsWith('.css') ? 'text/css; charset=utf-8' : SCRIPT;
  const body = await readFile(path.join(themeExtension, 'assets', name), 'utf8');
  return { type, headers: { 'cache-control': 'no-cache' }, body };
}

async function styleSheet(): Promise<PageAnswer> {
  const sheets = await Promise.all(SHEETS.map((name) => readFile(path.join(folder, `${name}.css`), 'utf8')));
  return {
    type: 'text/css; charset=utf-8',
    headers: { 'cache-control': 'no-cache' },
    body: sheets.join('\n'),
  };
}

async function script(source: Promise<string>): Promise<PageAnswer> {
  return { type: SCRIPT, headers: { 'cache-control': 'no-cache' }, body: await source };
}
