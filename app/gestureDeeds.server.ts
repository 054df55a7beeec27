/** What a merchant does with gestures: read from its form, done through the door, answered in words. */
import { z } from 'zod';
import type { ShopTx } from './db.server.ts';
import { idOrMissing, unknownIntent, type Fields } from './fields.server.ts';
import { finishByHand, giveByHand, planSurprise, tickTask, withdraw } from './gestures/gestures.server.ts';
import { presentSchema } from './gestures/settings.ts';
import type { Shop } from './shops/shop.ts';
import { refusalInWords } from './ui/gestures/words.ts';

export interface GestureAnswer {
  toast?: string;
  saved?: boolean;
  /** Why it was not given. */
  refused?: string;
  errors?: Record<string, string>;
}

interface Deed {
  shop: Shop;
  staff: bigint;
  fields: Fields;
}

const planSchema = z.object({
  plan: z.string().trim().min(1, 'Say what is to happen').max(2000),
  tasks: z
    .string()
    .max(2000)
    .transform((text) => text.split('\n').flatMap((line) => line.trim() || []))
    .pipe(z.array(z.string().max(200, 'A task is at most 200 letters long')).max(10, 'Ten tasks at most')),
  amount: z
    .number({ error: 'Write an amount, such as 80; 0 where it costs nothing' })
    .int()
    .min(0)
    .max(1_000_000_000),
});

/** By field; the first of each. */
const errorsOf = (error: z.ZodError): Record<string, string> =>
  Object.fromEntries(error.issues.toReversed().map(({ path, message }) => [String(path[0]), message]));

/** On the page of the one big surprise. */
export async function surpriseDeed(
  tx: ShopTx,
  { shop, staff, fields }: Deed,
  now: Date,
): Promise<GestureAnswer> {
  const id = () => idOrMissing(fields.text('id'), 'There is no such surprise');
  switch (fields.text('intent')) {
    case 'plan': {
      const parsed = planSchema.safeParse(fields.json('plan'));
      if (!parsed.success) return { errors: errorsOf(parsed.error) };
      const customerId = idOrMissing(fields.text('customer'), 'There is no such customer');
      const given = await planSurprise(tx, shop, { ...parsed.data, customerId, staff }, now);
      if (given.outcome === 'given') return { toast: 'Planned', saved: true };
      if (given.outcome === 'busy') return { refused: 'Another surprise is under way. One at a time.' };
      return { refused: refusalInWords(given.why, { currency: shop.currency, zone: shop.timeZone }) };
    }
    case 'tick': {
      const place = Number(fields.text('place') || 'x');
      if (!Number.isInteger(place) || place < 0 || place > 9) return { toast: 'There is no such task' };
      return (await tickTask(tx, { id: id(), place }, now)) ? {} : { toast: 'It was done already' };
    }
    case 'done': {
      const happened = fields.text('happened').trim().slice(0, 2000);
      if (happened === '') return { errors: { happened: 'Say in a sentence what happened' } };
      const done = await finishByHand(tx, { id: id(), staff, happened }, now);
      return { toast: done ? 'Well done' : 'It was over already' };
    }
    case 'drop': {
      const dropped = await withdraw(tx, { id: id(), staff }, now);
      return { toast: dropped ? 'Dropped; its money is in the purse again' : 'It was over already' };
    }
    default:
      return unknownIntent();
  }
}

/** On a customer's page, and from Shopify's. */
export async function handDeed(
  tx: ShopTx,
  { shop, staff, fields, customerId }: Deed & { customerId: string },
  now: Date,
): Promise<GestureAnswer> {
  const parsed = presentSchema.safeParse(fields.json('present'));
  if (!parsed.success) return { errors: errorsOf(parsed.error) };
  const note = fields.text('note').trim().slice(0, 1000);
  const aboutProblem = fields.text('about') === 'problem';
  const hand = { customerId, present: parsed.data, note, aboutProblem, staff };
  const given = await giveByHand(tx, shop, hand, now);
  if (given.outcome === 'refused') {
    return { refused: refusalInWords(given.why, { currency: shop.currency, zone: shop.timeZone }) };
  }
  return { toast: given.state === 'to-do' ? 'It is among the things to do' : 'Given', saved: true };
}
