/** What keeps a survey from being asked, each beside the question it is about. */
import { isOnePress, valuesOf, type Question } from './question.ts';
import type { Survey } from './survey.ts';

export interface SurveyProblem {
  /** Key of the question; null: of the survey as a whole. */
  question: string | null;
  /** For people: what is wrong and what to do. */
  says: string;
}

type Texts = Record<string, string>;

/**
 * Everything that is still to be done before it can be asked.
 * @param locale the shop's own language: the one that no text may lack
 */
export function problemsOf(survey: Survey, locale: string): SurveyProblem[] {
  const problems: SurveyProblem[] = [];
  const wrong = (question: string | null, says: string) => void problems.push({ question, says });
  if (survey.name.trim() === '') wrong(null, 'It needs a name, for you alone.');
  if (survey.questions.length === 0) wrong(null, 'It asks nothing yet. Add a question.');
  if (survey.questions[0] && survey.questions[0].when.length > 0)
    wrong(survey.questions[0].key, 'The first question is asked of everybody: take its “only if” away.');
  for (const [tone, texts] of Object.entries(survey.thanks))
    if (isMissing(texts, locale))
      wrong(null, `The thanks after a ${tone} answer have no text in ${nameOf(locale)}.`);
  survey.questions.forEach((question, i) => {
    const say = (says: string) => wrong(question.key, says);
    if (survey.questions.findIndex(({ key }) => key === question.key) !== i)
      say('It is there twice. Delete one of them.');
    for (const says of [...textProblems(question, locale), ...optionProblems(question)]) say(says);
    for (const says of ruleProblems(question, survey.questions.slice(0, i))) say(says);
    for (const says of keepProblems(question)) say(says);
  });
  for (const says of placeProblems(survey, locale)) wrong(null, says);
  return problems;
}

const isMissing = (texts: Texts, locale: string): boolean =>
  !Object.entries(texts).some(([tag, text]) => isSame(tag, locale) && text.trim() !== '');
const isSame = (tag: string, locale: string) => tag.split('-')[0] === locale.split('-')[0];
const nameOf = (locale: string) => new Intl.DisplayNames(['en'], { type: 'language' }).of(locale) ?? locale;

/** Every text of a question that a buyer reads. */
export function textsOf(question: Question): Texts[] {
  const base = [question.text];
  switch (question.kind) {
    case 'scale':
    case 'choice':
    case 'ranking':
      return [...base, ...question.options.map(({ label }) => label)];
    case 'matrix':
      return [...base, ...[...question.rows, ...question.columns].map(({ label }) => label)];
    case 'nps':
      return [...base, question.low, question.high];
    case 'stars':
    case 'text':
    case 'date':
    case 'contact':
      return base;
  }
}

function textProblems(question: Question, locale: string): string[] {
  const [text, ...labels] = textsOf(question);
  const gaps = labels.filter((label) => isMissing(label, locale)).length;
  return [
    ...(isMissing(text!, locale) ? [`The question has no text in ${nameOf(locale)}.`] : []),
    ...(gaps > 0
      ? [`${gaps === 1 ? 'One choice has' : `${gaps} choices have`} no text in ${nameOf(locale)}.`]
      : []),
  ];
}

function optionProblems(question: Question): string[] {
  switch (question.kind) {
    case 'scale':
      return scaleProblems(question.options, 'The scale');
    case 'choice':
    case 'ranking':
      return listProblems(question.options, 'choice');
    case 'matrix':
      return [
        ...listProblems(question.rows, 'row', 1),
        ...scaleProblems(question.columns, 'The scale of its columns'),
      ];
    default:
      return [];
  }
}

function scaleProblems(options: readonly { value: number }[], what: string): string[] {
  if (options.length < 2) return [`${what} needs two steps at least.`];
  return options.every(({ value }, i) => value === i + 1) ? [] : [`${what} counts 1, 2, 3… in turn.`];
}

function listProblems(options: readonly { value: string }[], what: string, least = 2): string[] {
  const values = options.map(({ value }) => value);
  if (values.length < least)
    return [`It needs ${least === 1 ? 'one' : 'two'} ${what}${least === 1 ? '' : 's'} at least.`];
  return values.some((value, i) => values.indexOf(value) !== i) ? [`A ${what} is there twice.`] : [];
}

function ruleProblems({ when }: Question, earlier: readonly Question[]): string[] {
  return when.flatMap(({ question: key, is, values }) => {
    const about = earlier.find((each) => each.key === key);
    if (!about) return ['Its “only if” looks at a question that is not asked before it.'];
    if (is !== 'one-of') return [];
    if (values.length === 0) return ['Its “only if” names no answer.'];
    const known = valuesOf(about);
    return values.every((value) => known.includes(value))
      ? []
      : ['Its “only if” names an answer that is gone.'];
  });
}

/** As Shopify wants them: a namespace of 3 letters at least, a key of 2. */
const METAFIELD = /^[A-Za-z0-9_-]{3,60}\.[A-Za-z0-9_-]{2,39}$/;

function keepProblems(question: Question): string[] {
  const { tag, metafield } = question.keep;
  const problems = [];
  if (tag !== '' && !/^[\p{L}\p{N} _-]+$/u.test(tag))
    problems.push('A tag is made of letters, digits, spaces, _ and -.');
  if (tag !== '' && valuesOf(question).length === 0)
    problems.push('Only answers that are chosen can become a tag.');
  if (metafield !== '' && !METAFIELD.test(metafield))
    problems.push('A metafield is named like custom.heard_from.');
  return problems;
}

function placeProblems({ places, questions, trial }: Survey, locale: string): string[] {
  const problems = [];
  const [first] = questions;
  if (places.includes('mail') && first && !isOnePress(first))
    problems.push(
      'A mail asks the first question by one click: a scale, stars, 0 to 10, or one of several choices.',
    );
  if (places.includes('checkout') && !(first?.kind === 'choice' && !first.multiple && questions.length === 1))
    problems.push('The checkout has room for one question with one choice.');
  if (trial && !questions.some(({ key }) => key === trial.question))
    problems.push('The question whose wording is tried is gone.');
  else if (trial && isMissing(trial.text, locale))
    problems.push(`The other wording has no text in ${nameOf(locale)}.`);
  return problems;
}

/** Without the texts that were left empty, and without the spaces around the others. */
export function written(survey: Survey): Survey {
  return tidied(survey) as Survey;
}

/** Records of texts are the only ones whose keys are languages. */
function tidied(part: unknown): unknown {
  if (Array.isArray(part)) return part.map(tidied);
  if (typeof part !== 'object' || part === null) return part;
  const entries = Object.entries(part);
  const isTexts = entries.every(([key, text]) => /^[a-z]{2,3}(-|$)/.test(key) && typeof text === 'string');
  if (isTexts)
    return Object.fromEntries(
      entries.map(([key, text]) => [key, (text as string).trim()]).filter(([, text]) => text),
    );
  return Object.fromEntries(entries.map(([key, value]) => [key, tidied(value)]));
}
/** Languages that some text of a survey lacks, of those the shop speaks: what is missing in each. */
export function gapsOf(
  survey: Survey,
  languages: readonly string[],
): { language: string; missing: number }[] {
  const all = [...survey.questions.flatMap(textsOf), ...Object.values(survey.thanks)];
  return languages.map((language) => ({
    language,
    missing: all.filter((texts) => isMissing(texts, language)).length,
  }));
}
