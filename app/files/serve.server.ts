/** Serves what is kept, to anybody who knows its name. Nothing of it can run, whatever it is. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { DOCUMENT_ENDINGS, MOST_CALLED } from './document.ts';
import { rangeIn } from './range.ts';
import { publicFolder, TYPES, type FileStorage } from './storage.ts';

const ADDRESS = /^\/files\/([0-9a-f]{32})\/((?:\d{1,5}|video)\.(jpg|png|mp4))$/;
/** A browser saves it under the last part of its address; it is kept under one name, whatever that says. */
const DOCUMENT = new RegExp(
  `^/files/([0-9a-f]{32})/[a-z0-9-]{1,${MOST_CALLED}}\\.(${DOCUMENT_ENDINGS.join('|')})$`,
);

/** Names never change what they stand for, so copies may be kept for a year. */
const HEADERS = {
  'cache-control': 'public, max-age=31536000, immutable',
  'x-content-type-options': 'nosniff',
  'content-security-policy': "default-src 'none'; sandbox",
  // Shown inside a page all the same; opened by itself it is saved, never rendered.
  'content-disposition': 'attachment',
  'cross-origin-resource-policy': 'cross-origin',
  'accept-ranges': 'bytes',
};

export async function serveStored(
  storage: FileStorage,
  pathname: string,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const asked = askedFor(pathname);
  if (!asked) return void response.writeHead(404).end();
  const { name, file, ending, headers } = asked;
  if (request.method !== 'GET' && request.method !== 'HEAD')
    return void response.writeHead(405, { allow: 'GET, HEAD' }).end();
  const etag = `"${name}"`;
  if (request.headers['if-none-match'] === etag)
    return void response.writeHead(304, { ...headers, etag }).end();
  const range = rangeIn(request.headers.range);
  const found = await storage.get(`${publicFolder(name)}/${file}`, range ?? undefined);
  if (!found) return void response.writeHead(404, { 'cache-control': 'no-store' }).end();
  if (range && range.start >= found.size)
    return void response.writeHead(416, { 'content-range': `bytes */${found.size}` }).end();
  const end = range ? Math.min(range.end, found.size - 1) : found.size - 1;
  response.writeHead(range ? 206 : 200, {
    ...headers,
    etag,
    'content-type': TYPES[ending],
    'content-length': range ? end - range.start + 1 : found.size,
    ...(range && { 'content-range': `bytes ${range.start}-${end}/${found.size}` }),
  });
  if (request.method === 'HEAD') return void response.end();
  for await (const chunk of found.body) {
    if (response.destroyed) return;
    if (!response.write(chunk)) await new Promise<void>((resolve) => drained(response, resolve));
  }
  response.end();
}

/** What people send in privately is kept by no cache on the way: erased here, it is gone. */
const PRIVATE = { ...HEADERS, 'cache-control': 'private, no-store' };

function askedFor(pathname: string) {
  const [, name, file, ending] = ADDRESS.exec(pathname) ?? [];
  if (name && file && ending) return { name, file, ending, headers: HEADERS };
  const [, paper, kind] = DOCUMENT.exec(pathname) ?? [];
  return paper && kind ? { name: paper, file: `document.${kind}`, ending: kind, headers: PRIVATE } : null;
}

/** Whoever asked may go away instead of reading on. */
function drained(response: ServerResponse, then: () => void) {
  const once = () => {
    response.off('drain', once).off('close', once);
    then();
  };
  response.on('drain', once).on('close', once);
}
