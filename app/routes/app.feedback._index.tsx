import type { LoaderFunctionArgs } from '@remix-run/node';
import { useLoaderData, useSearchParams } from '@remix-run/react';
import { BlockStack, Box, InlineGrid, Page, Select } from '@shopify/polaris';
import { authenticateAdmin } from '../adapters/shopify/authenticate.server.ts';
import { now } from '../clock.server.ts';
import { answersWanted, PERIODS } from '../feedback/answers-wanted.ts';
import {
  answeredSurvey,
  listAnswers,
  listSurveys,
  resultsOf,
  scoresBy,
  scoresOf,
  trialOf,
} from '../feedback/feedback.server.ts';
import { groupOf, GROUPS } from '../feedback/groups.ts';
import { themesOf } from '../insights/insights.server.ts';
import { scoredQuestion, type Survey } from '../feedback/survey.ts';
import { AnswerFunnel } from '../ui/AnswerFunnel.tsx';
import { AnswersCard } from '../ui/AnswersCard.tsx';
import { queryOf } from '../fields.server.ts';
import { FirstThings } from '../ui/FirstThings.tsx';
import { ScoreOverview } from '../ui/ScoreOverview.tsx';
import { ScoreGroups, groupName } from '../ui/ScoreGroups.tsx';
import { QuestionResults } from '../ui/survey/QuestionResults.tsx';
import { TrialResultCard } from '../ui/survey/TrialResultCard.tsx';
import { ThemesCard } from '../ui/ThemesCard.tsx';
import { useCsv } from '../ui/useCsv.ts';
import { app } from '../wiring.server.ts';

/** Products, countries or carriers that the page shows; the file has all. */
const ROWS = 10;

export async function loader({ request }: LoaderFunctionArgs) {
  const { shop } = await authenticateAdmin(request);
  const query = queryOf(request);
  const wanted = answersWanted(query, shop.timeZone, now());
  const { days, from } = wanted;
  const { db } = app();
  const surveys = await db.inShop(shop.id, (tx) => listSurveys(tx, shop.id));
  // Whoever names none sees one that somebody has answered.
  const first = query.has('survey') ? null : await db.inShop(shop.id, (tx) => answeredSurvey(tx, shop.id));
  const surveyKey = surveys.find(({ key }) => key === (first ?? wanted.surveyKey))?.key ?? 'post-purchase';
  const group = groupOf(query.get('by'));
  const chosen = { shopId: shop.id, surveyKey, from, to: now() };
  const ask = { ...wanted, surveyKey, shopId: shop.id, locale: 'en', before: query.get('before') };
  // Each goes through all answers of the period: side by side, so that many answers are no long wait.
  const survey = surveys.find(({ key }) => key === surveyKey);
  const [scores, groups, { answers, next }, results, trial, themes] = await Promise.all([
    scoresOf(db, { ...chosen, timeZone: shop.timeZone }),
    db.inShop(shop.id, (tx) => scoresBy(tx, { ...chosen, group, limit: ROWS + 1 })),
    db.inShop(shop.id, (tx) => listAnswers(tx, ask)),
    db.inShop(shop.id, (tx) => resultsOf(tx, { ...chosen, locale: 'en' })),
    survey ? db.inShop(shop.id, (tx) => trialOf(tx, shop.id, survey, 'en')) : null,
    db.inShop(shop.id, (tx) => themesOf(tx, chosen)),
  ]);
  return {
    surveys: surveys
      .filter(({ version }) => version > 0)
      .map(({ key, content }) => ({ key, question: content.name })),
    labels: labelsOf(survey?.content),
    surveyKey,
    days,
    from,
    scores,
    results,
    trial,
    themes,
    group,
    groups: groups.slice(0, ROWS),
    hasMore: groups.length > ROWS,
    answers: answers.map(({ orderId: _orderId, ...answer }) => answer),
    next,
    zone: shop.timeZone,
    now: now().toISOString(),
  };
}

