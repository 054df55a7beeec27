/** /c/TOKEN: leads on to a link that a message contained, and nowhere else: the token carries it, and only we can make one. */
import { redirect, type LoaderFunctionArgs } from '@remix-run/node';
import { now } from '../clock.server.ts';
import { errorFields, log } from '../log.server.ts';
import { recordFollow } from '../messages/messages.server.ts';
import { app } from '../wiring.server.ts';

export async function loader({ request, params }: LoaderFunctionArgs) {
  const link = app().links.readClick(params['token'] ?? '');
  if (!link || !/^https?:\/\//i.test(link.url)) return new Response(null, { status: 404 });
  if (link.messageId) await noteFollow(link.shopId, link.messageId, request);
  return redirect(link.url, {
    status: 302,
    headers: { 'cache-control': 'private, no-store', 'x-robots-tag': 'noindex' },
  });
}

/** Whoever clicked wants to get there, whether or not it can be written down. */
async function noteFollow(shopId: bigint, messageId: string, { method, headers }: Request) {
  const visit = { method, header: (name: string) => headers.get(name) };
  try {
    await app().db.inShop(shopId, (tx) =>
      recordFollow(tx, app().key('suppression'), { shopId, messageId, visit }, now()),
    );
  } catch (error) {
    log.warn('a click could not be noted', { shopId, id: messageId, ...errorFields(error) });
  }
}
