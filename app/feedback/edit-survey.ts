/** Edits of a survey while it is drawn. Pure; what an edit breaks elsewhere is mended with it or told by `problemsOf`. */
import type { Question, QuestionKind } from './question.ts';
import { questionSchema } from './question.ts';
import { surveySchema, type Survey } from './survey.ts';

type Texts = Record<string, string>;

/** A text in one language: an empty one is taken out. */
export function inLanguage(texts: Texts, language: string, text: string): Texts {
  const { [language]: _, ...others } = texts;
  return text === '' ? others : { ...others, [language]: text };
}

/** A key that nobody has: `choice`, `choice-2` … */
function freeKey(taken: readonly string[], wish: string): string {
  for (let n = 1; ; n++) {
    const key = n === 1 ? wish : `${wish}-${n}`;
    if (!taken.includes(key)) return key;
  }
}

/** A new question of a kind, with what it needs at least. */
function freshQuestion(kind: QuestionKind, taken: readonly string[]): Question {
  const named = (count: number) =>
    Array.from({ length: count }, (_, i) => ({ value: `option-${i + 1}`, label: {} }));
  const scale = (count: number) => Array.from({ length: count }, (_, i) => ({ value: i + 1, label: {} }));
  const parts: Partial<Record<QuestionKind, object>> = {
    scale: { options: scale(5) },
    choice: { options: named(3) },
    ranking: { options: named(3) },
    matrix: { rows: named(2), columns: scale(5) },
  };
  return questionSchema.parse({ kind, key: freeKey(taken, kind), text: {}, ...parts[kind] });
}

export const addQuestion = (survey: Survey, kind: QuestionKind): Survey => {
  const question = freshQuestion(
    kind,
    survey.questions.map(({ key }) => key),
  );
  return { ...survey, questions: [...survey.questions, question] };
};

export const changeQuestion = (survey: Survey, question: Question): Survey => ({
  ...survey,
  questions: survey.questions.map((each) => (each.key === question.key ? question : each)),
});

/** Rules about it, and a trial of its wording, go with it. */
export const removeQuestion = (survey: Survey, key: string): Survey => ({
  ...survey,
  questions: survey.questions
    .filter((each) => each.key !== key)
    .map((each) => ({ ...each, when: each.when.filter(({ question }) => question !== key) })),
  trial: survey.trial?.question === key ? null : survey.trial,
});

/** One place up or down. */
export function moveQuestion(survey: Survey, key: string, by: 1 | -1): Survey {
  const from = survey.questions.findIndex((each) => each.key === key);
  const to = from + by;
  if (from < 0 || to < 0 || to >= survey.questions.length) return survey;
  const questions = [...survey.questions];
  [questions[from], questions[to]] = [questions[to]!, questions[from]!];
  return { ...survey, questions };
}

/** The next free name for a choice or a row. */
export const freeOption = (options: readonly { value: string }[]): string =>
  freeKey(
    options.map(({ value }) => value),
    `option-${options.length + 1}`,
  );

/** A draft as it was posted; null for what is none. */
export function readDraft(posted: unknown): Survey | null {
  const read = surveySchema.safeParse(posted);
  return read.success ? read.data : null;
}

/** What an editor remembers, so that every edit can be taken back. Oldest first, nearest first. */
export interface Edits {
  survey: Survey;
  past: readonly Survey[];
  future: readonly Survey[];
  /** What the last edit was about: edits in a row about the same thing are one. */
  about: string | null;
}

const DEPTH = 100;

export function edited(edits: Edits, survey: Survey, about: string | null): Edits {
  if (survey === edits.survey) return edits;
  const goesOn = about !== null && about === edits.about;
  return {
    survey,
    past: goesOn ? edits.past : [...edits.past, edits.survey].slice(-DEPTH),
    future: [],
    about,
  };
}

export function takenBack({ survey, past, future }: Edits): Edits {
  const before = past.at(-1);
  if (!before) return { survey, past, future, about: null };
  return { survey: before, past: past.slice(0, -1), future: [survey, ...future], about: null };
}

export function doneAgain({ survey, past, future }: Edits): Edits {
  const [after, ...later] = future;
  if (!after) return { survey, past, future, about: null };
  return { survey: after, past: [...past, survey], future: later, about: null };
}
