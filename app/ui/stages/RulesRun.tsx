import { useRevalidator, useSubmit } from '@remix-run/react';
import {
  Banner,
  BlockStack,
  Button,
  Card,
  Checkbox,
  DataTable,
  InlineStack,
  Link,
  Modal,
  ProgressBar,
  Text,
} from '@shopify/polaris';
import { useEffect, useState } from 'react';
import type { Stage } from '../../customers/customer.ts';
import { whole } from '../format.ts';
import { STAGE_WORDS } from '../stageWords.ts';

/** A version of the rules with its run over all customers, as the page shows it. */
export interface RulesRunView {
  version: number;
  state: 'draft' | 'live' | 'past';
  run: {
    done: number;
    total: number;
    isOver: boolean;
    moves: { from: Stage; to: Stage; count: number }[];
    examples: { customerId: string; name: string; from: Stage; to: Stage; why: string }[];
  } | null;
}

const LOOK_EVERY_MS = 1500;

/** Looks again while a run is under way. */
function useProgress(isRunning: boolean): void {
  const { revalidate } = useRevalidator();
  useEffect(() => {
    if (!isRunning) return undefined;
    const timer = setInterval(revalidate, LOOK_EVERY_MS);
    return () => clearInterval(timer);
  }, [isRunning, revalidate]);
}

/** What the saved rules would make of everybody, and the switch to them. */
export function DraftCard({
  draft,
  busy,
  unsaved,
}: {
  draft: RulesRunView;
  busy: boolean;
  unsaved: boolean;
}) {
  const submit = useSubmit();
  const [asking, setAsking] = useState(false);
  const { run, version } = draft;
  const isRunning = run !== null && !run.isOver;
  useProgress(isRunning);
  const send = (fields: Record<string, string>) =>
    submit({ version: String(version), ...fields }, { method: 'post' });
  return (
    <Card>
      <BlockStack gap="300">
        <Text as="h2" variant="headingMd">
          New rules, not in force yet
        </Text>
        <Text as="p" tone="subdued">
          See what they make of your customers before you switch. Trying them changes nobody.
        </Text>
        {run ? <RunState run={run} /> : null}
        <InlineStack gap="200">
          <Button disabled={busy || isRunning || unsaved} onClick={() => send({ intent: 'try' })}>
            {run ? 'Try them again' : 'Try them on everybody'}
          </Button>
          <Button variant="primary" disabled={busy || isRunning || unsaved} onClick={() => setAsking(true)}>
            Switch to them
          </Button>
          <Button tone="critical" variant="plain" disabled={busy} onClick={() => send({ intent: 'drop' })}>
            Drop them
          </Button>
        </InlineStack>
        {asking ? (
          <SwitchModal
            moved={run?.isOver ? run.moves.reduce((sum, { count }) => sum + count, 0) : null}
            onClose={() => setAsking(false)}
            onSwitch={(announce) => {
              setAsking(false);
              send({ intent: 'switch', announce: announce ? 'yes' : 'no' });
            }}
          />
        ) : null}
      </BlockStack>
    </Card>
  );
}

/** A switch that still brings customers in line. */
export function SwitchBanner({ live }: { live: RulesRunView }) {
  const { run } = live;
  const isRunning = run !== null && !run.isOver;
  useProgress(isRunning);
  if (!isRunning) return null;
  return (
    <Banner title="Your customers are brought in line with the new rules">
      <BlockStack gap="200">
        <Progress run={run} />
      </BlockStack>
    </Banner>
  );
}

type Run = NonNullable<RulesRunView['run']>;

function Progress({ run }: { run: Run }) {
  return (
    <>
      <ProgressBar progress={run.total === 0 ? 100 : Math.round((run.done * 100) / run.total)} size="small" />
      <Text as="p" tone="subdued">{`${whole(run.done, 'en')} of ${whole(run.total, 'en')} customers`}</Text>
    </>
  );
}

function RunState({ run }: { run: Run }) {
  if (!run.isOver) return <Progress run={run} />;
  if (run.moves.length === 0) {
    return <Text as="p">{`All ${whole(run.total, 'en')} customers would stay where they are.`}</Text>;
  }
  const moved = run.moves.reduce((sum, { count }) => sum + count, 0);
  return (
    <BlockStack gap="300">
      <Text as="p">{`${whole(moved, 'en')} of ${whole(run.total, 'en')} customers would stand elsewhere:`}</Text>
      <DataTable
        columnContentTypes={['text', 'text', 'numeric']}
        headings={['From', 'To', 'Customers']}
        rows={run.moves.map(({ from, to, count }) => [from, to, whole(count, 'en')])}
      />
      <BlockStack gap="100">
        {run.examples.map(({ customerId, name, from, to, why }) => (
          <Text key={customerId} as="p" breakWord>
            <Link url={`/app/customers/${customerId}`}>{name}</Link>
            {` would be ${STAGE_WORDS[to]} instead of ${STAGE_WORDS[from]}: ${why}`}
          </Text>
        ))}
      </BlockStack>
    </BlockStack>
  );
}

interface SwitchModalProps {
  /** How many would move; null: not tried. */
  moved: number | null;
  onClose: () => void;
  onSwitch: (announce: boolean) => void;
}

function SwitchModal({ moved, onClose, onSwitch }: SwitchModalProps) {
  const [announce, setAnnounce] = useState(false);
  const text =
    moved === null
      ? 'You have not tried them yet, so nobody knows how many customers will stand elsewhere.'
      : `${whole(moved, 'en')} customers will stand elsewhere. Where they stood stays in their stories.`;
  return (
    <Modal
      open
      onClose={onClose}
      title="Switch to the new rules?"
      primaryAction={{ content: 'Switch', onAction: () => onSwitch(announce) }}
      secondaryActions={[{ content: 'Cancel', onAction: onClose }]}
    >
      <Modal.Section>
        <BlockStack gap="300">
          <Text as="p">{text}</Text>
          <Checkbox
            label="Let it begin sequences"
            helpText="Sequences that go by a changed stage would begin for all of them at once."
            checked={announce}
            onChange={setAnnounce}
          />
        </BlockStack>
      </Modal.Section>
    </Modal>
  );
}
