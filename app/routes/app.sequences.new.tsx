import { redirect, type ActionFunctionArgs, type LoaderFunctionArgs } from '@remix-run/node';
import { useNavigation, useSubmit } from '@remix-run/react';
import { BlockStack, Button, Card, InlineGrid, Page, Text } from '@shopify/polaris';
import { useState } from 'react';
import { authenticateAdmin } from '../adapters/shopify/authenticate.server.ts';
import { now } from '../clock.server.ts';
import { fieldsOf } from '../fields.server.ts';
import { createSequence } from '../sequences/sequences.server.ts';
import { READY_WORDS } from '../ui/readyWords.ts';
import { SequenceFileDialog } from '../ui/SequenceFileDialog.tsx';
import { app } from '../wiring.server.ts';

export async function loader({ request }: LoaderFunctionArgs) {
  await authenticateAdmin(request);
  return null;
}

export async function action({ request }: ActionFunctionArgs) {
  const { shop } = await authenticateAdmin(request);
  const key = (await fieldsOf(request)).text('key');
  const id = await app().db.inShop(shop.id, (tx) => createSequence(tx, key, now()));
  return redirect(`/app/sequences/${id}`);
}

/** Twelve to begin with, or an empty one. Made switched off, to be looked at first. */
export default function NewSequence() {
  const submit = useSubmit();
  const [fromFile, setFromFile] = useState(false);
  const { state, formData } = useNavigation();
  const making = state === 'idle' ? null : (formData?.get('key') ?? null);
  const make = (key: string) => submit({ key }, { method: 'post' });
  return (
    <Page
      title="New sequence"
      subtitle="It begins switched off. Nobody hears anything before you publish it and switch it on."
      backAction={{ content: 'Sequences', url: '/app/sequences' }}
      secondaryActions={[{ content: 'From a file', onAction: () => setFromFile(true) }]}
      primaryAction={{ content: 'From scratch', loading: making === '', onAction: () => make('') }}
    >
      {fromFile ? <SequenceFileDialog into={null} onClose={() => setFromFile(false)} /> : null}
      <InlineGrid columns={{ xs: 1, sm: 2, lg: 3 }} gap="400">
        {READY_WORDS.map(({ key, name, promise }) => (
          <Card key={key}>
            <BlockStack gap="300" align="space-between">
              <BlockStack gap="100">
                <Text as="h2" variant="headingSm">
                  {name}
                </Text>
                <Text as="p" tone="subdued">
                  {promise}
                </Text>
              </BlockStack>
              <div>
                <Button
                  loading={making === key}
                  accessibilityLabel={`Begin with: ${name}`}
                  onClick={() => make(key)}
                >
                  Begin with this
                </Button>
              </div>
            </BlockStack>
          </Card>
        ))}
      </InlineGrid>
    </Page>
  );
}
