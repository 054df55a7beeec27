import { useFetcher } from '@remix-run/react';
import { Banner, BlockStack, Button, Card, InlineStack, ProgressBar, Text } from '@shopify/polaris';
import { useEffect } from 'react';
import type { Compared, SimulationView } from '../sequences/simulation.ts';
import { SimulationReports } from './SimulationReports.tsx';

/** As it comes over the wire. */
interface Answer {
  simulation: (Omit<SimulationView, 'askedAt'> & { askedAt: string }) | null;
  problems: boolean;
}

/** How often progress is looked at while a try runs. */
const LOOK_EVERY_MS = 1500;

/** What this plan would have done in the last 90 days, beside what is live. */
export function SimulationPanel({ sequenceId }: { sequenceId: string }) {
  const fetcher = useFetcher<Answer>();
  const { load } = fetcher;
  const url = `/app/sequences/${sequenceId}/simulate`;
  const simulation = fetcher.data?.simulation ?? null;
  const isRunning = simulation?.state === 'waiting' || simulation?.state === 'running';
  useEffect(() => load(url), [load, url]);
  useEffect(() => {
    if (!isRunning) return undefined;
    const timer = setInterval(() => load(url), LOOK_EVERY_MS);
    return () => clearInterval(timer);
  }, [isRunning, load, url]);
  return (
    <Card>
      <BlockStack gap="400">
        <InlineStack align="space-between" blockAlign="start" gap="300">
          <BlockStack gap="050">
            <Text as="h2" variant="headingMd">
              What would it have done?
            </Text>
            <Text as="p" tone="subdued">
              This plan on the orders of the last 90 days. Nothing is sent, nothing is changed.
            </Text>
          </BlockStack>
          <Button
            loading={fetcher.state === 'submitting'}
            onClick={() => fetcher.submit({}, { method: 'post', action: url })}
          >
            {simulation ? 'Simulate again' : 'Simulate'}
          </Button>
        </InlineStack>
        {fetcher.data?.problems ? (
          <Banner tone="warning">
            This plan has problems yet. Mend what stands beside its steps, then try it.
          </Banner>
        ) : null}
        {simulation ? <State simulation={simulation} /> : null}
      </BlockStack>
    </Card>
  );
}

function State({ simulation }: { simulation: NonNullable<Answer['simulation']> }) {
  const { state, progress, report, isCurrent } = simulation;
  switch (state) {
    case 'waiting':
    case 'running':
      return (
        <BlockStack gap="200">
          <ProgressBar progress={Math.max(2, Math.round(progress * 100))} size="small" />
          <Text as="p" tone="subdued">
            {state === 'waiting'
              ? 'It begins in a moment.'
              : `${Math.round(progress * 100)} % of your customers`}
          </Text>
        </BlockStack>
      );
    case 'failed':
      return (
        <Banner tone="critical" title="It could not be tried">
          <p>Your sequence is as it was. Try again in a minute.</p>
        </Banner>
      );
    case 'done':
      return (
        <BlockStack gap="400">
          {isCurrent ? null : (
            <Banner tone="info">The plan has changed since. Simulate again to see what it does now.</Banner>
          )}
          {report ? <SimulationReports compared={report as Compared} /> : null}
        </BlockStack>
      );
  }
}
