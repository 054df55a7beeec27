/** Texts that a gateway posts. 200 means heard; 404 for a number that no shop has written to stops nothing but this text. */
import type { ActionFunctionArgs } from '@remix-run/node';
import { now } from '../clock.server.ts';
import { hear } from '../conversations/conversations.server.ts';
import { hearText } from '../correspondence/correspondence.server.ts';
import { readText } from '../limits.server.ts';
import { app } from '../wiring.server.ts';

export const loader = () => new Response(null, { status: 405, headers: { allow: 'POST' } });

export async function action({ request }: ActionFunctionArgs) {
  const { readText: read, db, key } = app();
  if (!read) return new Response(null, { status: 404 });
  const body = await readText(request, 64 * 1024);
  if (body === null) return new Response(null, { status: request.body ? 413 : 400 });
  const reading = read((name) => request.headers.get(name), body);
  switch (reading.outcome) {
    case 'forged':
      return new Response(null, { status: 401 });
    case 'unreadable':
      return new Response(reading.reason, { status: 422 });
    case 'text': {
      const heard = await hearText({ db, hear, suppressionKey: key('suppression') }, reading.text, now());
      return new Response(null, { status: heard === 'nobody' ? 404 : 200 });
    }
  }
}
