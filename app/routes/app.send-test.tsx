import type { ActionFunctionArgs } from '@remix-run/node';
import { authenticateAdmin } from '../adapters/shopify/authenticate.server.ts';
import { now } from '../clock.server.ts';
import { fieldsOf } from '../fields.server.ts';
import { templateTextSchema } from '../messages/blocks.ts';
import { sendTest } from '../messages/messages.server.ts';
import { MAIL_LOCALES } from '../shops/settings.ts';
import { checkInWords } from '../ui/checkWords.ts';
import { app } from '../wiring.server.ts';

const CLASSES = ['service', 'ask', 'offer', 'answer'] as const;

/** Sends the mail that is being edited to the member of the staff who edits it. */
export async function action({ request }: ActionFunctionArgs) {
  const { shop } = await authenticateAdmin(request);
  const fields = await fieldsOf(request);
  const text = templateTextSchema.safeParse(fields.json('text'));
  if (!text.success) return { error: 'This text is not complete yet.' };
  const locale = MAIL_LOCALES.find((name) => name === fields.text('locale'));
  if (!locale) throw new Response('There is no such language', { status: 400 });
  const input = {
    key: fields.text('template'),
    locale,
    text: text.data,
    to: fields.text('to'),
    class: CLASSES.find((name) => name === fields.text('class')) ?? 'ask',
  } as const;
  const result = await sendTest(app(), shop.id, input, now());
  switch (result.outcome) {
    case 'sent':
      return { toast: `On its way to ${input.to}` };
    case 'refused': {
      const check = result.checks.find(({ level }) => level === 'error');
      return { error: check ? checkInWords(check) : 'This is not an address that mails can be sent to.' };
    }
    case 'unavailable':
      return { error: 'The mail server does not answer at the moment. Try again in a minute.' };
  }
}
