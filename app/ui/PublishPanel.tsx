import { useFetcher } from '@remix-run/react';
import { Banner, BlockStack, ChoiceList, InlineStack, List, Modal, Spinner, Text } from '@shopify/polaris';
import { useEffect, useState } from 'react';
import type { Preview } from '../sequences/sequences.server.ts';
import type { Effect } from '../sequences/publishing.ts';
import { moment } from './format.ts';

interface PublishPanelProps {
  open: boolean;
  sequenceId: string;
  /** The shop's time zone, in which dates are written. */
  zone: string;
  /** JSON of a plan that is not saved yet; the draft otherwise. */
  plan?: string;
  onClose: () => void;
  onPublish: (inside: 'stay' | 'move') => void;
}

type Choice = 'stay' | 'move';
/** As it comes over the wire: moments are texts. */
interface Change {
  effect: Effect;
  name: string;
  before: { at: string | null };
  after: { at: string | null };
}
interface Consequence {
  counts: { effect: Effect; count: number; medianHours: number }[];
  examples: Change[];
}

/** Asked before a plan is published: what becomes of those inside, in counts and by name, for either choice. */
export function PublishPanel({ open, sequenceId, zone, plan, onClose, onPublish }: PublishPanelProps) {
  const fetcher = useFetcher<Preview>();
  const { submit } = fetcher;
  const [choice, setChoice] = useState<Choice>('move');
  useEffect(() => {
    if (!open) return;
    submit({ plan: plan ?? '' }, { method: 'post', action: `/app/sequences/${sequenceId}/publish` });
  }, [open, sequenceId, plan, submit]);
  const preview = fetcher.state === 'idle' ? fetcher.data : undefined;
  const canPublish = preview?.outcome === 'preview';
  return (
    <Modal
      open={open}
      onClose={onClose}
      title="Publish this plan?"
      primaryAction={{ content: 'Publish', disabled: !canPublish, onAction: () => onPublish(choice) }}
      secondaryActions={[{ content: 'Not yet', onAction: onClose }]}
    >
      <Modal.Section>
        {!preview ? (
          <InlineStack align="center">
            <Spinner accessibilityLabel="Looking at those inside" size="small" />
          </InlineStack>
        ) : preview.outcome === 'preview' ? (
          <Inside
            inside={preview.inside}
            looked={preview.looked}
            said={preview[choice] as Consequence}
            choice={choice}
            zone={zone}
            onChoice={setChoice}
          />
        ) : (
          <Banner tone="warning">
            {preview.outcome === 'problems'
              ? 'This plan has problems yet. Mend what stands beside its steps, then publish it.'
              : 'There is nothing new to publish.'}
          </Banner>
        )}
      </Modal.Section>
    </Modal>
  );
}

interface InsideProps {
  inside: number;
  looked: number;
  said: Consequence;
  choice: Choice;
  zone: string;
  onChoice: (choice: Choice) => void;
}

function Inside({ inside, looked, said, choice, zone, onChoice }: InsideProps) {
  if (inside === 0)
    return <Text as="p">Nobody is inside. Whoever comes in from now on follows the new plan.</Text>;
  return (
    <BlockStack gap="400">
      <ChoiceList
        title={inside === 1 ? 'One customer is inside. They' : `${inside} customers are inside. They`}
        choices={[
          {
            label: 'move to the new plan',
            value: 'move',
            helpText: 'Waits are counted anew from where they began. Nothing is sent twice.',
          },
          { label: 'stay in the plan in which they began', value: 'stay' },
        ]}
        selected={[choice]}
        onChange={([value]) => onChoice(value === 'stay' ? 'stay' : 'move')}
      />
      <BlockStack gap="200">
        <Text as="h3" variant="headingSm">
          What it does to them
        </Text>
        {choice === 'stay' ? (
          <Text as="p">
            Nothing changes for them. Only whoever comes in from now on follows the new plan.
          </Text>
        ) : (
          <List>
            {said.counts.map((each) => (
              <List.Item key={each.effect}>{effectInWords(each)}</List.Item>
            ))}
          </List>
        )}
        {looked < inside ? (
          <Text as="p" tone="subdued">{`Counted over ${looked} of the ${inside}, drawn by chance.`}</Text>
        ) : null}
      </BlockStack>
      <BlockStack gap="200">
        <Text as="h3" variant="headingSm">
          {said.examples.length === 1 ? 'For example' : `${said.examples.length} of them`}
        </Text>
        {said.examples.map((change, index) => (
          <BlockStack key={index}>
            <Text as="p">{change.name}</Text>
            <Text as="p" tone="subdued">
              {changeInWords(change, zone)}
            </Text>
          </BlockStack>
        ))}
      </BlockStack>
    </BlockStack>
  );
}

const hours = (count: number) =>
  count < 48 ? (count === 1 ? 'an hour' : `${count} hours`) : `${Math.round(count / 24)} days`;

function effectInWords({ effect, count, medianHours }: Consequence['counts'][number]): string {
  const [one, many] = EFFECT_WORDS[effect](medianHours);
  return count === 1 ? `One ${one}` : `${count} ${many}`;
}

/** For one, and for several. */
const EFFECT_WORDS: Record<Effect, (medianHours: number) => [string, string]> = {
  message: () => ['gets a message at once', 'get a message at once, as far as nights and your rhythm allow'],
  over: () => ['is done: nothing is left ahead', 'are done: nothing is left ahead of them'],
  elsewhere: () => ['goes on at another step: theirs is gone', 'go on at another step: theirs is gone'],
  earlier: (by) => [`goes on ${hours(by)} earlier`, `go on earlier, usually by ${hours(by)}`],
  later: (by) => [`goes on ${hours(by)} later`, `go on later, usually by ${hours(by)}`],
  same: () => ['goes on as before', 'go on as before'],
};

/** "Wed 6 May, 12:00 → at once" */
function changeInWords({ effect, before, after }: Change, timeZone: string): string {
  const when = (at: string | null) => (at ? moment(at, { locale: 'en', timeZone }) : 'nothing more');
  if (effect === 'same') return before.at ? `goes on ${when(before.at)}, as before` : 'as before';
  return `${when(before.at)} → ${effect === 'message' ? 'a message at once' : when(after.at)}`;
}
