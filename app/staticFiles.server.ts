/** The built client files, known at start and served precompressed (scripts/compress.mjs). */
import { existsSync, readdirSync, statSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import path from 'node:path';

const TYPES: Record<string, string> = {
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.ico': 'image/x-icon',
  '.png': 'image/png',
  '.json': 'application/json',
  '.txt': 'text/plain; charset=utf-8',
  '.woff2': 'font/woff2',
};

interface StaticFile {
  file: string;
  type: string;
  /** Names carry a hash of their content, so they may be kept for ever. */
  immutable: boolean;
  encodings: ('br' | 'gz')[];
}

/** @param root folder of files to be served; those beginning with a dot are left out */
export function staticFiles(root: string): Map<string, StaticFile> {
  const files = new Map<string, StaticFile>();
  if (!existsSync(root)) return files;
  for (const name of readdirSync(root, { recursive: true }) as string[]) {
    const file = path.join(root, name);
    if (/\.(br|gz|map)$/.test(name) || name.startsWith('.') || !statSync(file).isFile()) continue;
    const url = `/${name.split(path.sep).join('/')}`;
    files.set(url, {
      file,
      type: TYPES[path.extname(name)] ?? 'application/octet-stream',
      immutable: url.startsWith('/assets/'),
      encodings: (['br', 'gz'] as const).filter((ending) => existsSync(`${file}.${ending}`)),
    });
  }
  return files;
}

/** A file that a newer build has taken away meanwhile is a 404, not the end of the process. */
export async function serveFile(
  request: IncomingMessage,
  response: ServerResponse,
  entry: StaticFile,
): Promise<void> {
  const accepted = String(request.headers['accept-encoding'] ?? '');
  const encoding = entry.encodings.find((name) => accepted.includes(name === 'gz' ? 'gzip' : 'br'));
  const content = await readFile(encoding ? `${entry.file}.${encoding}` : entry.file).catch(() => null);
  if (!content) return void response.writeHead(404).end();
  response.writeHead(200, {
    'content-type': entry.type,
    'content-length': content.length,
    'cache-control': entry.immutable ? 'public, max-age=31536000, immutable' : 'public, max-age=3600',
    vary: 'accept-encoding',
    'x-content-type-options': 'nosniff',
    ...(encoding ? { 'content-encoding': encoding === 'gz' ? 'gzip' : 'br' } : {}),
  });
  response.end(request.method === 'HEAD' ? undefined : content);
}
