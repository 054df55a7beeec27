/** What the mail provider reports of our mails: delivered, bounced, complained, opened, clicked. */
import type { ActionFunctionArgs } from '@remix-run/node';
import { now } from '../clock.server.ts';
import { recordProviderEvent } from '../messages/messages.server.ts';
import { readText } from '../limits.server.ts';
import { app } from '../wiring.server.ts';

export const loader = () => new Response(null, { status: 405, headers: { allow: 'POST' } });

export async function action({ request }: ActionFunctionArgs) {
  const { readMailEvent, db, key } = app();
  if (!readMailEvent) return new Response(null, { status: 404 });
  const body = await readText(request, 1024 * 1024);
  if (body === null) return new Response(null, { status: request.body ? 413 : 400 });
  const reading = readMailEvent((name) => request.headers.get(name), body);
  switch (reading.outcome) {
    case 'forged':
      return new Response(null, { status: 401 });
    case 'ignored':
      return new Response(null, { status: 200 });
    case 'event':
      await db.inShop(reading.event.shopId, (tx) =>
        recordProviderEvent(tx, key('suppression'), reading.event, now()),
      );
      return new Response(null, { status: 200 });
  }
}
