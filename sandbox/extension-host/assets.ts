/** Builds the extensions and the host's own scripts into DATA_DIR, and serves them under `/extensions/`. */
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Metafile } from 'esbuild';
import type { Route } from '../types.ts';
import { bundleExtension, bundleHost } from './bundle.ts';
import { extensionsFolder, readManifests } from './manifest.ts';

export interface AssetOptions {
  /** Folder of this sandbox; two sandboxes side by side have one each. */
  dataDir: string;
  /** Where the app answers: becomes `process.env.APP_URL` in the extensions. */
  appUrl: string;
  /** Look for changed sources at every request of a script (development). */
  watch?: boolean;
  /** Another folder of extensions, for tests of the host itself. */
  extensions?: string;
}

export interface Asset {
  type: string;
  body: Buffer;
}

export interface ExtensionAssets {
  /** The asset at a path such as `/extensions/thank-you.js`, or null. */
  read(pathname: string): Promise<Asset | null>;
  /** Serves `/extensions/*`. */
  routes: Route[];
}

interface Script {
  name: string;
  build(outfile: string): Promise<Metafile>;
}

const root = path.resolve(import.meta.dirname, '../..');
const types: Record<string, string> = {
  '.js': 'text/javascript; charset=utf-8',
  '.map': 'application/json; charset=utf-8',
};

/** Builds what is missing or older than its sources. */
export async function extensionAssets(options: AssetOptions): Promise<ExtensionAssets> {
  const folder = path.resolve(options.dataDir, 'extensions');
  await mkdir(folder, { recursive: true });
  const refresh = async () => {
    for (const script of scriptsOf(options)) await buildIfChanged(script, folder, options.appUrl);
  };
  await refresh();
  let refreshing = Promise.resolve();
  async function read(pathname: string): Promise<Asset | null> {
    const name = /^\/extensions\/([\w-]+\.js(?:\.map)?)$/.exec(pathname)?.[1];
    if (!name) return null;
    if (options.watch) await (refreshing = refreshing.then(refresh));
    const file = path.join(folder, name);
    if (!existsSync(file)) return null;
    return { type: types[path.extname(name)]!, body: await readFile(file) };
  }
  const route: Route = {
    method: 'GET',
    path: '/extensions/*',
    async handle({ url }) {
      return (await read(url.pathname)) ?? { status: 404 };
    },
  };
  return { read, routes: [route] };
}

function scriptsOf({ appUrl, extensions = extensionsFolder }: AssetOptions): Script[] {
  const here = import.meta.dirname;
  return [
    ...readManifests(extensions).map((manifest) => ({
      name: manifest.handle,
      build: (outfile: string) => bundleExtension(manifest, { outfile, appUrl }),
    })),
    { name: 'worker', build: (outfile) => bundleHost(path.join(here, 'worker/worker.ts'), outfile, 'iife') },
    { name: 'host', build: (outfile) => bundleHost(path.join(here, 'page/host.ts'), outfile, 'esm') },
  ];
}

async function buildIfChanged(script: Script, folder: string, appUrl: string): Promise<void> {
  const outfile = path.join(folder, `${script.name}.js`);
  const stamp = path.join(folder, `${script.name}.sources.json`);
  if (existsSync(outfile) && existsSync(stamp)) {
    const last = JSON.parse(await readFile(stamp, 'utf8')) as { files: string[]; hash: string };
    if (last.hash === (await fingerprint(last.files, appUrl))) return;
  }
  const { inputs } = await script.build(outfile);
  const files = Object.keys(inputs)
    .filter((file) => file !== '<stdin>')
    .map((file) => path.relative(root, path.resolve(file)));
  files.push('sandbox/extension-host/bundle.ts', 'sandbox/extension-host/assets.ts');
  files.push(
    ...readManifests().map(({ folder: of }) => path.relative(root, path.join(of, 'shopify.extension.toml'))),
  );
  await writeFile(stamp, JSON.stringify({ files, hash: await fingerprint(files, appUrl) }));
}

async function fingerprint(files: string[], appUrl: string): Promise<string> {
  const hash = createHash('sha256').update(appUrl);
  for (const file of files) {
    const full = path.join(root, file);
    hash.update(file).update(existsSync(full) ? await readFile(full) : 'gone');
  }
  return hash.digest('hex');
}
