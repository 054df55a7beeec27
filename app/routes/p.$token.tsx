/** /p/TOKEN: what a customer gets, in which language, when and how often. No log-in: the link is theirs. */
import { redirect, type ActionFunctionArgs, type LoaderFunctionArgs } from '@remix-run/node';
import { now } from '../clock.server.ts';
import { readForm, tooOften } from '../limits.server.ts';
import { preferencePage, savePreferencePage } from '../messages/messages.server.ts';
import { preferencePageResponse, preferencesIn } from '../ui/preferencePage.ts';
import { app } from '../wiring.server.ts';

const missing = () => new Response(null, { status: 404 });

export async function loader({ request, params }: LoaderFunctionArgs) {
  const owner = app().links.readPreferences(params['token'] ?? '');
  if (!owner) return missing();
  const limited = await tooOften(request, 'look', owner.shopId);
  if (limited) return limited;
  const saved = new URL(request.url).searchParams.has('saved');
  return app().db.inShop(owner.shopId, async (tx) => {
    const page = await preferencePage(tx, app().key('suppression'), owner);
    return page ? preferencePageResponse({ ...page, saved, now: now() }) : missing();
  });
}

export async function action({ request, params }: ActionFunctionArgs) {
  const owner = app().links.readPreferences(params['token'] ?? '');
  if (!owner) return missing();
  const limited = await tooOften(request, 'answer', owner.shopId);
  if (limited) return limited;
  const form = await readForm(request);
  if (!form) return new Response(null, { status: 413 });
  return app().db.inShop(owner.shopId, async (tx) => {
    const key = app().key('suppression');
    const page = await preferencePage(tx, key, owner);
    if (!page) return missing();
    await savePreferencePage(tx, key, page, preferencesIn(form, page, now()), now());
    return redirect(`${new URL(request.url).pathname}?saved`, 303);
  });
}
