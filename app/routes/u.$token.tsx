/**
 * /u/TOKEN: unsubscribing. GET only asks, for scanners follow every link; POST does it, whether a person pressed the
 * button or a mail client sent RFC 8058's one click, and it holds before the answer leaves. Never held up by limits.
 */
import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node';
import { now } from '../clock.server.ts';
import { preferencePage, unsubscribe } from '../messages/messages.server.ts';
import { shopById } from '../shops/shops.server.ts';
import { unsubscribePageResponse } from '../ui/unsubscribePage.ts';
import { app } from '../wiring.server.ts';

const missing = () => new Response(null, { status: 404 });

export const loader = ({ params }: LoaderFunctionArgs) => shown(params['token'] ?? '', false);

export async function action({ request, params }: ActionFunctionArgs) {
  if (request.method !== 'POST') return new Response(null, { status: 405, headers: { allow: 'GET, POST' } });
  const token = params['token'] ?? '';
  const link = app().links.readUnsubscribe(token);
  if (!link) return missing();
  const input = { ...link, channel: 'email', source: 'one-click' } as const;
  await app().db.inShop(link.shopId, (tx) => unsubscribe(tx, app().key('suppression'), input, now()));
  return shown(token, true);
}

async function shown(token: string, done: boolean) {
  const { links, db, key } = app();
  const link = links.readUnsubscribe(token);
  if (!link) return missing();
  return db.inShop(link.shopId, async (tx) => {
    const shop = await shopById(tx, link.shopId);
    if (!shop) return missing();
    const page = await preferencePage(tx, key('suppression'), link);
    return unsubscribePageResponse({
      shop,
      language: page?.language ?? shop.locale,
      all: link.classes.length > 1,
      done,
      preferencesUrl: links.preferences(link),
    });
  });
}
