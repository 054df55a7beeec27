import { PassThrough } from 'node:stream';
import { createReadableStreamFromReadable, type EntryContext } from '@remix-run/node';
import { RemixServer } from '@remix-run/react';
import { isbot } from 'isbot';
import { renderToPipeableStream } from 'react-dom/server';
import { addDocumentResponseHeaders } from './adapters/shopify/authenticate.server.ts';
import { errorFields, log } from './log.server.ts';
import { app } from './wiring.server.ts';
import { openWeb } from './webEntry.server.ts';

/** What web.server.ts takes out of the build, so that everything with state exists once. */
export { openWeb };
export interface WebEntry {
  openWeb: typeof openWeb;
}

// Routes find everything built, however this module was loaded.
app();

export const streamTimeout = 5000;

export default function handleRequest(
  request: Request,
  status: number,
  headers: Headers,
  context: EntryContext,
) {
  addDocumentResponseHeaders(request, headers);
  const ready = isbot(request.headers.get('user-agent') ?? '') ? 'onAllReady' : 'onShellReady';
  return new Promise<Response>((resolve, reject) => {
    let answered = status;
    const { pipe, abort } = renderToPipeableStream(<RemixServer context={context} url={request.url} />, {
      [ready]: () => {
        const body = new PassThrough();
        headers.set('content-type', 'text/html; charset=utf-8');
        resolve(new Response(createReadableStreamFromReadable(body), { headers, status: answered }));
        pipe(body);
      },
      onShellError: reject,
      onError: (error: unknown) => {
        answered = 500;
        log.error('a page could not be drawn', {
          route: new URL(request.url).pathname,
          ...errorFields(error),
        });
      },
    });
    setTimeout(abort, streamTimeout + 1000).unref();
  });
}

/** Loaders' and actions' unexpected errors; what a route throws on purpose is a Response and does not come here. */
export function handleError(error: unknown, { request }: { request: Request }) {
  if (request.signal.aborted) return;
  log.error('a route failed', { route: new URL(request.url).pathname, ...errorFields(error) });
}
