/** The shop's sequences, for its own programs. */
import type { LoaderFunctionArgs } from '@remix-run/node';
import { now } from '../clock.server.ts';
import { answerProgram } from '../programs.server.ts';
import { listSequences } from '../sequences/sequences.server.ts';
import { app } from '../wiring.server.ts';

export const loader = ({ request }: LoaderFunctionArgs) =>
  answerProgram(request, { scope: 'read', action: 'sequences.listed' }, async (shop) => {
    const all = await app().db.inShop(shop.id, (tx) => listSequences(tx, now()));
    const sequences = all.map(({ key, name, on, liveVersion, hasDraft, inside }) => ({
      key,
      name,
      on,
      liveVersion,
      hasDraft,
      inside,
    }));
    return Response.json({ shop: shop.domain, sequences });
  });
