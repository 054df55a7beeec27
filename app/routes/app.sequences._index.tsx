import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { BlockStack, Card, Page, Text } from '@shopify/polaris';
import { authenticateAdmin } from '../adapters/shopify/authenticate.server.ts';
import { now } from '../clock.server.ts';
import { fieldsOf, idOrMissing } from '../fields.server.ts';
import { sequencesSeen } from '../insights/insights.server.ts';
import { listSequences, switchSequence } from '../sequences/sequences.server.ts';
import { FirstThings } from '../ui/FirstThings.tsx';
import { SequenceRow } from '../ui/SequenceRow.tsx';
import { useCsv } from '../ui/useCsv.ts';
import { app } from '../wiring.server.ts';

export async function loader({ request }: LoaderFunctionArgs) {
  const { shop } = await authenticateAdmin(request);
  return app().db.inShop(shop.id, async (tx) => {
    await sequencesSeen(tx, now());
    return { sequences: await listSequences(tx, now()) };
  });
}

export async function action({ request }: ActionFunctionArgs) {
  const { shop } = await authenticateAdmin(request);
  const fields = await fieldsOf(request);
  const id = idOrMissing(fields.text('id'), 'There is no such sequence');
  const on = fields.text('on') === 'true';
  const outcome = await app().db.inShop(shop.id, (tx) => switchSequence(tx, id, on, now()));
  switch (outcome) {
    case 'switched':
      return {
        toast: on
          ? 'Switched on. It begins with what happens from now on'
          : 'Switched off. Those inside wait',
      };
    case 'unpublished':
      return { error: 'Publish it once before you switch it on.' };
    case 'unknown':
      throw new Response('There is no such sequence', { status: 404 });
  }
}

export default function Sequences() {
  const { sequences } = useLoaderData<typeof loader>();
  const csv = useCsv('sequences');
  if (sequences.length === 0) {
    return (
      <Page title="Sequences">
        <FirstThings
          heading="Your six sequences are on their way"
          text="From the thank-you an hour after payment to the moment when a product is used up. They appear here in a minute, and each of them can be switched off."
        />
      </Page>
    );
  }
  return (
    <Page
      title="Sequences"
      subtitle="What your customers hear from you after they have bought. Figures of the last 30 days."
      primaryAction={{ content: 'New sequence', url: '/app/sequences/new' }}
      secondaryActions={[
        { content: 'Why did mails not go?', url: '/app/sequences/not-sent' },
        { content: 'What could not be done', url: '/app/sequences/failed' },
        csv,
      ]}
    >
      <BlockStack gap="300">
        {sequences.map((sequence) => (
          <SequenceRow key={sequence.id} sequence={sequence} />
        ))}
        <Card>
          <Text as="p" tone="subdued">
            A customer gets at most as many asks and offers a week as your rhythm allows, never at night on
            their own clock. What may not go yet is moved, not dropped.
          </Text>
        </Card>
      </BlockStack>
    </Page>
  );
}
