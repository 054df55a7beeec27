/** Answers as staff read them: a page of cards, or all of them as CSV. */
import { cursorOf, readCursor } from '../cursor.ts';
import type { Db, SqlTx } from '../db.server.ts';
import { csvOf, type Cell } from '../shops/csv.ts';
import type { About } from './answers-wanted.ts';
import { COUNTED, COUNTRY, IS_COUNTED, isAbout, WITH_ORDER } from './counted.ts';
import { labelOf, sayFor } from './survey-view.ts';
import { surveyAt, type LiveSurvey } from './surveys.server.ts';
import type { Answers } from './survey.ts';

export interface AnswerCard {
  id: string;
  at: Date;
  score: number | null;
  /** The first answer in words. */
  label: string;
  comment: string | null;
  /** What else was said: the question and the words. */
  details: { question: string; answer: string }[];
  /** All that was said, by question: figures as they are, the rest in words. */
  values: Record<string, string | number>;
  customerId: string | null;
  customerName: string | null;
  orderId: bigint | null;
  orderName: string | null;
  source: string;
  locale: string | null;
  country: string | null;
  /** The order behind it is confirmed. */
  isVerified: boolean;
}

export interface AnswerAsk {
  shopId: bigint;
  surveyKey: string;
  /** Language of the staff member. */
  locale: string;
  from?: Date | null;
  to?: Date | null;
  /** 1…5, both inclusive. */
  minScore?: number | null;
  maxScore?: number | null;
  onlyWithComment?: boolean;
  /** Only answers about these. */
  about?: About;
  /** Cursor: `next` of the page before. */
  before?: string | null;
  limit?: number;
}

interface CardRow {
  id: string;
  at: Date;
  survey_id: string;
  survey_version: number;
  score: number | null;
  comment: string | null;
  answers: Answers;
  customer_id: string | null;
  name: string | null;
  order_id: bigint | null;
  order_name: string | null;
  source: string;
  locale: string | null;
  country: string | null;
  verified_at: Date | null;
}

/** Answers to test orders are listed nowhere, as they are counted nowhere. */
const LIST = `
  select a.id, a.at, a.survey_id, a.survey_version, a.score, a.comment, a.answers, a.customer_id, a.order_id, a.source,
    a.locale, ${COUNTRY} as country, a.verified_at, o.name as order_name,
    coalesce(nullif(trim(concat_ws(' ', c.first_name, c.last_name)), ''), c.email) as name
  from ${COUNTED} ${WITH_ORDER} left join customer c on c.shop_id = a.shop_id and c.id = a.customer_id
  where a.shop_id = $1 and s.key = $2 and ${IS_COUNTED} and ($3::timestamptz is null or a.at >= $3) and ($4::timestamptz is null or a.at < $4)
    and ($5::int is null or a.score >= $5) and ($6::int is null or a.score <= $6) and (not $7::boolean or a.comment is not null)
    and ${isAbout({ product: '$11', country: '$12', carrier: '$13' })}
    and ($8::timestamptz is null or (a.at, a.id) < ($8, $9::uuid))
  order by a.at desc, a.id desc limit $10::int`;

/** Newest first. */
export async function listAnswers(
  tx: SqlTx,
  ask: AnswerAsk,
): Promise<{ answers: AnswerCard[]; next: string | null }> {
  const limit = Math.min(ask.limit ?? 20, 2000);
  const before = readCursor(ask.before);
  const rows = await tx.sql<CardRow>(LIST, [
    ask.shopId,
    ask.surveyKey,
    ask.from ?? null,
    ask.to ?? null,
    ask.minScore ?? null,
    ask.maxScore ?? null,
    ask.onlyWithComment ?? false,
    before?.at ?? null,
    before?.id ?? null,
    limit + 1,
    ask.about?.product ?? null,
    ask.about?.country ?? null,
    ask.about?.carrier ?? null,
  ]);
  const shown = rows.slice(0, limit);
  const surveys = await surveysOf(tx, ask.shopId, shown);
  const last = shown.at(-1);
  return {
    answers: shown.map((row) =>
      cardOf(row, surveys.get(`${row.survey_id} ${row.survey_version}`), ask.locale),
    ),
    next: rows.length > limit && last ? cursorOf(last.at, last.id) : null,
  };
}

