/**
 * SHOP/apps/friends/CODE, forwarded by Shopify: what a friend who was sent a link sees. Every code has the same page and
 * takes the same time, so that nothing is learned here of which ones exist; the checkout finds out.
 */
import type { LoaderFunctionArgs } from '@remix-run/node';
import { authenticateProxy } from '../adapters/shopify/authenticate.server.ts';
import { now } from '../clock.server.ts';
import { tooOften } from '../limits.server.ts';
import { errorFields, log } from '../log.server.ts';
import { localeOf } from '../proxyAsk.server.ts';
import { standingOf } from '../referrals/audience.ts';
import { readCode, saidByCode } from '../referrals/codes.ts';
import { listPrograms, noteVisit, todayOf } from '../referrals/referrals.server.ts';
import { isPerson } from '../referrals/visitor.ts';
import { landingResponse } from '../ui/landingPage.ts';
import { app } from '../wiring.server.ts';

export async function loader({ request, params }: LoaderFunctionArgs) {
  const visitor = await authenticateProxy(request);
  if (visitor.outcome === 'refused') return visitor.response;
  const { shop } = visitor;
  const limited = await tooOften(request, 'code', shop.id);
  if (limited) return limited;
  const code = params['code'] ?? '';
  // By what stands in the code alone: nothing is looked up that may or may not be there.
  const { program: number } = saidByCode(readCode(code) ?? '');
  const programs = await app().db.inShop(shop.id, (tx) => listPrograms(tx, shop.id));
  const theirs =
    programs.find((each) => each.number === number) ?? programs.find((each) => each.number === 0);
  const program = theirs && standingOf(theirs, todayOf(shop, now())) === 'live' ? theirs : null;
  const locale = localeOf(request);
  // Not waited for: only codes that exist are written down, and that must not show in the time.
  if (isPerson(request)) {
    app()
      .db.inShop(shop.id, (tx) => noteVisit(tx, shop, code, now()))
      .catch((error: unknown) =>
        log.warn('a visit was not counted', { shopId: shop.id, ...errorFields(error) }),
      );
  }
  const visit = (read: string) => app().friends.visit({ shopId: shop.id, code: read, at: now() });
  return landingResponse({ shop, program, typedCode: code, locale, visit });
}
