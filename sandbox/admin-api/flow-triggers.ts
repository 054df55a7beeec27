/** The triggers that the app's extensions declare, as Shopify Flow holds payloads to them. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'smol-toml';
import { extensionsFolder } from '../extension-host/manifest.ts';

interface TriggerToml {
  extensions?: { type?: string; handle?: string }[];
  settings?: { fields?: { type: string; key?: string }[] };
}

/** Keys of a payload by handle. */
function triggers(): Map<string, string[]> {
  const found = new Map<string, string[]>();
  for (const entry of readdirSync(extensionsFolder, { withFileTypes: true })) {
    const folder = path.join(extensionsFolder, entry.name);
    if (!entry.isDirectory() || !readdirSync(folder).includes('shopify.extension.toml')) continue;
    const toml = parse(
      readFileSync(path.join(folder, 'shopify.extension.toml'), 'utf8'),
    ) as unknown as TriggerToml;
    const [extension] = toml.extensions ?? [];
    if (extension?.type !== 'flow_trigger' || !extension.handle) continue;
    const keys = (toml.settings?.fields ?? []).map(
      ({ type, key }) => key ?? type.replace(/_reference$/, '_id'),
    );
    found.set(extension.handle, keys);
  }
  return found;
}

/** Flow takes at most so much. */
const MOST_BYTES = 50_000;

/** What is wrong with a trigger that is told; null when nothing is. */
export function flowError(
  handle: string | null | undefined,
  payload: unknown,
): { field: string[]; message: string } | null {
  const known = triggers().get(handle ?? '');
  if (!known) return { field: ['handle'], message: `Invalid handle: ${handle ?? 'none'}` };
  if (typeof payload !== 'object' || payload === null)
    return { field: ['payload'], message: 'Payload is no object' };
  if (JSON.stringify(payload).length > MOST_BYTES)
    return { field: ['payload'], message: 'Payload is too large' };
  const strange = Object.keys(payload).find((key) => !known.includes(key));
  return strange ? { field: ['payload'], message: `Property '${strange}' is not defined` } : null;
}
