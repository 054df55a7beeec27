/** How far the try of a sequence has come, and what it came to. */
import type { LoaderFunctionArgs } from '@remix-run/node';
import { withoutNul } from '../limits.server.ts';
import { answerProgram } from '../programs.server.ts';
import { simulationOfText } from '../sequences/sequences.server.ts';
import { app } from '../wiring.server.ts';

export const loader = ({ request, params }: LoaderFunctionArgs) =>
  answerProgram(request, { scope: 'read', action: 'sequence.tried' }, async (shop) => {
    const key = withoutNul(params['key'] ?? '');
    const simulation = await app().db.inShop(shop.id, (tx) => simulationOfText(tx, key));
    if (!simulation) return Response.json({ error: 'Nothing is being tried.' }, { status: 404 });
    const { id, state, progress, report } = simulation;
    return Response.json({ id, state, progress, report });
  });
