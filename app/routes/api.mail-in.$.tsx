/**
 * Mails that providers post: /api/mail-in/postmark and /api/mail-in/mailgun/mime. 200 means stored; what is for no shop is
 * refused in the way that stops the provider's tries, and stays in its own list of what came.
 */
import type { ActionFunctionArgs } from '@remix-run/node';
import { now, realNow } from '../clock.server.ts';
import { MAX_POST_BYTES } from '../correspondence/incoming-mail.ts';
import { readBytes } from '../limits.server.ts';
import { app } from '../wiring.server.ts';

export const loader = () => new Response(null, { status: 405, headers: { allow: 'POST' } });

export async function action({ request, params }: ActionFunctionArgs) {
  const { inbound } = app();
  const provider = params['*'] ?? '';
  const body = await readBytes(request, MAX_POST_BYTES);
  if (body === null) return new Response(null, { status: request.body ? 413 : 400 });
  const header = (name: string) => request.headers.get(name);
  const reading = await inbound?.readPost(provider, { header, body, nowMs: realNow() });
  if (!inbound || !reading) return new Response(null, { status: 404 });
  switch (reading.outcome) {
    case 'forged':
      return new Response(null, { status: 401 });
    case 'unreadable':
      return new Response(reading.reason, { status: 422 });
    case 'mail': {
      const received = await inbound.receive(reading.mail, now());
      if (received === 'nobody') return new Response(null, { status: provider === 'postmark' ? 403 : 406 });
      return new Response(null, { status: 200 });
    }
  }
}
