/** The app's web pixel: what its `shopify.extension.toml` says, and the HTML that runs it on a page. */
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'smol-toml';
import { z } from 'zod';
import { extensionsFolder } from './manifest.ts';
import type { PixelEvent } from './pixel-protocol.ts';

export interface PixelManifest {
  folder: string;
  handle: string;
  /** Purposes that the visitor must have allowed. */
  purposes: string[];
  fields: { key: string; isNeeded: boolean }[];
}

const toml = z.looseObject({
  type: z.literal('web_pixel_extension'),
  handle: z.string(),
  runtime_context: z.literal('strict'),
  customer_privacy: z.strictObject({
    analytics: z.boolean(),
    marketing: z.boolean(),
    preferences: z.boolean(),
    sale_of_data: z.enum(['enabled', 'disabled', 'ldu']),
  }),
  settings: z.looseObject({
    type: z.literal('object'),
    fields: z
      .record(
        z.string(),
        z.looseObject({
          name: z.string(),
          type: z.string(),
          validations: z.array(z.looseObject({ name: z.string() })).default([]),
        }),
      )
      .default({}),
  }),
});

/** The pixel in a folder of extensions; null where there is none. Throws where it says what Shopify does not take. */
export function readPixel(root: string = extensionsFolder): PixelManifest | null {
  const folder = path.join(root, 'pixel');
  const file = path.join(folder, 'shopify.extension.toml');
  if (!existsSync(file)) return null;
  const read = toml.parse(parse(readFileSync(file, 'utf8')));
  const { sale_of_data: sale, ...purposes } = read.customer_privacy;
  return {
    folder,
    handle: read.handle,
    purposes: [
      ...Object.entries(purposes).flatMap(([name, needed]) => (needed ? [name] : [])),
      ...(sale === 'enabled' ? ['sale_of_data'] : []),
    ],
    fields: Object.entries(read.settings.fields).map(([key, { validations }]) => ({
      key,
      isNeeded: validations.some(({ name }) => name === 'min'),
    })),
  };
}

/** What `webPixelCreate` says of settings that do not fit; null where they do. */
export function wrongSettings({ fields }: PixelManifest, settings: unknown): string | null {
  if (typeof settings !== 'object' || settings === null) return 'Settings must be a valid JSON object';
  const spare = Object.keys(settings).find((key) => !fields.some((field) => field.key === key));
  if (spare !== undefined) return `Settings must not have the key ${spare}`;
  const missing = fields.find(({ key, isNeeded }) => isNeeded && !(settings as Record<string, unknown>)[key]);
  return missing ? `${missing.key} can't be blank` : null;
}

/** HTML of a pixel on a page, with what happens there. */
export function pixelTag(pixel: PixelManifest, settings: unknown, events: readonly PixelEvent[]): string {
  const data = { scriptUrl: `/extensions/${pixel.handle}.js`, settings, events };
  const json = JSON.stringify(data).replaceAll('<', '\\u003c');
  return (
    `<script type="application/json" id="web-pixel">${json}</script>` +
    `<script type="module" src="/extensions/pixel-host.js"></script>`
  );
}
