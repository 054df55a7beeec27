import type { ActionFunctionArgs } from '@remix-run/node';
import { authenticateAdmin } from '../adapters/shopify/authenticate.server.ts';
import { now } from '../clock.server.ts';
import { exampleCustomer } from '../customers/customers.server.ts';
import { fieldsOf } from '../fields.server.ts';
import { preview } from '../messages/messages.server.ts';
import { app } from '../wiring.server.ts';
import { kindOfText, mustBeThere, writtenMail } from '../writtenMail.server.ts';

/** A mail that is being written, as one customer would see it. Writes nothing. */
export async function action({ request }: ActionFunctionArgs) {
  const { shop } = await authenticateAdmin(request);
  const fields = await fieldsOf(request);
  const written = writtenMail(fields, fields.text('template'));
  if ('problems' in written) return Response.json(written, { status: 422 });
  return app().db.inShop(shop.id, async (tx) => {
    await mustBeThere(tx, written.key);
    const kind = await kindOfText(tx, written.key);
    const person = await exampleCustomer(tx, shop.id, fields.text('customer'));
    const input = { ...written, class: kind, ...(person ? { customerId: person.id } : {}) };
    return Response.json({ shown: await preview(tx, app().source, input, now()) });
  });
}
