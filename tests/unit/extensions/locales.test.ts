// @vitest-environment node
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { extensionsFolder, readManifests } from '../../../sandbox/extension-host/manifest.ts';

const LOCALES = ['de', 'en', 'es', 'fr', 'ja', 'pt-BR'];

/** Every key with its text: `sample.options.1` → `Poor`. */
function flatten(tree: object, prefix = ''): Record<string, string> {
  return Object.assign(
    {},
    ...Object.entries(tree).map(([key, value]) =>
      typeof value === 'string' ? { [prefix + key]: value } : flatten(value as object, `${prefix}${key}.`),
    ),
  ) as Record<string, string>;
}

const placeholders = (text: string) =>
  [...text.matchAll(/\{\{\s*(\w+)\s*\}\}/g)].map(([, name]) => name!).toSorted((a, b) => a.localeCompare(b));

function sourceOf(folder: string): string {
  const files = readdirSync(path.join(folder, 'src')).map((name) => path.join(folder, 'src', name));
  return [...files, path.join(folder, 'shopify.extension.toml')]
    .map((file) => readFileSync(file, 'utf8'))
    .join('\n');
}

describe.each(readManifests().map((manifest) => [manifest.handle, manifest] as const))(
  '%s',
  (_, manifest) => {
    const own = flatten(manifest.translations.en!);

    test('speaks six languages, English where none fits', () => {
      expect(Object.keys(manifest.translations).toSorted()).toEqual(LOCALES);
      expect(manifest.defaultLocale).toBe('en');
    });

    test.each(LOCALES)('%s has every text, with the same placeholders', (locale) => {
      const texts = flatten(manifest.translations[locale]!);
      expect(Object.keys(texts)).toEqual(Object.keys(own));
      for (const [key, text] of Object.entries(texts)) {
        expect([key, text.trim()]).not.toEqual([key, '']);
        expect([key, placeholders(text)]).toEqual([key, placeholders(own[key]!)]);
      }
    });

    test('has no text that nobody shows', () => {
      const source = sourceOf(manifest.folder);
      const unused = Object.keys(own).filter(
        (key) => !source.includes(key) && !key.startsWith('sample.options.'),
      );
      expect(unused).toEqual([]);
    });

    test('neither praises the app nor asks for reviews of it', () => {
      expect(JSON.stringify(manifest.translations)).not.toMatch(/powered by|everafter|app store|review/i);
    });
  },
);

test('every extension of the folder that is drawn has a manifest', () => {
  const folders = readdirSync(extensionsFolder, { withFileTypes: true }).filter((entry) =>
    entry.isDirectory(),
  );
  // What is shared is no extension, an action of Flow and a pixel are not drawn, and blocks of the theme are drawn by Liquid.
  const notDrawn = ['shared', 'flow-begin', 'flow-feedback', 'flow-low-rating', 'pixel', 'storefront'];
  expect(readManifests().map(({ folder }) => path.basename(folder))).toEqual(
    folders.map(({ name }) => name).filter((name) => !notDrawn.includes(name)),
  );
});
