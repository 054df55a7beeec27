/** Whether a page was opened by a person: previews of messengers, crawlers and what a browser fetches ahead are none. */
import { isbot } from 'isbot';

/** What chats show of a link, and what looks at it for the mail's reader before they do; not all call themselves bots. */
const PREVIEWS =
  /whatsapp|telegram|facebookexternalhit|facebot|slack|discord|skypeuripreview|linkedin|pinterest|snapchat|viber|line-poker|iframely|embedly|safelinks|mimecast|proofpoint|barracuda|urlscan|virustotal|preview/i;

/**
 * A guess by what a visitor says of itself: a scanner that poses as a browser passes for a person.
 * @param ask method and headers, as the landing page is asked for
 */
export function isPerson({ method, headers }: Pick<Request, 'method' | 'headers'>): boolean {
  if (method !== 'GET') return false;
  const ahead = ['sec-purpose', 'purpose', 'x-purpose', 'x-moz'].map((name) => headers.get(name) ?? '');
  if (ahead.some((value) => /prefetch|prerender|preview/i.test(value))) return false;
  const agent = headers.get('user-agent') ?? '';
  // A chat's own browser names its chat too; a preview does not accept pages as a person's browser does.
  const isBrowser = /^Mozilla\/5\.0 .*(?:Safari|Firefox)\//.test(agent) && headers.has('accept-language');
  if (agent === '' || (isbot(agent) && !/HeadlessChrome/.test(agent))) return false;
  return isBrowser || !PREVIEWS.test(agent);
}
