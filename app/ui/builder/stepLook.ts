/** How a step is shown: what it does, who stands there, what came of it, and when one customer would come to it. */
import { useFetcher } from '@remix-run/react';
import { useEffect } from 'react';
import type { Plan, Problem } from '../../sequences/plan.ts';
import type { Step } from '../../sequences/steps.ts';
import { unansweredAt } from '../../sequences/wishes.ts';
import { unansweredInWords } from '../audienceWords.ts';
import { moment } from '../format.ts';
import { stepInWords, subjectInWords, triggerInWords } from '../planSentences.ts';
import type { BuilderShop, StepLook } from './builderContext.ts';
import { planTold, stepTold, stepToldInFull, type PlanTold } from './figureWords.ts';
import type { Seen } from './LookAhead.tsx';

/** Fetched when the plan is drawn already: it counts what thousands have done. */
export function useFigures({ sequenceId, isLive }: BuilderShop): PlanTold | null {
  const { load, data } = useFetcher<{ figures: PlanTold }>();
  useEffect(() => {
    if (isLive) load(`/app/sequences/${sequenceId}/figures`);
  }, [load, sequenceId, isLive]);
  return data?.figures ?? null;
}

interface Looking {
  plan: Plan;
  inside: ReadonlyMap<string, number>;
  problems: readonly Problem[];
  seen: Seen | null;
  shop: BuilderShop;
  told: PlanTold | null;
}

/** @param key of a step; null: what sets the plan off */
export function lookAt(key: string | null, { plan, inside, problems, seen, shop, told }: Looking): StepLook {
  const step = plan.steps.find((each) => each.key === key);
  const foreseen = seen?.steps.find((each) => each.key === key);
  const words = step
    ? wordsOf(step, shop)
    : { title: triggerInWords(plan.trigger), note: 'What sets it off' };
  const at = (when: string) => moment(when, { locale: 'en', timeZone: shop.zone, now: seen!.startAt });
  const waits = foreseen?.until && foreseen.until > foreseen.at ? ` until ${at(foreseen.until)}` : '';
  const here = inside.get(key ?? '') ?? 0;
  const mine = key === null ? undefined : told?.steps[key];
  return {
    ...words,
    inside: here,
    problems: key === null ? [] : problems.filter((problem) => problem.step === key),
    troubles: unansweredAt(plan, shop.unanswered)
      .filter(({ step: at }) => at === key)
      .map(({ told: each }) => unansweredInWords(each)),
    lit: key === null ? seen !== null : foreseen !== undefined,
    when: foreseen ? `${at(foreseen.at)}${waits}` : null,
    told: toldOf(step, told) || (shop.isLive ? LINE : ''),
    toldInFull: step && mine ? stepToldInFull(step, mine, here) : [],
    ways: mine?.ways ?? null,
  };
}

/** Keeps the place of a line. */
const LINE = '\u00a0';

function toldOf(step: Step | undefined, told: PlanTold | null): string {
  if (!told) return '';
  return step ? stepTold(step, told.steps[step.key]) : planTold(told);
}

/** A mail is known by its subject. */
function wordsOf(step: Step, { subjects }: BuilderShop): { title: string; note: string } {
  const words = stepInWords(step);
  if (step.kind !== 'message') return words;
  const texts = subjects.filter((each) => each.key === step.template);
  const { subject } = texts.find(({ locale }) => locale === 'en') ?? texts[0] ?? { subject: '' };
  return subject ? { ...words, title: `Send “${subjectInWords(subject)}”` } : words;
}
