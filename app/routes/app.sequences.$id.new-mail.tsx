import type { ActionFunctionArgs } from '@remix-run/node';
import { authenticateAdmin } from '../adapters/shopify/authenticate.server.ts';
import { now } from '../clock.server.ts';
import { idOrMissing } from '../fields.server.ts';
import { installTemplates } from '../messages/messages.server.ts';
import { newMail } from '../sequences/ready/new-mail.ts';
import { sequenceOf } from '../sequences/sequences.server.ts';
import { app } from '../wiring.server.ts';

const MISSING = 'There is no such sequence';

/** A mail to be written: in the shop's own language, so that no customer is sent an unwritten translation. */
export async function action({ request, params }: ActionFunctionArgs) {
  const { shop } = await authenticateAdmin(request);
  const id = idOrMissing(params['id'], MISSING);
  const mail = newMail(shop.locale, crypto.randomUUID().slice(0, 8));
  await app().db.inShop(shop.id, async (tx) => {
    if (!(await sequenceOf(tx, id))) throw new Response(MISSING, { status: 404 });
    await installTemplates(tx, [mail], now());
  });
  return { template: mail.key };
}