async function surveysOf(tx: SqlTx, shopId: bigint, rows: readonly CardRow[]) {
  const surveys = new Map<string, LiveSurvey>();
  for (const { survey_id: id, survey_version: version } of rows) {
    if (surveys.has(`${id} ${version}`)) continue;
    const survey = await surveyAt(tx, shopId, id, version);
    if (survey) surveys.set(`${id} ${version}`, survey);
  }
  return surveys;
}

function cardOf(row: CardRow, survey: LiveSurvey | undefined, locale: string): AnswerCard {
  const reader = { locale, shopLocale: locale };
  const given = (survey?.content.questions ?? []).filter(({ key }) => Object.hasOwn(row.answers, key));
  const said = given.map((question, i) => ({
    question: sayFor(reader)(question.text),
    answer: labelOf(question, row.answers[question.key]!, reader),
    isFirst: i === 0 && question.kind !== 'text',
  }));
  return {
    id: row.id,
    at: row.at,
    score: row.score,
    label: said.find(({ isFirst }) => isFirst)?.answer ?? '',
    comment: row.comment,
    details: said
      .filter(({ isFirst, answer }) => !isFirst && answer !== row.comment)
      .map(({ question, answer }) => ({ question, answer })),
    values: Object.fromEntries(
      given.map((question) => {
        const value = row.answers[question.key]!;
        const isFigure = typeof value === 'number' && question.kind !== 'scale';
        return [question.key, isFigure ? value : labelOf(question, value, reader)];
      }),
    ),
    customerId: row.customer_id,
    customerName: row.name,
    orderId: row.order_id,
    orderName: row.order_name,
    source: row.source,
    locale: row.locale,
    country: row.country,
    isVerified: row.verified_at !== null,
  };
}

const HEAD = ['At', 'Score', 'Comment', 'Customer', 'Order', 'Confirmed', 'Where', 'Language', 'Country'];
const CSV_PAGE = 1000;

/** Every question that the survey has ever asked, as it was worded last. */
const QUESTIONS = `
  select distinct on (q ->> 'key') q ->> 'key' as key, q -> 'text' as text, v.version, t.place
  from survey s join survey_version v on v.shop_id = s.shop_id and v.survey_id = s.id
  cross join lateral jsonb_array_elements(case when v.content ? 'questions' then v.content -> 'questions'
    else jsonb_build_array(v.content -> 'question') || coalesce(jsonb_path_query_array(v.content, '$.followUps[*].questions[*]'), '[]')
    end) with ordinality as t(q, place)
  where s.shop_id = $1 and s.key = $2 order by q ->> 'key', v.version desc`;

/** All answers as CSV, newest first, one column a question; a page in a transaction each. */
export async function* answersCsv(db: Db, ask: Omit<AnswerAsk, 'before' | 'limit'>): AsyncGenerator<string> {
  const found = await db.inShop(ask.shopId, (tx) =>
    tx.sql<{ key: string; text: Record<string, string>; version: number; place: bigint }>(QUESTIONS, [
      ask.shopId,
      ask.surveyKey,
    ]),
  );
  const questions = found.toSorted((a, b) => b.version - a.version || Number(a.place - b.place));
  const reader = { locale: ask.locale, shopLocale: ask.locale };
  const head = [...HEAD, ...questions.map(({ key, text }) => sayFor(reader)(text) || key)];
  yield* csvOf(head, async (before) => {
    const page = await db.inShop(ask.shopId, (tx) => listAnswers(tx, { ...ask, before, limit: CSV_PAGE }));
    const rows = page.answers.map((answer) => [
      ...cellsOf(answer),
      ...questions.map(({ key }) => answer.values[key] ?? null),
    ]);
    return { rows, next: page.next };
  });
}

function cellsOf(answer: AnswerCard): Cell[] {
  const { at, score, comment, customerName, orderName, isVerified, source, locale, country } = answer;
  return [at, score, comment, customerName, orderName, isVerified ? 'yes' : 'no', source, locale, country];
}
