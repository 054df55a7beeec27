import type { ActionFunctionArgs } from '@remix-run/node';
import { authenticateAdmin } from '../adapters/shopify/authenticate.server.ts';
import { now } from '../clock.server.ts';
import { templateTextSchema } from '../messages/blocks.ts';
import type { MessageClass } from '../messages/message.ts';
import { sendTest } from '../messages/messages.server.ts';
import { checkInWords } from '../ui/checkWords.ts';
import { app } from '../wiring.server.ts';

const CLASSES: readonly MessageClass[] = ['service', 'ask', 'offer'];

/** Sends the mail that is being edited to the member of the staff who edits it. */
export async function action({ request }: ActionFunctionArgs) {
  const { shop } = await authenticateAdmin(request);
  const form = await request.formData();
  const field = (name: string) => String(form.get(name) ?? '');
  const text = templateTextSchema.safeParse(JSON.parse(field('text') || 'null'));
  if (!text.success) return { error: 'This text is not complete yet.' };
  const input = {
    key: field('template'),
    locale: field('locale'),
    text: text.data,
    to: field('to'),
    class: CLASSES.find((name) => name === field('class')) ?? 'ask',
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
