/** Whether what a file says may be published, as far as the file alone can tell: ways, rules, mails. */
import type { Template } from '../../messages/blocks.ts';
import { checkText, type Check } from '../../messages/checks.ts';
import { read } from '../../messages/liquid.ts';
import { beginningProblems } from '../beginnings.ts';
import { parsePlan, templatesIn, type Problem } from '../plan.ts';
import { policyProblems } from '../policy.ts';
import { senseProblems } from '../sense.ts';
import { nearest } from './nearest.ts';
import type { Path, Places } from './places.ts';
import type { SequenceText } from './text.ts';

/** What the shop has beside the file: a mail that the file has is there in the languages of the file alone; null where nobody was asked. */
export interface ShopHas {
  /** Its mails, of which those in the file take the place. */
  mails: readonly Template[];
}

/** Reports everything at its place. @returns whether it may be published */
export function judge(sequence: SequenceText, places: Places, has: ShopHas | null): boolean {
  const parsed = parsePlan(sequence.plan);
  if ('problems' in parsed) for (const problem of parsed.problems) reportOfPlan(problem, places);
  judgeMails(sequence, places, has);
  const mails = [...(has?.mails ?? []).filter((mail) => !isIn(sequence.mails, mail)), ...sequence.mails];
  if ('plan' in parsed) {
    const { plan } = parsed;
    const broken = [...beginningProblems(plan), ...senseProblems(plan), ...policyProblems(plan, mails)];
    for (const problem of broken) reportOfPlan(problem, places);
  }
  return !places.problems.some(({ level }) => level === 'error');
}

const isIn = (mails: readonly Template[], { key }: Pick<Template, 'key'>): boolean =>
  mails.some((mail) => mail.key === key);

/** At the value, at the way that leads wrong, or at the step. */
function reportOfPlan({ step, at, code, detail }: Problem, places: Places): void {
  places.report(at ?? places.pathOfStep(step, detail), code, detail, { step });
}

function judgeMails({ plan, mails }: SequenceText, places: Places, has: ShopHas | null): void {
  const sent = templatesIn(plan);
  const inFile = [...new Set(mails.map(({ key }) => key))];
  for (const key of inFile.filter((each) => !sent.includes(each))) {
    const meant = nearest(key, sent);
    places.report(['mails', key], 'unsent-mail', key, meant ? { meant } : {});
  }
  const known = has && [...inFile, ...has.mails.map(({ key }) => key)];
  plan.steps.forEach((step, index) => {
    if (step.kind !== 'message' || !known || known.includes(step.template)) return;
    const meant = nearest(step.template, known);
    places.report(['steps', index, 'template'], 'no-such-mail', step.template, meant ? { meant } : {});
  });
  for (const { key, locale, text } of mails) {
    for (const check of checkText(text)) reportOfMail(['mails', key, locale], check, places);
  }
}

/** At the line, where one is to blame; at the block, or at the subject. */
export function reportOfMail(path: Path, check: Check, places: Places): void {
  const { level, code, block, detail } = check;
  const texts = block === null ? path : [...path, 'blocks', block];
  const offset = places.offsetIn(texts, (text) => blamed(text, check));
  if (offset !== null) return places.reportAt(offset, code, detail, { level });
  places.report(block === null ? [...path, 'subject'] : texts, code, detail, { level });
}

/** The line of a text, from 0 on, that a check means; null: not this text. */
function blamed(text: string, { code, detail }: Check): number | null {
  if (code === 'unknown-field') {
    const line = text.split('\n').findIndex((each) => each.includes(detail));
    return line < 0 ? null : line;
  }
  if (code !== 'liquid' || read(text).error !== detail) return null;
  return Number(/line:(\d+)/.exec(detail)?.[1] ?? 1) - 1;
}
