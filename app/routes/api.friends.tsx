/** What the page of friends in the customer account shows: app/referrals/advocate.ts. */
import type { LoaderFunctionArgs } from '@remix-run/node';
import { answerBuyer } from '../adapters/shopify/authenticate.server.ts';
import { now } from '../clock.server.ts';
import { customerByShopifyId } from '../customers/customers.server.ts';
import { queryOf } from '../fields.server.ts';
import { tooOften } from '../limits.server.ts';
import type { AdvocateView } from '../referrals/advocate.ts';
import { advocateOf } from '../referrals/referrals.server.ts';
import { advocateView } from '../ui/advocateView.ts';
import { app } from '../wiring.server.ts';

/** `null` for whoever is not signed in, or not known yet: they have nothing here. */
export function loader({ request }: LoaderFunctionArgs) {
  return answerBuyer(request, async ({ shop, customerId }) => {
    const limited = await tooOften(request, 'look', shop.id);
    if (limited) return limited;
    if (customerId === null) return Response.json(null);
    const found = await app().db.inShop(shop.id, async (tx) => {
      const customer = await customerByShopifyId(tx, shop.id, customerId);
      const advocate = customer && (await advocateOf(tx, shop, customer.id, now()));
      return advocate ? { advocate, customerId: customer.id } : null;
    });
    if (!found) return Response.json(null);
    const wish = queryOf(request).get('locale')?.slice(0, 35) || null;
    const about = { shopId: shop.id, customerId: found.customerId, orderId: null, productId: null };
    const storyUrl = app().stories.story(about);
    return Response.json({ ...advocateView(found.advocate, wish), storyUrl } satisfies AdvocateView);
  });
}
