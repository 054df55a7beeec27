import type { LoaderFunctionArgs } from '@remix-run/node';
import { useLoaderData, useSearchParams } from '@remix-run/react';
import { BlockStack, Box, Button, Card, InlineGrid, InlineStack, Page, Select, Text } from '@shopify/polaris';
import { authenticateAdmin } from '../adapters/shopify/authenticate.server.ts';
import { now } from '../clock.server.ts';
import { answersWanted, PERIODS } from '../feedback/answers-wanted.ts';
import { listAnswers, listSurveys, scoresOf } from '../feedback/feedback.server.ts';
import { AnswerCardItem } from '../ui/AnswerCardItem.tsx';
import { queryOf } from '../fields.server.ts';
import { FirstThings } from '../ui/FirstThings.tsx';
import { placeOf, score } from '../ui/format.ts';
import { ScoreBars } from '../ui/ScoreBars.tsx';
import { ScoreCourse } from '../ui/ScoreCourse.tsx';
import { useCsv } from '../ui/useCsv.ts';
import { app } from '../wiring.server.ts';

export async function loader({ request }: LoaderFunctionArgs) {
  const { shop } = await authenticateAdmin(request);
  const query = queryOf(request);
  const wanted = answersWanted(query, now());
  const { days, from } = wanted;
  return app().db.inShop(shop.id, async (tx) => {
    const surveys = await listSurveys(tx, shop.id);
    const surveyKey = surveys.find(({ key }) => key === wanted.surveyKey)?.key ?? 'post-purchase';
    const scores = await scoresOf(tx, {
      shopId: shop.id,
      surveyKey,
      from,
      to: now(),
      timeZone: shop.timeZone,
    });
    const before = query.get('before');
    const ask = { ...wanted, surveyKey, shopId: shop.id, locale: 'en', before };
    const { answers, next } = await listAnswers(tx, ask);
    const survey = surveys.find(({ key }) => key === surveyKey);
    return {
      surveys: surveys.map(({ key, content }) => ({ key, question: content.question.text['en'] ?? key })),
      labels:
        survey?.content.question.kind === 'scale'
          ? survey.content.question.options.map(({ label }) => label['en'] ?? '')
          : [],
      surveyKey,
      days,
      scores,
      answers: answers.map(({ orderId: _orderId, ...answer }) => answer),
      next,
      zone: shop.timeZone,
      now: now().toISOString(),
    };
  });
}

const SCORES = [
  { label: 'Every answer', value: '' },
  { label: 'Happy, 4 and 5', value: '4-5' },
  { label: 'Not happy, 1 and 2', value: '1-2' },
  { label: 'Not happy, in their own words', value: '1-2-words' },
];

export default function Feedback() {
  const data = useLoaderData<typeof loader>();
  const [params, setParams] = useSearchParams();
  const { scores, surveyKey } = data;
  const csv = useCsv('answers', { survey: surveyKey });
  const labelled = data.labels.map((label, at) => ({ label, value: `${at + 1}-${at + 1}` }));
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
  if (scores.answers === 0 && data.answers.length === 0 && !params.has('score')) {
    return (
      <Page title="Feedback">
        <FirstThings
          heading="What customers say, in their own words"
          text="Your question stands on the thank-you page, on the page of every order and in one mail a week after delivery. The first answers appear here."
        />
      </Page>
    );
  }
  return (
    <Page title="Feedback" secondaryActions={[csv]}>
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
        <InlineGrid columns={{ xs: 1, md: 2 }} gap="400">
          <Card>
            <BlockStack gap="300">
              <Text as="h2" variant="headingMd">
                {scores.mean === null
                  ? 'No scores in this period'
                  : `${score(scores.mean, 'en')} of 5, from ${scores.answers} answers`}
              </Text>
              <Text as="p" tone="subdued">
                {scores.low === null || scores.high === null
                  ? 'One answer more and its range can be told.'
                  : `Its true value lies between ${score(scores.low, 'en')} and ${score(scores.high, 'en')}, 19 times out of 20.`}
              </Text>
              <ScoreCourse weeks={scores.weeks} />
            </BlockStack>
          </Card>
          <Card>
            <BlockStack gap="300">
              <Text as="h2" variant="headingMd">
                How often each was said
              </Text>
              <ScoreBars
                counts={scores.counts}
                labels={data.labels}
                urlOf={(given) =>
                  `/app/feedback?survey=${surveyKey}&days=${data.days}&score=${given}-${given}`
                }
              />
              <Text as="p" tone="subdued">
                {`${scores.funnel.answered} answered, ${scores.funnel.detailed} said more, ${scores.funnel.wrote} wrote in their own words.`}
              </Text>
            </BlockStack>
          </Card>
        </InlineGrid>
        <Card>
          <BlockStack gap="200">
            <InlineStack align="space-between" blockAlign="center" gap="300">
              <Text as="h2" variant="headingMd">
                Last answers
              </Text>
              <Select
                label="Show"
                labelInline
                options={[...SCORES, ...labelled]}
                value={params.get('score') ?? ''}
                onChange={(value) => set('score', value)}
              />
            </InlineStack>
            {data.answers.length === 0 ? (
              <Text as="p" tone="subdued">
                Nobody has said so in this period.
              </Text>
            ) : null}
            {data.answers.map((answer) => (
              <AnswerCardItem key={answer.id} answer={answer} zone={data.zone} now={data.now} />
            ))}
            {data.answers.length > 0 ? (
              <Text as="p" variant="bodySm" tone="subdued">
                {`Times in ${placeOf(data.zone)}.`}
              </Text>
            ) : null}
            {data.next ? (
              <InlineStack align="center">
                <Button onClick={() => set('before', data.next ?? '')}>Show earlier ones</Button>
              </InlineStack>
            ) : null}
          </BlockStack>
        </Card>
      </BlockStack>
    </Page>
  );
}
