/** /a/TOKEN: a survey for the one it was sent to, with what was clicked in the mail. Looking answers nothing; a press does. */
import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node';
import type { PageLink } from '../feedback/feedback.server.ts';
import { showSurvey, takeSurvey } from '../surveyPages.server.ts';
import { app } from '../wiring.server.ts';

function linkOf(token: string | undefined): PageLink | null {
  const link = app().asks.readAnswer(token ?? '');
  return link && { to: 'one', link };
}

export const loader = ({ request, params }: LoaderFunctionArgs) =>
  showSurvey(request, linkOf(params['token']));

export const action = ({ request, params }: ActionFunctionArgs) =>
  takeSurvey(request, linkOf(params['token']));
