/** What the app declares of itself in shopify.app.toml. */

import { readFileSync } from 'node:fs';
import { parse } from 'smol-toml';
import { z } from 'zod';

export interface AppConfig {
  name: string;
  handle: string;
  scopes: string[];
  optionalScopes: string[];
  apiVersion: string;
  /** One entry a topic. */
  subscriptions: DeclaredSubscription[];
  /** The store's path `/PREFIX/SUBPATH/…` is forwarded to `url`. */
  proxy: { prefix: string; subpath: string; url: string } | null;
}

export interface DeclaredSubscription {
  topic: string;
  /** Absolute, or relative to the app's address. */
  uri: string;
  filter: string | null;
  includeFields: string[];
  name: string | null;
}

const list = z.array(z.string()).default([]);
const schema = z.looseObject({
  name: z.string().default('App'),
  handle: z.string().optional(),
  access_scopes: z.looseObject({ scopes: z.string().default(''), optional_scopes: list }).optional(),
  webhooks: z
    .looseObject({
      api_version: z.string().default('2026-10'),
      subscriptions: z
        .array(
          z.looseObject({
            topics: list,
            compliance_topics: list,
            uri: z.string(),
            filter: z.string().optional(),
            include_fields: list,
            name: z.string().optional(),
          }),
        )
        .default([]),
    })
    .optional(),
  app_proxy: z.looseObject({ url: z.string(), subpath: z.string(), prefix: z.string() }).optional(),
});

export function readAppConfig(file: string): AppConfig {
  return appConfig(readFileSync(file, 'utf8'));
}

/** Reads the text of a shopify.app.toml; throws with the field that is wrong. */
function appConfig(toml: string): AppConfig {
  const file = schema.parse(parse(toml));
  return {
    name: file.name,
    handle: file.handle ?? file.name.toLowerCase().replace(/[^a-z0-9]+/g, '-'),
    scopes: words(file.access_scopes?.scopes ?? ''),
    optionalScopes: file.access_scopes?.optional_scopes ?? [],
    apiVersion: file.webhooks?.api_version ?? '2026-10',
    subscriptions: (file.webhooks?.subscriptions ?? []).flatMap((s) =>
      [...s.topics, ...s.compliance_topics].map((topic) => ({
        topic,
        uri: s.uri,
        filter: s.filter ?? null,
        includeFields: s.include_fields,
        name: s.name ?? null,
      })),
    ),
    proxy: file.app_proxy ?? null,
  };
}

function words(text: string): string[] {
  return text
    .split(',')
    .map((word) => word.trim())
    .filter(Boolean);
}
