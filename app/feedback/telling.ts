/** What Shopify is told of an answer: tags and a metafield where the merchant chose so, and Flow. */
import { namedBy, valuesOf, type Question, type Value } from './question.ts';
import type { Answers, Survey } from './survey.ts';
import { labelOf, sayFor } from './survey-view.ts';

/** Tags of one question: those that hold now, and those of other answers, which do not. */
interface TagChange {
  add: string[];
  remove: string[];
}

/** Of 0…10 as the measure names them; anything else by its value, which outlives every wording. */
const wordFor = (question: Question, value: number | string): string =>
  question.kind !== 'nps'
    ? String(value)
    : Number(value) <= 6
      ? 'detractor'
      : Number(value) <= 8
        ? 'passive'
        : 'promoter';

/** `heard:friend`; null where the merchant wants none. An answer that is gone takes its tag with it. */
function tagsFor(question: Question, value: Value | undefined): TagChange | null {
  const { tag } = question.keep;
  if (tag === '') return null;
  const tagOf = (one: number | string) => `${tag}:${wordFor(question, one)}`;
  const add = [...new Set((value === undefined ? [] : namedBy(question, value)).map(tagOf))];
  const remove = [...new Set(valuesOf(question).map(tagOf))].filter((one) => !add.includes(one));
  return { add, remove };
}

/** In the shop's own language; null where the merchant wants none, or nothing was said. */
function metafieldFor(
  question: Question,
  value: Value | undefined,
  locale: string,
): { namespace: string; key: string; value: string } | null {
  const [namespace, key] = question.keep.metafield.split('.');
  if (!namespace || !key || value === undefined) return null;
  const text =
    typeof value === 'number' ? String(value) : labelOf(question, value, { locale, shopLocale: locale });
  return { namespace, key, value: text };
}

/** What is written to the customer: of each question of the survey that asks for it. */
export function writingsOf(survey: Survey, answers: Answers, locale: string) {
  const tags = survey.questions.flatMap((question) => tagsFor(question, answers[question.key]) ?? []);
  return {
    add: tags.flatMap(({ add }) => add),
    remove: tags.flatMap(({ remove }) => remove),
    metafields: survey.questions.flatMap(
      (question) => metafieldFor(question, answers[question.key], locale) ?? [],
    ),
  };
}

/** Handles of the triggers in extensions/flow-feedback and extensions/flow-low-rating. */
export const FLOW = { received: 'feedback-received', low: 'low-rating-received' } as const;

/** What a workflow may look at. Names as in the extensions. */
export function flowPayload(
  survey: Survey,
  said: { answers: Answers; score: number | null; comment: string | null },
  of: { customerId: bigint; orderId: bigint | null; locale: string },
): Record<string, number | string> {
  const reader = { locale: of.locale, shopLocale: of.locale };
  const words = survey.questions
    .filter(({ key }) => Object.hasOwn(said.answers, key))
    .map(
      (question) =>
        `${sayFor(reader)(question.text)} ${labelOf(question, said.answers[question.key]!, reader)}`,
    );
  return {
    customer_id: Number(of.customerId),
    ...(of.orderId !== null && { order_id: Number(of.orderId) }),
    Survey: survey.name,
    // Flow compares numbers: an answer without a score is none of them.
    Rating: said.score ?? 0,
    Comment: (said.comment ?? '').slice(0, 4000),
    Answers: words.join('\n').slice(0, 8000),
  };
}
