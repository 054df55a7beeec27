import type { ActionFunctionArgs } from '@remix-run/node';
import { authenticateAdmin } from '../adapters/shopify/authenticate.server.ts';
import { isUuid } from '../cursor.ts';
import { fieldsOf } from '../fields.server.ts';
import { draftFor, hintsAround } from '../wording/wording.server.ts';
import { app } from '../wiring.server.ts';

/** What to think of while an answer is written, and what might be answered; posted, so that no text stands in an address. */
export async function action({ request }: ActionFunctionArgs) {
  const { shop } = await authenticateAdmin(request);
  const fields = await fieldsOf(request);
  const { db, askForDraft } = app();
  const id = fields.text('conversation');
  const conversationId = isUuid(id) ? id : null;
  const asked = { shopId: shop.id, conversationId, text: fields.text('text').slice(0, 20_000) };
  if (fields.text('intent') !== 'draft') return db.inShop(shop.id, (tx) => hintsAround(tx, asked));
  if (!conversationId) return { draft: { outcome: 'gone' as const } };
  return { draft: await draftFor(db, askForDraft, { shopId: shop.id, conversationId }) };
}
