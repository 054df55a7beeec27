/**
 * Webhooks during development. In production app/web.server.ts calls the same function before Remix, which costs a
 * fraction of a request through the router.
 */
import type { ActionFunctionArgs } from '@remix-run/node';
import { MAX_BODY_BYTES, makeIntake, openInboxPool, type Ingest } from '../adapters/shopify/intake.server.ts';
import { now } from '../clock.server.ts';
import { app, secretsOf } from '../wiring.server.ts';

let ingest: Ingest | undefined;

function intake(): Ingest {
  const { config } = app();
  return (ingest ??= makeIntake({
    pool: openInboxPool(config.DATABASE_URL),
    secrets: secretsOf(config),
    now,
  }));
}

export async function action({ request }: ActionFunctionArgs) {
  if (request.method !== 'POST') return new Response(null, { status: 405, headers: { allow: 'POST' } });
  if (Number(request.headers.get('content-length') ?? 0) > MAX_BODY_BYTES) {
    return new Response(null, { status: 413 });
  }
  const body = Buffer.from(await request.arrayBuffer());
  const { status } = await intake()(body, (name) => request.headers.get(name));
  return new Response(null, { status });
}
