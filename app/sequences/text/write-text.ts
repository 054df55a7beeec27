/** A sequence as the text of its file: always the same for the same sequence. */
import { Document, isScalar, isSeq, Scalar, visit, type YAMLMap } from 'yaml';
import type { Template } from '../../messages/blocks.ts';
import { templateTextSchema } from '../../messages/blocks.ts';
import { planSchema, type Plan } from '../plan.ts';
import { fieldsOf, formOf } from './form.ts';
import { inReadingOrder } from './reading-order.ts';
import { END, TEXT_FORMAT, type SequenceText } from './text.ts';

/** Lists of words up to this many letters stand on one line. */
const ONE_LINE = 70;

/** The whole file, its last line ended. */
export function writeText({ key, name, pulled, plan, mails }: SequenceText): string {
  const form = {
    everafter: TEXT_FORMAT,
    key,
    name,
    ...(pulled === null ? {} : { pulled }),
    ...planForm(plan),
    ...(mails.length === 0 ? {} : { mails: mailsForm(mails) }),
  };
  const document = new Document(form, { aliasDuplicateObjects: false });
  lay(document);
  return document.toString({ lineWidth: 0, singleQuote: true, flowCollectionPadding: false });
}

function planForm(plan: Plan): object {
  const { steps } = inReadingOrder(plan);
  const { format: _format, start: _start, steps: stepsSchema, ...rest } = planSchema.shape;
  const { exits: exitsSchema, ...before } = rest;
  const forms = (formOf(stepsSchema, steps) as Record<string, unknown>[]).map((form, index) => {
    // What leads to the step below it need not say so.
    const { next, ...others } = form;
    const below = steps[index + 1]?.key ?? END;
    return next === undefined || next === below ? others : { ...others, next };
  });
  const exits = fieldsOf({ exits: exitsSchema }, plan);
  return { ...fieldsOf(before, plan), steps: forms, ...exits };
}

/** By key, then by language. */
function mailsForm(mails: readonly Template[]): object {
  const sorted = mails.toSorted((a, b) => compare(a.key, b.key) || compare(a.locale, b.locale));
  const byKey = Map.groupBy(sorted, (mail) => mail.key);
  const form = [...byKey].map(([key, texts]) => {
    const languages = texts.map(({ locale, text }) => [locale, formOf(templateTextSchema, text)]);
    return [key, Object.fromEntries(languages) as object];
  });
  return Object.fromEntries(form) as object;
}

const compare = (a: string, b: string) => (a < b ? -1 : Number(a > b));

/** How it lies on the page: parts and steps set apart, texts of several lines as they are, short lists on one line. */
function lay(document: Document): void {
  const top = document.contents as YAMLMap<Scalar<string>>;
  for (const { key } of top.items)
    key.spaceBefore = ['trigger', 'steps', 'exits', 'mails'].includes(key.value);
  const steps = document.get('steps');
  if (isSeq<YAMLMap>(steps)) steps.items.forEach((step, index) => (step.spaceBefore = index > 0));
  visit(document, {
    Scalar(_, node) {
      if (typeof node.value === 'string' && node.value.includes('\n')) node.type = Scalar.BLOCK_LITERAL;
    },
    Seq(_, node) {
      const words = node.items.every((item) => isScalar(item) && !String(item.value).includes('\n'));
      node.flow = words && node.toString().length <= ONE_LINE;
    },
  });
}
