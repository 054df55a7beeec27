import { useFetcher } from '@remix-run/react';
import {
  Badge,
  Banner,
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
import type { Unanswered } from '../sequences/wishes.ts';
import { unansweredInWords } from './audienceWords.ts';
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
    unanswered: readonly Pick<Unanswered, 'kind' | 'ref' | 'why'>[];
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
        {sequence.unanswered.map((told) => (
          <Banner key={`${told.kind} ${told.ref}`} tone="warning">
            <p>{unansweredInWords(told)}</p>
          </Banner>
        ))}
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
        <Stack {...sequence} />
        {fetcher.data?.error ? <InlineError message={fetcher.data.error} fieldID={sequence.id} /> : null}
      </BlockStack>
    </Card>
  );
}

/** How many mails went at their moment, how many were moved, how many were left out; the figures above say it in words. */
function Stack({ sent, moved, skipped }: { sent: number; moved: number; skipped: number }) {
  const late = Math.min(moved, sent);
  const parts = [
    { share: sent - late, colour: 'var(--p-color-bg-fill-success)', says: 'went at their moment' },
    { share: late, colour: 'var(--p-color-bg-fill-caution)', says: 'were moved' },
    { share: skipped, colour: 'var(--p-color-bg-fill-critical)', says: 'were left out' },
  ].filter(({ share }) => share > 0);
  return (
    <div
      aria-hidden="true"
      style={{
        display: 'flex',
        gap: 2,
        height: 6,
        borderRadius: 3,
        overflow: 'hidden',
        background: 'var(--p-color-bg-surface-tertiary)',
      }}
    >
      {parts.map(({ share, colour, says }) => (
        <span
          key={says}
          title={`${share} ${says}`}
          style={{ flexGrow: share, flexBasis: 0, minWidth: 2, background: colour }}
        />
      ))}
    </div>
  );
}
