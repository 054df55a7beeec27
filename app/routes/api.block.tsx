/** What the block on the thank-you and order-status pages asks and says: app/feedback/block.ts. */
import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node';
import { z } from 'zod';
import { answerBuyer, type Buyer } from '../adapters/shopify/authenticate.server.ts';
import { now } from '../clock.server.ts';
import {
  answer,
  answerInputSchema,
  answerLocks,
  blockView,
  parcelInputSchema,
  redeemInputSchema,
  sharedInputSchema,
  tellParcel,
  tellRedeem,
  tellShared,
  type BlockAsk,
} from '../feedback/feedback.server.ts';
import { readJson, tooOften } from '../limits.server.ts';
import { queryOf } from '../fields.server.ts';
import { app } from '../wiring.server.ts';

const asked = z.object({
  page: answerInputSchema.shape.page,
  order: answerInputSchema.shape.order,
  checkout: answerInputSchema.shape.checkoutToken,
  locale: answerInputSchema.shape.locale.nullable(),
  country: answerInputSchema.shape.country,
  first: z.enum(['true', 'false']).nullable(),
  products: z
    .string()
    .regex(/^\d{1,20}(,\d{1,20}){0,49}$/, 'ids of products with commas between')
    .nullable(),
});

export function loader({ request }: LoaderFunctionArgs) {
  return answerBuyer(request, async (buyer) => {
    const limited = await tooOften(request, 'look', buyer.shop.id);
    if (limited) return limited;
    const query = queryOf(request);
    const names = Object.keys(asked.shape);
    const read = asked.safeParse(Object.fromEntries(names.map((name) => [name, query.get(name) || null])));
    if (!read.success) return wrong(read.error);
    const { checkout: checkoutToken, locale, first, products, ...rest } = read.data;
    const ask = askOf(buyer, {
      ...rest,
      checkoutToken,
      locale: locale ?? buyer.shop.locale,
      ...(first && { isFirst: first === 'true' }),
      ...(products && { products: products.split(',') }),
    });
    return Response.json(
      await app().db.inShopBySql(buyer.shop.id, (tx) => blockView(tx, ask, app().block, now())),
    );
  });
}

export function action({ request }: ActionFunctionArgs) {
  return answerBuyer(request, async (buyer) => {
    if (request.method !== 'POST')
      return new Response(null, { status: 405, headers: { allow: 'GET, POST' } });
    const limited = await tooOften(request, 'answer', buyer.shop.id);
    if (limited) return limited;
    const body = await readJson(request);
    const shared = sharedInputSchema.safeParse(body);
    if (shared.success) {
      const told = askOf(buyer, shared.data);
      await app().db.inShop(buyer.shop.id, (tx) => tellShared(tx, told, app().block, now()));
      return new Response(null, { status: 204 });
    }
    const read = schemaOf(body).safeParse(body);
    if (!read.success) return wrong(read.error);
    const ask = askOf(buyer, read.data);
    const { block, db } = app();
    const said = read.data;
    const inShop = <Result,>(work: (tx: Parameters<typeof tellParcel>[0]) => Promise<Result>) =>
      db.inShop(buyer.shop.id, work);
    const result =
      'parcel' in said
        ? await inShop((tx) => tellParcel(tx, ask, said.parcel, block, now()))
        : 'redeem' in said
          ? await inShop((tx) => tellRedeem(tx, ask, said.redeem, block, now()))
          : await db.inShopBySql(
              buyer.shop.id,
              (tx) => answer(tx, ask, said, block, now()),
              answerLocks(ask),
            );
    switch (result.outcome) {
      case 'saved':
        return Response.json(result.view);
      case 'refused':
        return Response.json({ error: result.problem }, { status: 422 });
    }
  });
}

/** What is said, by what it says. */
function schemaOf(body: unknown) {
  const has = (name: string) =>
    z.object({ [name]: z.unknown() }).safeParse(body).success && name in (body as object);
  if (has('parcel')) return parcelInputSchema;
  return has('redeem') ? redeemInputSchema : answerInputSchema;
}

const askOf = ({ shop, customerId }: Buyer, said: Omit<BlockAsk, 'shop' | 'signedIn'>): BlockAsk => ({
  ...said,
  shop,
  signedIn: customerId,
});

function wrong(error: z.ZodError): Response {
  const [issue] = error.issues;
  const where = issue?.path.join('.');
  return Response.json(
    { error: where ? `${where}: ${issue?.message}` : 'the body is no JSON' },
    { status: 422 },
  );
}