/** Words of the five scores, where a question of the survey has them. */
function labelsOf(survey: Survey | undefined): string[] {
  const scored = survey && scoredQuestion(survey);
  if (scored?.kind !== 'scale' || scored.options.length !== 5) return [];
  return scored.options.map(({ label }) => label['en'] ?? Object.values(label)[0] ?? '');
}

export default function Feedback() {
  const data = useLoaderData<typeof loader>();
  const [params, setParams] = useSearchParams();
  const { scores, surveyKey } = data;
  const csv = useCsv('answers', { survey: surveyKey });
  const { group, groups } = data;
  const listOf = (more: Record<string, string>) =>
    `/app/feedback?${new URLSearchParams({ survey: surveyKey, days: String(data.days), by: group, ...more })}#answers`;
  const about = GROUPS.flatMap((of) => {
    const key = params.get(of);
    if (!key) return [];
    const known = groups.find((row) => of === group && row.key === key);
    return [{ of, name: groupName(of, known ?? { key, name: of === 'product' ? 'one product' : key }) }];
  });
  const set = (name: string, value: string) =>
    setParams(
      (before) => {
        const after = new URLSearchParams(before);
        if (value) after.set(name, value);
        else after.delete(name);
        if (name !== 'before') after.delete('before');
        return after;
      },
      { preventScrollReset: true },
    );
  const isChosen = ['survey', 'days', 'score', ...GROUPS].some((name) => params.has(name));
  if (scores.answers === 0 && data.answers.length === 0 && !isChosen) {
    return (
      <Page title="Feedback" primaryAction={{ content: 'Surveys', url: '/app/feedback/surveys' }}>
        <FirstThings
          heading="What customers say, in their own words"
          text="Your question stands on the thank-you page, on the page of every order and in one mail a week after delivery. The first answers appear here."
        />
      </Page>
    );
  }
  return (
    <Page
      title="Feedback"
      primaryAction={{ content: 'Surveys', url: '/app/feedback/surveys' }}
      secondaryActions={[csv]}
    >
      <BlockStack gap="400">
        <Box paddingInline={{ xs: '300', sm: '0' }}>
          <InlineGrid columns={{ xs: 1, md: ['twoThirds', 'oneThird'] }} gap="300">
            <Select
              label="Question"
              labelHidden
              options={data.surveys.map(({ key, question }) => ({ label: question, value: key }))}
              value={surveyKey}
              onChange={(value) => set('survey', value)}
            />
            <Select
              label="Period"
              labelHidden
              options={PERIODS.map((days) => ({ label: `Last ${days} days`, value: String(days) }))}
              value={String(data.days)}
              onChange={(value) => set('days', value)}
            />
          </InlineGrid>
        </Box>
        <ScoreOverview
          scores={scores}
          labels={data.labels}
          urlOf={(given) => listOf({ score: `${given}-${given}` })}
        />
        <InlineGrid columns={{ xs: 1, md: 2 }} gap="400">
          <ScoreGroups
            group={group}
            scores={groups}
            surveyKey={surveyKey}
            hasMore={data.hasMore}
            urlOf={(key) => listOf({ score: '1-5', [group]: key })}
            onGroup={(value) => set('by', value)}
          />
          <AnswerFunnel {...scores} from={data.from} zone={data.zone} now={data.now} surveyKey={surveyKey} />
        </InlineGrid>
        <ThemesCard themes={data.themes} days={data.days} />
        {data.trial ? <TrialResultCard trial={data.trial} /> : null}
        <QuestionResults results={data.results} surveyKey={surveyKey} />
        <AnswersCard
          answers={data.answers}
          labels={data.labels}
          about={about}
          chosen={params.get('score') ?? ''}
          zone={data.zone}
          now={data.now}
          hasMore={data.next !== null}
          onMore={() => set('before', data.next ?? '')}
          onChange={set}
        />
      </BlockStack>
    </Page>
  );
}
