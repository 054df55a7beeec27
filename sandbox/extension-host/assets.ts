/** Builds the extensions and the host's own scripts into DATA_DIR, and serves them under `/extensions/`. */
import { createHash } from 'node:crypto';
import { existsSync, statSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Metafile } from 'esbuild';
import { bundleExtension, bundleHost, bundlePixel } from './bundle.ts';
import { extensionsFolder, readManifests } from './manifest.ts';
import { readPixel } from './pixel.ts';

export interface AssetOptions {
  /** Folder of this sandbox; two sandboxes side by side have one each. */
  dataDir: string;
  /** Where the app answers: becomes `process.env.APP_URL` in the extensions. */
  appUrl: string;
  /** Another folder of extensions, for tests of the host itself. */
  extensions?: string;
}

interface Asset {
  type: string;
  body: Buffer;
}

export interface ExtensionAssets {
  /** The asset at a path such as `/extensions/thank-you.js`, built again if its sources changed; null if there is none. */
  read(pathname: string): Promise<Asset | null>;
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
  const scripts = scriptsOf(options).map((script) => new Script(script, folder, options.appUrl));
  for (const script of scripts) await script.refresh();
  return {
    async read(pathname) {
      const [, name, extension] = /^\/extensions\/([\w-]+)(\.js|\.js\.map)$/.exec(pathname) ?? [];
      const script = scripts.find((each) => each.name === name);
      if (!script) return null;
      await script.refresh();
      const body = await readFile(path.join(folder, `${name}${extension}`));
      return { type: types[path.extname(pathname)]!, body };
    },
  };
}

interface Recipe {
  name: string;
  build(outfile: string): Promise<Metafile>;
}

function scriptsOf({ appUrl, extensions = extensionsFolder }: AssetOptions): Recipe[] {
  const here = import.meta.dirname;
  const pixel = readPixel(extensions);
  return [
    ...(pixel
      ? [
          {
            name: pixel.handle,
            build: (outfile: string) => bundlePixel(pixel.folder, { outfile, appUrl }),
          },
        ]
      : []),
    ...readManifests(extensions).map((manifest) => ({
      name: manifest.handle,
      build: (outfile: string) => bundleExtension(manifest, { outfile, appUrl }),
    })),
    { name: 'worker', build: (outfile) => bundleHost(path.join(here, 'worker/worker.ts'), outfile, 'iife') },
    {
      name: 'pixel-worker',
      build: (outfile) => bundleHost(path.join(here, 'worker/pixel.ts'), outfile, 'iife'),
    },
    { name: 'pixel-host', build: (outfile) => bundleHost(path.join(here, 'page/pixel.ts'), outfile, 'esm') },
    { name: 'host', build: (outfile) => bundleHost(path.join(here, 'page/host.ts'), outfile, 'esm') },
  ];
}

/** What a script was made of, kept beside it. */
interface Stamp {
  files: string[];
  hash: string;
}

class Script {
  readonly name: string;
  readonly #recipe: Recipe;
  readonly #outfile: string;
  readonly #stampFile: string;
  readonly #appUrl: string;
  /** When the sources were last changed, as far as it is known; saves reading them for every request. */
  #times = '';
  #work: Promise<void> = Promise.resolve();

  constructor(recipe: Recipe, folder: string, appUrl: string) {
    this.name = recipe.name;
    this.#recipe = recipe;
    this.#outfile = path.join(folder, `${recipe.name}.js`);
    this.#stampFile = path.join(folder, `${recipe.name}.sources.json`);
    this.#appUrl = appUrl;
  }

  /** One at a time, however many ask. */
  refresh(): Promise<void> {
    return (this.#work = this.#work.catch(() => {}).then(() => this.#refresh()));
  }

  async #refresh(): Promise<void> {
    const stamp = await this.#stamp();
    if (stamp) {
      const times = timesOf(stamp.files);
      if (times === this.#times) return;
      if (stamp.hash === (await this.#hash(stamp.files))) return void (this.#times = times);
    }
    const { inputs } = await this.#recipe.build(this.#outfile);
    const files = ['sandbox/extension-host/bundle.ts', ...sourcesOf(inputs)];
    await writeFile(
      this.#stampFile,
      JSON.stringify({ files, hash: await this.#hash(files) } satisfies Stamp),
    );
    this.#times = timesOf(files);
  }

  async #stamp(): Promise<Stamp | null> {
    if (!existsSync(this.#outfile) || !existsSync(this.#stampFile)) return null;
    return JSON.parse(await readFile(this.#stampFile, 'utf8')) as Stamp;
  }

  async #hash(files: string[]): Promise<string> {
    const hash = createHash('sha256').update(this.#appUrl);
    for (const file of files) {
      const full = path.join(root, file);
      hash.update(file).update(existsSync(full) ? await readFile(full) : 'gone');
    }
    return hash.digest('hex');
  }
}

const timesOf = (files: string[]): string =>
  files.map((file) => statSync(path.join(root, file), { throwIfNoEntry: false })?.mtimeMs).join();

/** Files from the project's root; the entry that was made up for the bundler is none. */
function sourcesOf(inputs: Metafile['inputs']): string[] {
  return Object.keys(inputs)
    .filter((file) => !file.startsWith('<'))
    .map((file) => path.relative(root, path.resolve(file)));
}
