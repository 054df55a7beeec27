/** /c/TOKEN: leads on to a link that a message contained, and nowhere else: the token carries it, and only we can make one. */
import { redirect, type LoaderFunctionArgs } from '@remix-run/node';
import { now } from '../clock.server.ts';
import { errorFields, log } from '../log.server.ts';
import { recordProviderEvent } from '../messages/messages.server.ts';
import { app } from '../wiring.server.ts';

export async function loader({ request, params }: LoaderFunctionArgs) {
  const link = app().links.readClick(params['token'] ?? '');
  if (!link || !/^https?:\/\//i.test(link.url)) return new Response(null, { status: 404 });
  if (link.messageId && request.method === 'GET') await noteClick(link.shopId, link.messageId);
  return redirect(link.url, {
    status: 302,
    headers: { 'cache-control': 'private, no-store', 'x-robots-tag': 'noindex' },
  });
}

/** Whoever clicked wants to get there, whether or not it can be written down. */
async function noteClick(shopId: bigint, messageId: string) {
  const event = { shopId, messageId, kind: 'clicked', ref: 'link', at: now() } as const;
  try {
    await app().db.inShop(shopId, (tx) => recordProviderEvent(tx, app().key('suppression'), event, now()));
  } catch (error) {
    log.warn('a click could not be noted', { shopId, id: messageId, ...errorFields(error) });
  }
}
