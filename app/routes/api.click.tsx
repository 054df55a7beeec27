/**
 * The pixel says by which friend's link an order came (extensions/pixel). Anybody may ask, without a token of Shopify's: what
 * is said counts only for the order whose checkout it knows, and only as a click (docs/decisions/0039). The answer tells
 * nothing.
 */
import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node';
import { z } from 'zod';
import { answerAnybody } from '../adapters/shopify/authenticate.server.ts';
import { now } from '../clock.server.ts';
import { readText, storableJson, tooOften } from '../limits.server.ts';
import { CLAIM_BYTES, claimSchema } from '../referrals/claim.ts';
import { tellLinks } from '../referrals/referrals.server.ts';
import { shopById } from '../shops/shops.server.ts';
import { app } from '../wiring.server.ts';

const wrongMethod = () => Promise.resolve(new Response(null, { status: 405, headers: { allow: 'POST' } }));

export const loader = ({ request }: LoaderFunctionArgs) => answerAnybody(request, wrongMethod);

export const action = ({ request }: ActionFunctionArgs) => answerAnybody(request, () => take(request));

async function take(request: Request): Promise<Response> {
  const { db, friends } = app();
  const text = await readText(request, CLAIM_BYTES);
  if (text === null) return new Response(null, { status: request.body ? 413 : 400 });
  const read = claimSchema.safeParse(jsonOf(text));
  if (!read.success) return Response.json({ error: z.prettifyError(read.error) }, { status: 422 });
  const { visit: token, order: orderId, checkout: checkoutToken } = read.data;
  const visit = friends.readVisit(token);
  if (!visit) return new Response(null, { status: 403 });
  const { shopId, code, at: clickedAt } = visit;
  const limited = await tooOften(request, 'claim', shopId);
  if (limited) return limited;
  await db.inShop(shopId, async (tx) => {
    if ((await shopById(tx, shopId))?.status !== 'installed') return;
    await tellLinks(tx, [{ shopId, orderId, checkoutToken, code, clickedAt, by: 'pixel' }], now());
  });
  return new Response(null, { status: 204 });
}

function jsonOf(text: string): unknown {
  try {
    return storableJson(text);
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}
