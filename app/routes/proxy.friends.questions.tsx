/** SHOP/apps/friends/questions?product=ID, forwarded by Shopify: questions and answers, for the block of the theme; posted to it, one is asked. */
import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node';
import { authenticateProxy } from '../adapters/shopify/authenticate.server.ts';
import { isRecord, productIn } from '../proxyAsk.server.ts';
import { queryOf } from '../fields.server.ts';
import { readJson, tooOften } from '../limits.server.ts';
import { askAs, sentQuestion } from '../questionDeeds.server.ts';
import { shownQuestions } from '../reviews/reviews.server.ts';
import { app } from '../wiring.server.ts';

const noProduct = () => Response.json({ error: 'product: an id of digits' }, { status: 400 });

export async function loader({ request }: LoaderFunctionArgs) {
  const visitor = await authenticateProxy(request);
  if (visitor.outcome === 'refused') return visitor.response;
  const { shop } = visitor;
  const limited = await tooOften(request, 'look', shop.id);
  if (limited) return limited;
  const query = queryOf(request);
  const productId = productIn(query);
  if (productId === null) return noProduct();
  const ask = { shopId: shop.id, productId, after: query.get('after') };
  const page = await app().db.inShop(shop.id, (tx) => shownQuestions(tx, ask));
  return Response.json(page, {
    headers: { 'cache-control': 'public, max-age=60', 'x-content-type-options': 'nosniff' },
  });
}

/** JSON only, which no page of another site can send unasked. */
export async function action({ request }: ActionFunctionArgs) {
  const visitor = await authenticateProxy(request);
  if (visitor.outcome === 'refused') return visitor.response;
  const limited = await tooOften(request, 'ask', visitor.shop.id);
  if (limited) return limited;
  const query = queryOf(request);
  const productId = productIn(query);
  if (productId === null) return noProduct();
  const isJson = request.headers.get('content-type')?.startsWith('application/json') ?? false;
  const body = isJson ? await readJson(request, 16 * 1024) : null;
  if (!isRecord(body)) return Response.json({ problem: 'form' }, { status: 400 });
  const get = (name: string) => (typeof body[name] === 'string' ? body[name] : '');
  const locale = get('locale') || null;
  const told = await askAs(visitor, { ...sentQuestion(get), productId, locale });
  if ('missing' in told) return noProduct();
  return Response.json(told, { status: 'problem' in told ? 422 : 200 });
}
