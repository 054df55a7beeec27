import { useFetcher } from '@remix-run/react';
import { BlockStack, Button, Card, Checkbox, InlineStack, Link, Text, TextField } from '@shopify/polaris';
import { useState } from 'react';
import { money } from '../format.ts';
import { useToast } from '../useToast.ts';
import type { GestureView } from './gestureView.ts';
import { Story } from './TaskCard.tsx';
import type { StoryView } from './storyWords.ts';

export type SurpriseView = Pick<
  GestureView,
  'id' | 'customerId' | 'customer' | 'note' | 'tasks' | 'amount' | 'currency'
> & {
  story: StoryView | null;
};

/** The one surprise that is under way: its tasks, and what came of it. */
export function SurpriseCard({ surprise }: { surprise: SurpriseView }) {
  const fetcher = useFetcher<{ toast?: string; errors?: Record<string, string> }>();
  const [happened, setHappened] = useState('');
  useToast(fetcher.data?.toast);
  const busy = fetcher.state !== 'idle';
  const send = (fields: Record<string, string>) =>
    fetcher.submit({ id: surprise.id, ...fields }, { method: 'post', action: '/app/gestures/surprise' });
  return (
    <Card>
      <BlockStack gap="400">
        <BlockStack gap="100">
          <Text as="h2" variant="headingMd">
            {'Under way for '}
            <Link url={`/app/customers/${surprise.customerId}`} removeUnderline>
              {surprise.customer}
            </Link>
          </Text>
          <Text as="p" tone="subdued">
            {`${money(surprise.amount, surprise.currency, 'en')} is set aside for it.`}
          </Text>
        </BlockStack>
        <Text as="p">{surprise.note}</Text>
        <BlockStack gap="100">
          {surprise.tasks.map(({ text, doneAt }, place) => (
            <Checkbox
              key={text}
              label={text}
              checked={doneAt !== null}
              disabled={busy || doneAt !== null}
              onChange={() => send({ intent: 'tick', place: String(place) })}
            />
          ))}
        </BlockStack>
        {surprise.story ? <Story story={surprise.story} /> : null}
        <TextField
          label="What happened"
          helpText="How they took it, in a few sentences. It stays with the gesture."
          value={happened}
          maxLength={2000}
          multiline={3}
          error={fetcher.data?.errors?.['happened']}
          autoComplete="off"
          onChange={setHappened}
        />
        <InlineStack gap="200">
          <Button variant="primary" loading={busy} onClick={() => send({ intent: 'done', happened })}>
            It is done
          </Button>
          <Button disabled={busy} onClick={() => send({ intent: 'drop' })}>
            Drop the plan
          </Button>
        </InlineStack>
      </BlockStack>
    </Card>
  );
}
