/** Reads what an extension says of itself: `shopify.extension.toml` and `locales/`. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'smol-toml';

/** The folder of all extensions of this project. */
export const extensionsFolder = path.resolve(import.meta.dirname, '../../extensions');

export interface Manifest {
  folder: string;
  handle: string;
  apiVersion: string;
  targeting: { target: string; module: string }[];
  /** Names of the capabilities that are switched on. */
  capabilities: string[];
  settings: { key: string; type: string; name: string }[];
  translations: Record<string, Record<string, unknown>>;
  defaultLocale: string;
}

interface ExtensionToml {
  api_version?: string;
  extensions: {
    handle: string;
    api_version?: string;
    targeting: { target: string; module: string }[];
    capabilities?: Record<string, unknown>;
    settings?: { fields: { key: string; type: string; name: string }[] };
  }[];
}

/** Reads one extension. Throws with the file's name when something is missing. */
export function readManifest(folder: string): Manifest {
  const file = path.join(folder, 'shopify.extension.toml');
  const toml = parse(readFileSync(file, 'utf8')) as unknown as ExtensionToml;
  const extension = toml.extensions[0];
  const apiVersion = extension?.api_version ?? toml.api_version;
  if (!extension || !apiVersion) throw new Error(`${file}: no [[extensions]] or no api_version`);
  const capabilities = extension.capabilities ?? {};
  return {
    folder,
    handle: extension.handle,
    apiVersion,
    targeting: extension.targeting,
    capabilities: Object.keys(capabilities).filter((name) => capabilities[name] === true),
    settings: extension.settings?.fields ?? [],
    ...readLocales(path.join(folder, 'locales')),
  };
}

/** All extensions of the project that are drawn in a worker, in the order of their folders. */
export function readManifests(root: string = extensionsFolder): Manifest[] {
  return readdirSync(root, { withFileTypes: true })
    .filter(
      (entry) =>
        entry.isDirectory() && readdirSync(path.join(root, entry.name)).includes('shopify.extension.toml'),
    )
    .map((entry) => path.join(root, entry.name))
    .filter((folder) => !isDrawnElsewhere(folder))
    .map(readManifest);
}

/** By Shopify Flow, by the theme (storefront-blocks.ts), or not at all (pixel.ts). */
const isDrawnElsewhere = (folder: string): boolean =>
  /^type = "(?:flow_action|flow_trigger|theme|web_pixel_extension)"$/m.test(
    readFileSync(path.join(folder, 'shopify.extension.toml'), 'utf8'),
  );

/** The translations Shopify would choose for a buyer: exact locale, then its language, then the default. */
export function chooseLocale(manifest: Manifest, wanted: string): string {
  const language = wanted.split('-')[0]!;
  const offered = Object.keys(manifest.translations);
  return (
    offered.find((locale) => locale.toLowerCase() === wanted.toLowerCase()) ??
    offered.find((locale) => locale === language) ??
    manifest.defaultLocale
  );
}

function readLocales(folder: string): Pick<Manifest, 'translations' | 'defaultLocale'> {
  const translations: Manifest['translations'] = {};
  let defaultLocale = '';
  for (const file of readdirSync(folder)) {
    const match = /^([A-Za-z-]+?)(\.default)?\.json$/.exec(file);
    if (!match) continue;
    translations[match[1]!] = JSON.parse(readFileSync(path.join(folder, file), 'utf8')) as Record<
      string,
      unknown
    >;
    if (match[2]) defaultLocale = match[1]!;
  }
  if (!defaultLocale) throw new Error(`${folder}: one file must be named like en.default.json`);
  return { translations, defaultLocale };
}
