import { redirect, type ActionFunctionArgs } from '@remix-run/node';
import { authenticateAdmin } from '../adapters/shopify/authenticate.server.ts';
import { now } from '../clock.server.ts';
import { fieldsOf, idOrMissing } from '../fields.server.ts';
import { pushText } from '../sequences/sequences.server.ts';
import { shownProblems, takenInWords, type TakenIn } from '../ui/sequenceFile.ts';
import { app } from '../wiring.server.ts';

const MISSING = 'There is no such sequence';

/** Takes a file in as a draft: into the sequence at hand, or as a new one. All of it or nothing. */
export async function action({ request }: ActionFunctionArgs): Promise<TakenIn | Response> {
  const { shop } = await authenticateAdmin(request);
  const fields = await fieldsOf(request);
  const [text, id] = [fields.text('text'), fields.text('into')];
  const into = id === '' ? ('new' as const) : { id: idOrMissing(id, MISSING) };
  // Whoever takes it in sees what is there, and is asked before.
  const push = { text, into, publish: null, unless: null, allMails: fields.text('mails') === 'all' };
  const result = await app().db.inShop(shop.id, (tx) => pushText(tx, push, now()));
  switch (result.outcome) {
    case 'problems':
      return { problems: shownProblems(text, result.problems) };
    case 'changed':
      throw new Response(MISSING, { status: 404 });
    case 'pushed':
      return result.isNew
        ? redirect(`/app/sequences/${result.id}`)
        : { toast: takenInWords(result.left, push.allMails ? result.saved : []) };
  }
}
