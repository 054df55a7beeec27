/** /o/TOKEN.gif: the picture of one pixel in mails where such pictures are allowed. The same answer whatever the token. */
import type { LoaderFunctionArgs } from '@remix-run/node';
import { now } from '../clock.server.ts';
import { recordProviderEvent } from '../messages/messages.server.ts';
import { app } from '../wiring.server.ts';

const PIXEL = Buffer.from('R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7', 'base64');

export async function loader({ request, params }: LoaderFunctionArgs) {
  const link = app().links.readOpen(params['token'] ?? '');
  if (link?.messageId && request.method === 'GET') {
    const { shopId, messageId } = link;
    const event = { shopId, messageId, kind: 'opened', ref: 'pixel', at: now() } as const;
    await app().db.inShop(shopId, (tx) => recordProviderEvent(tx, app().key('suppression'), event, now()));
  }
  return new Response(PIXEL, {
    headers: { 'content-type': 'image/gif', 'cache-control': 'private, no-store', 'x-robots-tag': 'noindex' },
  });
}
