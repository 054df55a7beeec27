/** Results of a survey, question by question, and of a second wording; of all of a period. */
import type { Db, SqlTx } from '../db.server.ts';
import { csvOf, type Cell } from '../shops/csv.ts';
import { COUNTED, IS_COUNTED } from './counted.ts';
import type { Value } from './question.ts';
import {
  rateOf,
  resultOf,
  verdictOf,
  type Given,
  type QuestionResult,
  type Tried,
  type TrialVerdict,
} from './results.ts';
import { surveyByKey, type LiveSurvey } from './surveys.server.ts';

export interface ResultsAsk {
  shopId: bigint;
  surveyKey: string;
  from: Date;
  to: Date;
  /** Language of the staff member. */
  locale: string;
}

/** Texts and days are counted, not told apart. */
const VALUES = `
  select e.key, case when e.key = any($6::text[]) then null else e.value end as value, count(*)::int as count
  from ${COUNTED} cross join lateral jsonb_each(a.answers) e
  where a.shop_id = $1 and s.key = $2 and a.at >= $3 and a.at < $4 and ${IS_COUNTED} and e.key = any($5::text[])
  group by 1, 2`;

/** Of the questions as they are asked now, in turn. */
export async function resultsOf(tx: SqlTx, ask: ResultsAsk): Promise<QuestionResult[]> {
  const survey = await surveyByKey(tx, ask.shopId, ask.surveyKey);
  if (!survey) return [];
  const { questions } = survey.content;
  const free = questions.filter(({ kind }) => kind === 'text' || kind === 'date').map(({ key }) => key);
  const rows = await tx.sql<{ key: string; value: Value | null; count: number }>(VALUES, [
    ask.shopId,
    ask.surveyKey,
    ask.from,
    ask.to,
    questions.map(({ key }) => key),
    free,
  ]);
  const given = Map.groupBy(rows, ({ key }) => key);
  const reader = { locale: ask.locale, shopLocale: ask.locale };
  return questions.map((question) => {
    const mine = (given.get(question.key) ?? []).map(({ value, count }): Given => ({
      value: value ?? '',
      count,
    }));
    return resultOf(question, mine, reader);
  });
}

/** All results as a file: a line for each answer that could be given. */
export function resultsCsv(db: Db, ask: ResultsAsk): AsyncGenerator<string> {
  return csvOf(['Question', 'About', 'Answer', 'Times', 'Share', 'Figure', 'From', 'To'], async () => {
    const results = await db.inShop(ask.shopId, (tx) => resultsOf(tx, ask));
    return { rows: results.flatMap(linesOf), next: null };
  });
}

function linesOf({ text, answers, shares, estimate, places, rows }: QuestionResult): Cell[][] {
  const { value = null, low = null, high = null } = estimate ?? {};
  return [
    [text, '', 'All answers', answers, null, value, low, high],
    ...shares.map(({ label, count, share }): Cell[] => [text, '', label, count, share, null, null, null]),
    ...places.map(({ label, count, place }): Cell[] => [text, '', label, count, null, place, null, null]),
    ...rows.flatMap((row) =>
      row.shares.map(({ label, count, share }): Cell[] => [
        text,
        row.label,
        label,
        count,
        share,
        row.mean,
        null,
        null,
      ]),
    ),
  ];
}

export interface TrialResult {
  /** Which question, and how each wording goes. */
  question: string;
  a: Tried & { text: string; rate: ReturnType<typeof rateOf> };
  b: Tried & { text: string; rate: ReturnType<typeof rateOf> };
  verdict: TrialVerdict;
}

/** On pages of orders, where everybody who is shown a wording is known; of the version that is asked now. */
const TRIAL = `
  select k.variant, count(*)::int as shown, count(a.id)::int as answered
  from asking k left join answer a on a.shop_id = k.shop_id and a.survey_id = k.survey_id and a.subject = k.subject
  where k.shop_id = $1 and k.survey_id = $2 and k.version = $3 and k.variant is not null group by 1`;

/** How two wordings do; null while none is tried. */
export async function trialOf(
  tx: SqlTx,
  shopId: bigint,
  survey: LiveSurvey,
  locale: string,
): Promise<TrialResult | null> {
  const { trial, questions } = survey.content;
  const question = questions.find(({ key }) => key === trial?.question);
  if (!trial || !question) return null;
  const rows = await tx.sql<Tried & { variant: string }>(TRIAL, [shopId, survey.id, survey.version]);
  const tried = (variant: string): Tried => {
    const { shown = 0, answered = 0 } = rows.find((row) => row.variant === variant) ?? {};
    return { shown, answered };
  };
  const words = (texts: Record<string, string>) => texts[locale] ?? Object.values(texts)[0] ?? '';
  const [a, b] = [tried('a'), tried('b')];
  return {
    question: question.key,
    a: { ...a, text: words(question.text), rate: rateOf(a) },
    b: { ...b, text: words(trial.text), rate: rateOf(b) },
    verdict: verdictOf(a, b),
  };
}
