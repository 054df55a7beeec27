/** A piece of a file of reviews, in order: ?n=0, 1, 2… */
import type { ActionFunctionArgs } from '@remix-run/node';
import { authenticateAdmin } from '../adapters/shopify/authenticate.server.ts';
import { idOrMissing, queryOf } from '../fields.server.ts';
import { readBytes } from '../limits.server.ts';
import { PIECE_BYTES } from '../reviews/import/columns.ts';
import { receivePiece } from '../reviews/reviews.server.ts';
import { app } from '../wiring.server.ts';

export async function action({ request, params }: ActionFunctionArgs) {
  const { shop } = await authenticateAdmin(request);
  const id = idOrMissing(params['id'], 'There is no such file');
  const n = Number(queryOf(request).get('n'));
  const body = await readBytes(request, PIECE_BYTES);
  if (!body || !Number.isInteger(n) || n < 0)
    return Response.json({ problem: 'no piece of a file' }, { status: 400 });
  const kept = await app().db.inShop(shop.id, (tx) => receivePiece(tx, { id, n, body }));
  if (kept.outcome === 'missing') return Response.json({ problem: 'There is no such file' }, { status: 404 });
  if (kept.outcome === 'wrong') return Response.json({ problem: 'not the next piece' }, { status: 409 });
  return Response.json({ received: kept.received });
}
