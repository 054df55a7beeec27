/** Pictures for mails: leave to send one in, and that it stays. */
import type { ActionFunctionArgs } from '@remix-run/node';
import { authenticateAdmin } from '../adapters/shopify/authenticate.server.ts';
import { now } from '../clock.server.ts';
import { fieldsOf, idOrMissing, unknownIntent } from '../fields.server.ts';
import { keepFiles } from '../files/files.server.ts';
import { app } from '../wiring.server.ts';

const MISSING = 'There is no such picture';

export async function action({ request }: ActionFunctionArgs) {
  const { shop } = await authenticateAdmin(request);
  const fields = await fieldsOf(request);
  const who = { shopId: shop.id, purpose: 'mail', customerId: null } as const;
  switch (fields.text('intent')) {
    case 'token':
      return Response.json({ token: app().uploads.sign(who, now()) });
    case 'keep': {
      const id = idOrMissing(fields.text('file'), MISSING);
      // For good: a mail that was sent shows it for years.
      const kept = await app().db.inShop(shop.id, (tx) => keepFiles(tx, who, [id], 'mail'));
      if (kept.length === 0) throw new Response(MISSING, { status: 404 });
      return Response.json({ kept: id });
    }
    default:
      return unknownIntent();
  }
}
