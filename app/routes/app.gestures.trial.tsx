import type { ActionFunctionArgs } from '@remix-run/node';
import { authenticateAdmin } from '../adapters/shopify/authenticate.server.ts';
import { now } from '../clock.server.ts';
import { fieldsOf } from '../fields.server.ts';
import { tryLastMonth } from '../gestures/gestures.server.ts';
import { parseGestureSettings, parseMonthly } from '../gestures/settings.ts';
import { app } from '../wiring.server.ts';

/** What occasions as they are typed would have come to; null while they cannot be understood. */
export async function action({ request }: ActionFunctionArgs) {
  const { shop } = await authenticateAdmin(request);
  const fields = await fieldsOf(request);
  const of = fields.text('wanted');
  const wanted = fields.json('wanted') as { settings?: unknown; monthly?: unknown } | null;
  const [parsed, monthly] = [parseGestureSettings(wanted?.settings), parseMonthly(wanted?.monthly)];
  if ('problems' in parsed || 'problems' in monthly) return { of, trial: null };
  const ask = { settings: parsed.settings, budget: monthly.monthly };
  return { of, trial: await app().db.inShop(shop.id, (tx) => tryLastMonth(tx, shop, ask, now())) };
}
