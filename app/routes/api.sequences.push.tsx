/** Takes a text in, all of it or nothing. `{ text, publish?: 'stay' | 'move', over?, force? }` */
import type { ActionFunctionArgs } from '@remix-run/node';
import { z } from 'zod';
import { now } from '../clock.server.ts';
import { answerProgram, onlyBy, readAsked, refused, wiredProblems } from '../programs.server.ts';
import { pushText } from '../sequences/sequences.server.ts';
import { changedInWords } from '../ui/textWords.ts';
import { app } from '../wiring.server.ts';

const asked = z.object({
  text: z.string(),
  publish: z.enum(['stay', 'move']).nullable().default(null),
  /** The text that is being replaced, where no stamp says so. */
  over: z.string().nullable().default(null),
  force: z.boolean().default(false),
});

export const action = ({ request }: ActionFunctionArgs) =>
  answerProgram(request, { scope: 'write', action: 'sequence.pushed' }, async (shop) => {
    onlyBy('PUT', request);
    const { text, publish, over, force } = await readAsked(request, asked);
    const changed =
      over === null ? ({ changed: 'pulled' } as const) : ({ changed: 'over', text: over } as const);
    const push = { text, publish, into: 'named', unless: force ? null : changed } as const;
    const result = await app().db.inShop(shop.id, (tx) => pushText(tx, push, now()));
    switch (result.outcome) {
      case 'pushed':
        return Response.json({ ...result, warnings: wiredProblems(result.warnings) });
      case 'problems':
        return refused(result.problems);
      case 'changed':
        return Response.json({ ...result, error: changedInWords(result) }, { status: 409 });
    }
  });
