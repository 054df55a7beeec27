/** What the block on the checkout page asks and says: app/referrals/checkout.ts. */
import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node';
import { z } from 'zod';
import { answerBuyer } from '../adapters/shopify/authenticate.server.ts';
import { now } from '../clock.server.ts';
import { heardFrom, heardQuestion } from '../feedback/feedback.server.ts';
import { readJson, tooOften } from '../limits.server.ts';
import { queryOf } from '../fields.server.ts';
import type { CheckoutView } from '../referrals/checkout.ts';
import { welcomeFor } from '../referrals/referrals.server.ts';
import { app } from '../wiring.server.ts';

export function loader({ request }: LoaderFunctionArgs) {
  return answerBuyer(request, async ({ shop }) => {
    const query = queryOf(request);
    // Whoever names no code learns nothing of any.
    const limited = await tooOften(request, query.get('code') ? 'check' : 'look', shop.id);
    if (limited) return limited;
    const locale = query.get('locale')?.slice(0, 35) || shop.locale;
    const view = await app().db.inShop(shop.id, async (tx): Promise<CheckoutView> => {
      return {
        friend: await welcomeFor(tx, shop, query.get('code') ?? '', locale, now()),
        heard: shop.settings.askHeard ? await heardQuestion(tx, shop, locale) : null,
      };
    });
    return Response.json(view);
  });
}

const heardInput = z.object({
  checkoutToken: z
    .string()
    .regex(/^[\w-]{8,128}$/)
    .nullable(),
  value: z.string().max(40),
  operationId: z.string().regex(/^[\w:.-]{8,100}$/),
  survey: z.object({ id: z.uuid(), version: z.number().int().min(1) }).optional(),
});

export function action({ request }: ActionFunctionArgs) {
  return answerBuyer(request, async ({ shop }) => {
    if (request.method !== 'POST')
      return new Response(null, { status: 405, headers: { allow: 'GET, POST' } });
    const limited = await tooOften(request, 'answer', shop.id);
    if (limited) return limited;
    const read = heardInput.safeParse(await readJson(request));
    if (!read.success) return Response.json({ error: z.prettifyError(read.error) }, { status: 422 });
    const result = await app().db.inShop(shop.id, (tx) => heardFrom(tx, shop, read.data, now()));
    switch (result.outcome) {
      case 'saved':
        return new Response(null, { status: 204 });
      case 'refused':
        return Response.json({ error: result.problem }, { status: 422 });
    }
  });
}
