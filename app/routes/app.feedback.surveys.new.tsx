import { redirect, type ActionFunctionArgs, type LoaderFunctionArgs } from '@remix-run/node';
import { useFetcher, useLoaderData } from '@remix-run/react';
import { BlockStack, Button, Card, InlineGrid, Page, Text } from '@shopify/polaris';
import { authenticateAdmin } from '../adapters/shopify/authenticate.server.ts';
import { now } from '../clock.server.ts';
import { createSurvey } from '../feedback/feedback.server.ts';
import { blankSurvey, READY_SURVEYS } from '../feedback/ready-surveys.ts';
import { fieldsOf } from '../fields.server.ts';
import { placesInWords } from '../ui/survey/surveyWords.ts';
import { app } from '../wiring.server.ts';

const BLANK = 'blank';

export async function loader({ request }: LoaderFunctionArgs) {
  await authenticateAdmin(request);
  const ready = READY_SURVEYS.map(({ key, says, content }) => ({
    key,
    says,
    name: content.name,
    where: placesInWords(content),
  }));
  const blank = { key: BLANK, name: 'From scratch', says: 'Draw your own questions.', where: '' };
  return [...ready, blank];
}

export async function action({ request }: ActionFunctionArgs) {
  const { shop } = await authenticateAdmin(request);
  const wanted = (await fieldsOf(request)).text('from');
  const found = READY_SURVEYS.find(({ key }) => key === wanted);
  if (!found && wanted !== BLANK)
    throw new Response('There is no such survey to begin with', { status: 400 });
  const content = found?.content ?? blankSurvey();
  const id = await app().db.inShop(shop.id, (tx) => createSurvey(tx, shop.id, content, now()));
  return redirect(`/app/feedback/surveys/${id}`);
}

export default function NewSurvey() {
  const all = useLoaderData<typeof loader>();
  const fetcher = useFetcher();
  const busy = fetcher.state !== 'idle';
  return (
    <Page
      title="New survey"
      subtitle="Begin with one of these and make it yours. Nobody is asked before you publish it and switch it on."
      backAction={{ content: 'Surveys', url: '/app/feedback/surveys' }}
    >
      <InlineGrid columns={{ xs: 1, md: 2 }} gap="400">
        {all.map(({ key, name, says, where }) => (
          <Card key={key}>
            <BlockStack gap="300" inlineAlign="start">
              <Text as="h2" variant="headingMd">
                {name}
              </Text>
              <Text as="p">{says}</Text>
              {where ? (
                <Text as="p" tone="subdued">
                  {`Asked ${where}.`}
                </Text>
              ) : null}
              <Button
                loading={busy && fetcher.formData?.get('from') === key}
                accessibilityLabel={`Begin with: ${name}`}
                onClick={() => fetcher.submit({ from: key }, { method: 'post' })}
              >
                Begin with this
              </Button>
            </BlockStack>
          </Card>
        ))}
      </InlineGrid>
    </Page>
  );
}
