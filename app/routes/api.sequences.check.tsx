/** Whether texts may be published: `{ files: [{ file, text }] }`. Writes nothing. */
import type { ActionFunctionArgs } from '@remix-run/node';
import { z } from 'zod';
import { answerProgram, onlyBy, readAsked, wiredProblems } from '../programs.server.ts';
import { judgeText } from '../sequences/sequences.server.ts';
import { app } from '../wiring.server.ts';

const asked = z.object({
  files: z.array(z.object({ file: z.string().max(500), text: z.string() })).max(100),
});

export const action = ({ request }: ActionFunctionArgs) =>
  answerProgram(request, { scope: 'read', action: 'sequences.checked' }, async (shop) => {
    onlyBy('POST', request);
    const { files } = await readAsked(request, asked);
    const judged = [];
    for (const { file, text } of files) {
      const result = await app().db.inShop(shop.id, (tx) => judgeText(tx, text));
      const problems = result.outcome === 'problems' ? result.problems : result.warnings;
      judged.push({ file, sound: result.outcome === 'sound', problems: wiredProblems(problems) });
    }
    return Response.json({ files: judged });
  });
