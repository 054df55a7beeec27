/** What a text would change: beside what the shop has, and for those inside. `{ text }`. Writes nothing. */
import type { ActionFunctionArgs } from '@remix-run/node';
import { z } from 'zod';
import { now } from '../clock.server.ts';
import { answerProgram, onlyBy, readAsked, refused } from '../programs.server.ts';
import { compareText } from '../sequences/sequences.server.ts';
import { app } from '../wiring.server.ts';

const asked = z.object({ text: z.string() });

export const action = ({ request }: ActionFunctionArgs) =>
  answerProgram(request, { scope: 'read', action: 'sequence.compared' }, async (shop) => {
    onlyBy('POST', request);
    const { text } = await readAsked(request, asked);
    const compared = await app().db.inShop(shop.id, (tx) => compareText(tx, text, now()));
    return compared.outcome === 'problems' ? refused(compared.problems) : Response.json(compared);
  });
