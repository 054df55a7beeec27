import path from 'node:path';
import { build } from 'esbuild';

const entries = { 'app-bridge': 'frame/main.ts', admin: 'admin/main.ts' };
const built = new Map<string, Promise<string>>();

/** A script of the stand-in, bundled for the browser at its first request: a classic script, because App Bridge is one. */
export function bridgeScript(name: keyof typeof entries): Promise<string> {
  const script = built.get(name) ?? bundle(entries[name]);
  built.set(name, script);
  return script;
}

async function bundle(entry: string): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [path.join(import.meta.dirname, entry)],
    bundle: true,
    write: false,
    format: 'iife',
    target: 'es2022',
    legalComments: 'none',
  });
  return outputFiles[0]?.text ?? '';
}
