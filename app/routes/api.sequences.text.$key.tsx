/** A sequence as text: what is live, or with `?of=draft` what is drawn. */
import type { LoaderFunctionArgs } from '@remix-run/node';
import { queryOf } from '../fields.server.ts';
import { withoutNul } from '../limits.server.ts';
import { answerProgram } from '../programs.server.ts';
import { exportText } from '../sequences/sequences.server.ts';
import { app } from '../wiring.server.ts';

export const loader = ({ request, params }: LoaderFunctionArgs) =>
  answerProgram(request, { scope: 'read', action: 'sequence.exported' }, async (shop) => {
    const key = withoutNul(params['key'] ?? '');
    const of = queryOf(request).get('of') === 'draft' ? 'draft' : 'live';
    const found = await app().db.inShop(shop.id, (tx) => exportText(tx, { key }, of));
    if (!found) return Response.json({ error: 'There is no such sequence.' }, { status: 404 });
    return new Response(found.text, { headers: { 'content-type': 'application/yaml; charset=utf-8' } });
  });
