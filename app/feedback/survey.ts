/** The shape of a survey: one first question, follow-ups that depend on its answer, a sentence of thanks by tone. */
import { z } from 'zod';

const tag = z.string().regex(/^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/, 'a BCP 47 tag');
const texts = (max: number) =>
  z
    .record(tag, z.string().trim().min(1).max(max))
    .refine((byTag) => Object.keys(byTag).length > 0, 'needs a text in at least one language');
const key = z.string().regex(/^[a-z][a-z0-9-]{0,39}$/, 'small letters, digits and hyphens');

const base = { key, text: texts(120), required: z.boolean().default(false) };

const scale = z.object({
  ...base,
  kind: z.literal('scale'),
  /** Worst first, values 1…n. */
  options: z
    .array(z.object({ value: z.number().int().min(1), label: texts(40) }))
    .min(2)
    .max(11)
    .refine((options) => options.every((option, i) => option.value === i + 1), 'values are 1, 2, 3… in turn'),
});
const choice = z.object({
  ...base,
  kind: z.literal('choice'),
  multiple: z.boolean().default(false),
  options: z
    .array(z.object({ value: key, label: texts(60) }))
    .min(2)
    .max(12),
});
const text = z.object({
  ...base,
  kind: z.literal('text'),
  placeholder: texts(80),
  maxLength: z.number().int().min(1).max(4000).default(1000),
});
const question = z.discriminatedUnion('kind', [scale, choice, text]);

export const surveySchema = z
  .object({
    /** What the merchant calls it. */
    name: z.string().min(1).max(80),
    question,
    followUps: z
      .array(
        z.object({
          /** Range of the first answer (scale values, inclusive) after which these are asked. */
          from: z.number().int(),
          to: z.number().int(),
          questions: z.array(question).min(1).max(4),
        }),
      )
      .max(11)
      .default([]),
    thanks: z.object({ glad: texts(300), neutral: texts(300), sorry: texts(300) }),
  })
  .superRefine((survey, context) => {
    const keys = questionsOf(survey).map((each) => each.key);
    const twice = keys.find((each, i) => keys.indexOf(each) !== i && !isSharedFollowUp(survey, each));
    if (twice)
      context.addIssue({ code: 'custom', path: ['followUps'], message: `"${twice}" is asked twice` });
  });

export type Survey = z.infer<typeof surveySchema>;
export type Question = z.infer<typeof question>;
export type ScaleQuestion = z.infer<typeof scale>;

/** How an answer is met: a sorry one never celebrates and is asked no favour. */
export type Tone = 'glad' | 'neutral' | 'sorry';

/** Every question that may be asked, the first one first. */
export function questionsOf(survey: Pick<Survey, 'question' | 'followUps'>): Question[] {
  return [survey.question, ...survey.followUps.flatMap((followUp) => followUp.questions)];
}

/** The follow-ups after a first answer. */
export function followUpsAfter(survey: Survey, first: number | null): Question[] {
  if (first === null) return [];
  return survey.followUps
    .filter(({ from, to }) => first >= from && first <= to)
    .flatMap(({ questions }) => questions);
}

/** A scale value as 1…5, whatever the length of the scale. */
export function scoreOf(scale: ScaleQuestion, value: number): number {
  return Math.round(1 + ((value - 1) * 4) / (scale.options.length - 1));
}

export function toneOf(score: number | null): Tone {
  if (score === null || score === 3) return 'neutral';
  return score > 3 ? 'glad' : 'sorry';
}

/** The same question may stand after several answers, as long as the ranges do not meet. */
function isSharedFollowUp(survey: Pick<Survey, 'question' | 'followUps'>, key: string): boolean {
  if (survey.question.key === key) return false;
  const ranges = survey.followUps.filter(({ questions }) => questions.some((each) => each.key === key));
  const once = ranges.every(({ questions }) => questions.filter((each) => each.key === key).length === 1);
  return once && ranges.every((a, i) => ranges.every((b, j) => i === j || a.to < b.from || b.to < a.from));
}
