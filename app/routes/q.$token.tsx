/** /q/TOKEN: a survey for whoever has the link. */
import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node';
import type { PageLink } from '../feedback/feedback.server.ts';
import { isUuid } from '../cursor.ts';
import { preferredLanguage, showSurvey, takeSurvey } from '../surveyPages.server.ts';
import { app } from '../wiring.server.ts';

/** Each visit answers once, under an id of its own. */
function linkOf(request: Request, token: string | undefined): PageLink | null {
  const link = app().asks.readSurvey(token ?? '');
  const visit = new URL(request.url).searchParams.get('visit');
  const locale = preferredLanguage(request);
  return link && { to: 'all', link, visit: visit && isUuid(visit) ? visit : crypto.randomUUID(), locale };
}

export const loader = ({ request, params }: LoaderFunctionArgs) =>
  showSurvey(request, linkOf(request, params['token']));

export const action = ({ request, params }: ActionFunctionArgs) =>
  takeSurvey(request, linkOf(request, params['token']));
