import { useFetcher } from '@remix-run/react';
import { BlockStack, Button, Card, InlineStack, Link, List, Text, TextField } from '@shopify/polaris';
import { useState } from 'react';
import { relative } from '../format.ts';
import { useToast } from '../useToast.ts';
import type { GestureView } from './gestureView.ts';
import type { StoryView } from './storyWords.ts';

export type TaskView = Pick<
  GestureView,
  'id' | 'customerId' | 'customer' | 'what' | 'why' | 'note' | 'order' | 'kind'
> & {
  at: string | Date;
  story: StoryView | null;
};

/** One gesture that a person does, with the story that goes with it. */
export function TaskCard({ task, now }: { task: TaskView; now: string }) {
  const fetcher = useFetcher<{ toast?: string }>();
  const [happened, setHappened] = useState('');
  useToast(fetcher.data?.toast);
  const busy = fetcher.state !== 'idle';
  const send = (intent: string) =>
    fetcher.submit({ intent, id: task.id, happened }, { method: 'post', action: '/app/gestures/tasks' });
  return (
    <Card>
      <BlockStack gap="300">
        <InlineStack align="space-between" gap="300" blockAlign="start">
          <BlockStack gap="050">
            <Text as="h2" variant="headingMd">
              {`${task.what} for `}
              <Link url={`/app/customers/${task.customerId}`}>{task.customer}</Link>
            </Text>
            <Text as="p" tone="subdued">
              {[task.why, task.order ? `goes with ${task.order}` : null, relative(task.at, now, 'en')]
                .filter(Boolean)
                .join(', ')}
            </Text>
          </BlockStack>
          <InlineStack gap="200">
            <Button
              disabled={busy}
              onClick={() => send('take-back')}
              accessibilityLabel={`Take back: ${task.what} for ${task.customer}`}
            >
              Take back
            </Button>
            <Button
              loading={busy}
              onClick={() => send('done')}
              accessibilityLabel={`Done: ${task.what} for ${task.customer}`}
            >
              Done
            </Button>
          </InlineStack>
        </InlineStack>
        {task.note ? <Text as="p">{task.note}</Text> : null}
        {task.story ? <Story story={task.story} /> : null}
        {task.kind === 'call' ? (
          <TextField
            label="What came of the call"
            value={happened}
            maxLength={2000}
            multiline={2}
            autoComplete="off"
            onChange={setHappened}
          />
        ) : null}
      </BlockStack>
    </Card>
  );
}

/** What they did and said. */
export function Story({ story }: { story: StoryView }) {
  return (
    <BlockStack gap="200">
      {story.sentences.length > 0 ? (
        <List>
          {story.sentences.map((sentence) => (
            <List.Item key={sentence}>{sentence}</List.Item>
          ))}
        </List>
      ) : null}
      {story.words.map(({ text, on }) => (
        <Text as="p" key={text} tone="subdued">{`“${text}” (${on})`}</Text>
      ))}
    </BlockStack>
  );
}
