/** /a/TOKEN: the answer that was clicked in a mail. Looking answers nothing; a press does. */
import { redirect, type ActionFunctionArgs, type LoaderFunctionArgs } from '@remix-run/node';
import { now } from '../clock.server.ts';
import { answerByMail, answerPage, type AnswerPage } from '../feedback/feedback.server.ts';
import { readForm, tooOften } from '../limits.server.ts';
import { shopById } from '../shops/shops.server.ts';
import { answerPageResponse } from '../ui/answerPage.ts';
import { answersIn } from '../ui/questionFields.ts';
import { app } from '../wiring.server.ts';

const missing = () => new Response(null, { status: 404 });

export async function loader({ request, params }: LoaderFunctionArgs) {
  const link = app().asks.readAnswer(params['token'] ?? '');
  if (!link) return missing();
  const limited = await tooOften(request, 'look', link.shopId);
  if (limited) return limited;
  const query = new URL(request.url).searchParams;
  return app().db.inShop(link.shopId, async (tx) => {
    const shop = await shopById(tx, link.shopId);
    if (shop?.status !== 'installed') return missing();
    const page = await answerPage(tx, shop, link, now());
    return answerPageResponse({ shop, page, chosen: query.get('v'), changing: query.has('change') });
  });
}

export async function action({ request, params }: ActionFunctionArgs) {
  const link = app().asks.readAnswer(params['token'] ?? '');
  if (!link) return missing();
  const limited = await tooOften(request, 'answer', link.shopId);
  if (limited) return limited;
  const form = await readForm(request);
  return app().db.inShop(link.shopId, async (tx) => {
    const shop = await shopById(tx, link.shopId);
    if (shop?.status !== 'installed') return missing();
    const page = await answerPage(tx, shop, link, now());
    const said = form && answersIn(questionsOn(page), form);
    if (said && said.length > 0) {
      const result = await answerByMail(tx, shop, link, said, now());
      if (result.outcome === 'saved') return redirect(new URL(request.url).pathname, 303);
    }
    return answerPageResponse({ shop, page, chosen: null, wrong: true });
  });
}

function questionsOn(page: AnswerPage) {
  if (page.state === 'gone') return [];
  return page.state === 'ask' ? [page.question] : [page.question, ...page.followUps];
}
