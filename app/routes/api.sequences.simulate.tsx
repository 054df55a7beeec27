/** Tries a text on the shop's past, without saving it: `{ text }`. An older try of the shop is given up. */
import type { ActionFunctionArgs } from '@remix-run/node';
import { z } from 'zod';
import { now } from '../clock.server.ts';
import { answerProgram, onlyBy, readAsked, refused } from '../programs.server.ts';
import { simulateText } from '../sequences/sequences.server.ts';
import { app } from '../wiring.server.ts';

const asked = z.object({ text: z.string() });

export const action = ({ request }: ActionFunctionArgs) =>
  answerProgram(request, { scope: 'read', action: 'sequence.tried' }, async (shop) => {
    onlyBy('POST', request);
    const { text } = await readAsked(request, asked);
    const { db, queue } = app();
    const result = await db.inShop(shop.id, (tx) =>
      simulateText(
        tx,
        text,
        (inTx, payload) => queue.enqueue(inTx, 'sequences.simulate', payload, payload.simulationId),
        now(),
      ),
    );
    switch (result.outcome) {
      case 'asked':
        return Response.json(result, { status: 202 });
      case 'problems':
        return refused(result.problems);
      case 'unknown':
        return Response.json(
          { error: 'The shop has no such sequence yet. Push it as a draft first.' },
          { status: 404 },
        );
    }
  });
