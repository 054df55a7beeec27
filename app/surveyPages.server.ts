/** The page of a survey for shoppers, behind a personal link and behind one for everybody: the same page, read and answered alike. */
import { redirect } from '@remix-run/node';
import { now } from './clock.server.ts';
import { answerByPage, answerPage, type AnswerPage, type PageLink } from './feedback/feedback.server.ts';
import { readForm, tooOften } from './limits.server.ts';
import { shopById } from './shops/shops.server.ts';
import { answerPageResponse } from './ui/answerPage.ts';
import { answersIn } from './ui/questionFields.ts';
import { app } from './wiring.server.ts';

const missing = () => new Response(null, { status: 404 });

/** Looking answers nothing. `?q=` names the question to show, `?v=` what was pressed in the mail. */
export async function showSurvey(request: Request, link: PageLink | null): Promise<Response> {
  if (!link) return missing();
  const { shopId } = link.link;
  const limited = await tooOften(request, 'look', shopId);
  if (limited) return limited;
  const query = new URL(request.url).searchParams;
  return app().db.inShop(shopId, async (tx) => {
    const shop = await shopById(tx, shopId);
    if (shop?.status !== 'installed') return missing();
    const page = await answerPage(tx, shop, link, query.get('q'), now());
    return answerPageResponse({ shop, page, visit: visitOf(link), chosen: query.get('v') });
  });
}

/** A press saves; then the page goes on to the next question. */
export async function takeSurvey(request: Request, link: PageLink | null): Promise<Response> {
  if (!link) return missing();
  const { shopId } = link.link;
  const limited = await tooOften(request, 'answer', shopId);
  if (limited) return limited;
  const form = await readForm(request);
  return app().db.inShop(shopId, async (tx) => {
    const shop = await shopById(tx, shopId);
    if (shop?.status !== 'installed') return missing();
    const at = form?.get('at') ?? null;
    const page = await answerPage(tx, shop, link, at, now());
    const input = form && page.state === 'ask' ? readPage(page, form, at) : null;
    if (input) {
      const result = await answerByPage(tx, shop, link, input, now());
      if (result.outcome === 'saved') return onTo(request, link, result.next);
    }
    const wrong = input?.answers ?? [];
    return answerPageResponse({ shop, page, visit: visitOf(link), chosen: null, wrong });
  });
}

const readPage = (page: AnswerPage & { state: 'ask' }, form: URLSearchParams, at: string | null) => {
  const version = Number(form.get('version'));
  const variant = form.get('variant');
  return {
    at: at ?? page.questions[0]!.key,
    answers: answersIn(page.questions, form),
    version: Number.isInteger(version) && version > 0 && version < 2 ** 31 ? version : null,
    variant: variant === 'a' || variant === 'b' ? variant : null,
  } as const;
};

const visitOf = (link: PageLink) => (link.to === 'all' ? link.visit : null);

function onTo(request: Request, link: PageLink, next: string): Response {
  const query = new URLSearchParams({ q: next });
  const visit = visitOf(link);
  if (visit) query.set('visit', visit);
  return redirect(`${new URL(request.url).pathname}?${query}`, 303);
}

/** The first language that the browser asks for, where it says one. */
export function preferredLanguage(request: Request): string | null {
  const [first] = (request.headers.get('accept-language') ?? '').split(',');
  const tag = first?.split(';')[0]?.trim() ?? '';
  return /^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$/.test(tag) ? tag : null;
}
