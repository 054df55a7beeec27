import { useFetcher } from '@remix-run/react';
import {
  Badge,
  BlockStack,
  Button,
  Card,
  InlineError,
  InlineGrid,
  InlineStack,
  Link,
  Text,
} from '@shopify/polaris';
import type { Opening } from '../sequences/opening.ts';
import { promiseOf } from './planSentences.ts';
import { useToast } from './useToast.ts';

interface SequenceRowProps {
  sequence: {
    id: string;
    key: string;
    name: string;
    on: boolean;
    inside: number;
    sent: number;
    opened: number;
    acted: number;
    moved: number;
    skipped: number;
    opening: Opening | null;
  };
}

/** A sequence as a sentence with its figures of the last 30 days and its switch. */
export function SequenceRow({ sequence }: SequenceRowProps) {
  const fetcher = useFetcher<{ toast?: string; error?: string }>();
  useToast(fetcher.data?.toast);
  const busy = fetcher.state !== 'idle';
  const on = busy && fetcher.formData ? fetcher.formData.get('on') === 'true' : sequence.on;
  /** Each opens the list behind it. */
  const messages = `/app/sequences/messages?sequence=${sequence.id}&what=`;
  const figures: [string, number, string][] = [
    ['inside now', sequence.inside, `/app/sequences/${sequence.id}/inside`],
    ['sent', sequence.sent, `${messages}sent`],
    ['opened', sequence.opened, `${messages}opened`],
    ['acted', sequence.acted, `${messages}acted`],
    ['moved', sequence.moved, `${messages}moved`],
    ['skipped', sequence.skipped, `${messages}skipped`],
  ];
  const promise = promiseOf(sequence.key, sequence.opening);
  return (
    <Card>
      <BlockStack gap="300">
        <InlineStack align="space-between" blockAlign="start" gap="400" wrap={false}>
          <BlockStack gap="050">
            <InlineStack gap="200" blockAlign="center" align="start">
              <Text as="h2" variant="headingMd">
                <Link url={`/app/sequences/${sequence.id}`} removeUnderline monochrome>
                  {sequence.name}
                </Link>
              </Text>
              <Badge {...(on ? { tone: 'success' as const } : {})}>{on ? 'On' : 'Off'}</Badge>
            </InlineStack>
            {promise ? (
              <Text as="p" tone="subdued">
                {promise}
              </Text>
            ) : null}
          </BlockStack>
          <fetcher.Form method="post" action="/app/sequences?index" style={{ flexShrink: 0 }}>
            <input type="hidden" name="id" value={sequence.id} />
            <input type="hidden" name="on" value={String(!sequence.on)} />
            <Button
              submit
              loading={busy}
              accessibilityLabel={`${on ? 'Switch off' : 'Switch on'}: ${sequence.name}`}
            >
              {on ? 'Switch off' : 'Switch on'}
            </Button>
          </fetcher.Form>
        </InlineStack>
        <InlineGrid columns={{ xs: 3, md: 6 }} gap="200">
          {figures.map(([label, value, url]) => (
            <BlockStack key={label}>
              <Text as="span" variant="headingMd" numeric>
                {new Intl.NumberFormat('en').format(value)}
              </Text>
              <Text as="span" variant="bodySm" tone="subdued">
                <Link
                  url={url}
                  removeUnderline
                  monochrome
                  accessibilityLabel={`${sequence.name}: ${value} ${label}`}
                >
                  {label}
                </Link>
              </Text>
            </BlockStack>
          ))}
        </InlineGrid>
        {fetcher.data?.error ? <InlineError message={fetcher.data.error} fieldID={sequence.id} /> : null}
      </BlockStack>
    </Card>
  );
}
