/** SHOP/apps/friends/ask?product=ID, forwarded by Shopify: the page that takes questions, whole without script. */
import { redirect, type ActionFunctionArgs, type LoaderFunctionArgs } from '@remix-run/node';
import { authenticateProxy, type Visitor } from '../adapters/shopify/authenticate.server.ts';
import { now } from '../clock.server.ts';
import { customerByShopifyId } from '../customers/customers.server.ts';
import { queryOf } from '../fields.server.ts';
import { readForm, tooOften } from '../limits.server.ts';
import { localeOf, productIn } from '../proxyAsk.server.ts';
import { tellQuestion } from '../questionDeeds.server.ts';
import { shownName } from '../reviews/review.ts';
import { askedProduct, hasBought, shownQuestions } from '../reviews/reviews.server.ts';
import { questionPageResponse, type QuestionPage } from '../ui/questionPage.ts';
import { app } from '../wiring.server.ts';

const missing = () => new Response(null, { status: 404 });
const TOLD = ['asked', 'held', 'answered', 'answerHeld'] as const;

type Shown = Pick<QuestionPage, 'told' | 'problem' | 'typed'>;

export async function loader({ request }: LoaderFunctionArgs) {
  const visitor = await authenticateProxy(request);
  if (visitor.outcome === 'refused') return visitor.response;
  const limited = await tooOften(request, 'look', visitor.shop.id);
  if (limited) return limited;
  const told = TOLD.find((name) => queryOf(request).get('told') === name) ?? null;
  return show(request, visitor, { told, problem: null, typed: null });
}

export async function action({ request }: ActionFunctionArgs) {
  const visitor = await authenticateProxy(request);
  if (visitor.outcome === 'refused') return visitor.response;
  const limited = await tooOften(request, 'ask', visitor.shop.id);
  if (limited) return limited;
  const productId = productIn(queryOf(request));
  if (productId === null) return missing();
  const form = await readForm(request);
  const told = await tellQuestion(visitor, productId, form, localeOf(request));
  if ('missing' in told) return missing();
  if ('problem' in told) return show(request, visitor, { told: null, problem: told.problem, typed: form });
  const query = new URLSearchParams({ product: String(productId), told: told.told });
  return redirect(`${visitor.pathPrefix}/ask?${query}`, 303);
}

async function show(request: Request, visitor: Visitor, shown: Shown): Promise<Response> {
  const { shop, customerId, pathPrefix } = visitor;
  const query = queryOf(request);
  const productId = productIn(query);
  if (productId === null) return missing();
  return app().db.inShop(shop.id, async (tx) => {
    const product = await askedProduct(tx, shop.id, productId);
    if (!product) return missing();
    const { questions, next } = await shownQuestions(tx, {
      shopId: shop.id,
      productId,
      after: query.get('after'),
    });
    const customer = customerId ? await customerByShopifyId(tx, shop.id, customerId) : null;
    const asker = customer && {
      email: customer.email,
      name: shownName(customer.firstName, customer.lastName),
      owns: await hasBought(tx, { shopId: shop.id, customerId: customer.id, productId }),
    };
    const more = next && new URLSearchParams({ product: String(productId), after: next });
    const form = { shopId: shop.id, productId, shopifyCustomerId: customerId, shownAt: now() };
    return questionPageResponse({
      ...shown,
      shop,
      product,
      questions,
      asker,
      locale: localeOf(request),
      next: more && `${pathPrefix}/ask?${more}`,
      token: app().reviewLinks.asking(form),
    });
  });
}
