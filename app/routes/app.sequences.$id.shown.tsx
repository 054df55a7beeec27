import type { LoaderFunctionArgs } from '@remix-run/node';
import { authenticateAdmin } from '../adapters/shopify/authenticate.server.ts';
import { now } from '../clock.server.ts';
import { idOrMissing, queryOf } from '../fields.server.ts';
import type { MessageClass } from '../messages/message.ts';
import { preview } from '../messages/messages.server.ts';
import { MAIL_LOCALES } from '../shops/settings.ts';
import { app } from '../wiring.server.ts';

export { afterDeeds as shouldRevalidate } from '../ui/revalidation.ts';

const CLASSES: readonly MessageClass[] = ['service', 'ask', 'offer'];

/** The mail of a step as one customer, or an invented one, would get it. */
export async function loader({ request }: LoaderFunctionArgs) {
  const { shop } = await authenticateAdmin(request);
  const query = queryOf(request);
  const customer = query.get('customer');
  const input = {
    key: query.get('template') ?? '',
    locale: MAIL_LOCALES.find((name) => name === query.get('locale')) ?? 'en',
    class: CLASSES.find((name) => name === query.get('kind')) ?? 'ask',
    ...(customer ? { customerId: idOrMissing(customer, 'There is no such customer') } : {}),
  };
  const shown = await app().db.inShop(shop.id, (tx) => preview(tx, app().source, input, now()));
  return { shown };
}
