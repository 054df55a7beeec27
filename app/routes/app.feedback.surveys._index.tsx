import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node';
import { useFetcher, useLoaderData } from '@remix-run/react';
import {
  Badge,
  BlockStack,
  Button,
  ButtonGroup,
  Card,
  InlineStack,
  Link,
  Page,
  Text,
} from '@shopify/polaris';
import { ArrowDownIcon, ArrowUpIcon } from '@shopify/polaris-icons';
import { authenticateAdmin } from '../adapters/shopify/authenticate.server.ts';
import { now } from '../clock.server.ts';
import { editedSurveys, orderSurveys, switchSurvey } from '../feedback/feedback.server.ts';
import { gapsOf } from '../feedback/problems.ts';
import { fieldsOf, idOrMissing, unknownIntent } from '../fields.server.ts';
import { FirstThings } from '../ui/FirstThings.tsx';
import { audienceInWords, languageName, placesInWords } from '../ui/survey/surveyWords.ts';
import { useToast } from '../ui/useToast.ts';
import { app } from '../wiring.server.ts';

const MISSING = 'There is no such survey';

export async function loader({ request }: LoaderFunctionArgs) {
  const { shop } = await authenticateAdmin(request);
  const surveys = await app().db.inShop(shop.id, (tx) => editedSurveys(tx, shop.id));
  const languages = [...new Set([shop.locale, ...shop.settings.languages])];
  return surveys.map(({ id, key, version, status, content, draft, answers }) => ({
    id,
    key,
    version,
    isOn: status === 'on',
    hasDraft: draft !== null,
    answers,
    name: (draft ?? content).name,
    questions: content.questions.length,
    where: placesInWords(content),
    whom: audienceInWords(content.audience),
    gaps: gapsOf(content, languages).filter(({ missing }) => missing > 0),
  }));
}

export async function action({ request }: ActionFunctionArgs) {
  const { shop } = await authenticateAdmin(request);
  const fields = await fieldsOf(request);
  const { db } = app();
  switch (fields.text('intent')) {
    case 'switch': {
      const id = idOrMissing(fields.text('id'), MISSING);
      const on = fields.text('on') === 'true';
      const done = await db.inShop(shop.id, (tx) => switchSurvey(tx, shop.id, id, on ? 'on' : 'off', now()));
      return {
        toast: done ? (on ? 'Switched on' : 'Switched off') : 'Publish it once before you switch it on',
      };
    }
    case 'order': {
      const ids = fields.texts('id').map((id) => idOrMissing(id, MISSING));
      await db.inShop(shop.id, (tx) => orderSurveys(tx, shop.id, ids));
      return { toast: 'The one on top is asked first' };
    }
    default:
      return unknownIntent();
  }
}

export default function Surveys() {
  const surveys = useLoaderData<typeof loader>();
  const ids = surveys.map(({ id }) => id);
  const fetcher = useFetcher<{ toast?: string }>();
  useToast(fetcher.data?.toast);
  const post = (entries: [string, string][]) =>
    fetcher.submit(new URLSearchParams(entries), { method: 'post' });
  const swap = (at: number, other: number) => {
    const all = [...ids];
    [all[at], all[other]] = [all[other]!, all[at]!];
    post([['intent', 'order'], ...all.map((id): [string, string] => ['id', id])]);
  };
  return (
    <Page
      title="Surveys"
      subtitle="What you ask, where, and of whom. Where several could be asked, the one on top goes first; about one order a customer is asked once."
      backAction={{ content: 'Feedback', url: '/app/feedback' }}
      primaryAction={{ content: 'New survey', url: '/app/feedback/surveys/new' }}
    >
      {surveys.length === 0 ? (
        <FirstThings
          heading="Your first surveys are on their way"
          text="One question after buying, one some days after delivery. They appear here in a minute."
        />
      ) : (
        <BlockStack gap="300">
          {surveys.map((survey, at) => (
            <Card key={survey.id}>
              <InlineStack align="space-between" blockAlign="start" gap="300" wrap={false}>
                <BlockStack gap="100">
                  <InlineStack gap="200" blockAlign="center" align="start">
                    <Text as="h2" variant="headingMd">
                      <Link url={`/app/feedback/surveys/${survey.id}`} removeUnderline monochrome>
                        {survey.name}
                      </Link>
                    </Text>
                    <Badge {...(survey.isOn ? { tone: 'success' as const } : {})}>
                      {survey.isOn ? 'On' : 'Off'}
                    </Badge>
                    {survey.hasDraft ? <Badge tone="attention">Draft</Badge> : null}
                  </InlineStack>
                  <Text as="p" tone="subdued">
                    {`${survey.questions === 1 ? 'One question' : `${survey.questions} questions`}, ${survey.where}. For ${survey.whom}.`}
                  </Text>
                  {survey.gaps.length > 0 ? (
                    <Text as="p" tone="caution">
                      {`Not all written in ${survey.gaps.map(({ language }) => languageName(language)).join(', ')}.`}
                    </Text>
                  ) : null}
                  <Link url={`/app/feedback?survey=${encodeURIComponent(survey.key)}`} removeUnderline>
                    {survey.answers === 1 ? 'One answer' : `${survey.answers} answers`}
                  </Link>
                </BlockStack>
                <ButtonGroup gap="tight">
                  <Button
                    icon={ArrowUpIcon}
                    variant="tertiary"
                    accessibilityLabel={`Ask sooner: ${survey.name}`}
                    disabled={at === 0}
                    onClick={() => swap(at, at - 1)}
                  />
                  <Button
                    icon={ArrowDownIcon}
                    variant="tertiary"
                    accessibilityLabel={`Ask later: ${survey.name}`}
                    disabled={at === surveys.length - 1}
                    onClick={() => swap(at, at + 1)}
                  />
                  <Button
                    disabled={survey.version === 0}
                    accessibilityLabel={`${survey.isOn ? 'Switch off' : 'Switch on'}: ${survey.name}`}
                    onClick={() =>
                      post([
                        ['intent', 'switch'],
                        ['id', survey.id],
                        ['on', String(!survey.isOn)],
                      ])
                    }
                  >
                    {survey.isOn ? 'Switch off' : 'Switch on'}
                  </Button>
                </ButtonGroup>
              </InlineStack>
            </Card>
          ))}
        </BlockStack>
      )}
    </Page>
  );
}
