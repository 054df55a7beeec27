import type { ActionFunctionArgs } from '@remix-run/node';
import { authenticateAdmin } from '../adapters/shopify/authenticate.server.ts';
import { now } from '../clock.server.ts';
import { installTemplates } from '../messages/messages.server.ts';
import { newMail } from '../sequences/ready/new-mail.ts';
import { app } from '../wiring.server.ts';

/** A mail to be written: in the shop's own language, so that no customer is sent an unwritten translation. */
export async function action({ request }: ActionFunctionArgs) {
  const { shop } = await authenticateAdmin(request);
  const mail = newMail(shop.locale, crypto.randomUUID().slice(0, 8));
  await app().db.inShop(shop.id, (tx) => installTemplates(tx, [mail], now()));
  return { template: mail.key };
}
