import { useFetcher } from '@remix-run/react';
import { Badge, BlockStack, Button, Card, InlineStack, Link, Text } from '@shopify/polaris';
import { memo } from 'react';
import type { ShopSettings } from '../shops/settings.ts';
import { moment, relative } from './format.ts';
import { NumberField } from './NumberField.tsx';
import { saveFile } from './saveFile.ts';
import { useCsv } from './useCsv.ts';
import type { SyncProgress } from '../shops/sync.ts';
import { SettingsPart } from './SettingsPart.tsx';
import type { SectionProps } from './SettingsSections.tsx';
import { SyncBanner } from './SyncBanner.tsx';

interface DataSectionProps extends SectionProps, Pick<ShopSettings, 'retentionDays'> {
  sync: readonly SyncProgress[];
  intake: {
    lastRunAt: string | Date | null;
    isCurrent: boolean;
    compared: number;
    missing: number;
    stale: number;
  };
  letters: readonly { webhookId: string; topic: string; receivedAt: string | Date; reason: string }[];
  requests: readonly {
    id: string;
    kind: string;
    state: string;
    requestedAt: string | Date;
    hasExport: boolean;
  }[];
  zone: string;
  now: string;
}

const REQUEST_NAMES: Record<string, string> = {
  export: 'Everything we know of a customer',
  'erase-customer': 'Erasure of a customer',
  'erase-shop': 'Erasure of the shop',
};

function comparedInWords({ compared, missing, stale }: DataSectionProps['intake']): string {
  const orders = compared === 1 ? 'one order' : `${compared} orders`;
  if (missing + stale === 0) return `${orders}, all of them as they should be.`;
  return `${orders}. ${missing} had not come in and ${stale} were out of date; all are mended.`;
}

/** Says of the last 24 hours only what was looked at. */
function checkedIn({ lastRunAt, isCurrent, missing }: DataSectionProps['intake'], now: string): string {
  if (!lastRunAt) return 'Not compared yet';
  return isCurrent
    ? `${missing} missing in the last 24 h`
    : `Last compared ${relative(lastRunAt, now, 'en')}: ${missing} missing`;
}

/** Whether everything arrives, what could not be read, how long it is kept, and who asked for their data. */
export const DataSection = memo(function DataSection({
  retentionDays,
  change,
  errors,
  sync,
  intake,
  letters,
  requests,
  zone,
  now,
}: DataSectionProps) {
  const fetcher = useFetcher();
  const csv = useCsv('data-requests');
  const at = (date: string | Date) => moment(date, { locale: 'en', timeZone: zone, now });
  const redrive = () => {
    const form = new FormData();
    form.set('intent', 'redrive');
    for (const letter of letters) form.append('id', letter.webhookId);
    fetcher.submit(form, { method: 'post' });
  };
  return (
    <SettingsPart
      id="data"
      title="Data"
      description="What comes in from Shopify, how long it is kept, and what customers asked for."
    >
      <BlockStack gap="400">
        <SyncBanner parts={sync} />
        <Card>
          <BlockStack gap="200">
            <InlineStack align="space-between">
              <Text as="h3" variant="headingSm">
                Orders from Shopify
              </Text>
              <Badge tone={intake.isCurrent && intake.missing === 0 ? 'success' : 'attention'}>
                {checkedIn(intake, now)}
              </Badge>
            </InlineStack>
            <Text as="p" tone="subdued">
              {intake.lastRunAt
                ? `Compared with Shopify ${at(intake.lastRunAt)}: ${comparedInWords(intake)}`
                : 'Every quarter of an hour the orders here are compared with those at Shopify and mended.'}
            </Text>
          </BlockStack>
        </Card>
        {letters.length > 0 ? (
          <Card>
            <BlockStack gap="200">
              <InlineStack align="space-between">
                <Text as="h3" variant="headingSm">
                  Notices that could not be read
                </Text>
                <Button onClick={redrive} loading={fetcher.state !== 'idle'}>
                  Try them again
                </Button>
              </InlineStack>
              {letters.map((letter) => (
                <Text as="p" key={letter.webhookId}>
                  {`${letter.topic}, ${at(letter.receivedAt)}: ${letter.reason}`}
                </Text>
              ))}
            </BlockStack>
          </Card>
        ) : null}
        <Card>
          <BlockStack gap="200">
            <NumberField
              label="Days that sent mails are kept"
              min={7}
              max={730}
              value={retentionDays}
              onChange={(days) => change({ retentionDays: days })}
              error={errors['retentionDays']}
            />
            <InlineStack align="space-between" blockAlign="center">
              <Text as="h3" variant="headingSm">
                Requests for data
              </Text>
              <Button variant="plain" onClick={csv.onAction} accessibilityLabel="Export the requests as CSV">
                {csv.content}
              </Button>
            </InlineStack>
            {requests.length === 0 ? (
              <Text as="p" tone="subdued">
                Nobody has asked.
              </Text>
            ) : null}
            {requests.map((request) => (
              <InlineStack key={request.id} align="space-between">
                <Text as="p">{`${REQUEST_NAMES[request.kind] ?? request.kind}, ${at(request.requestedAt)}`}</Text>
                {request.hasExport ? (
                  <Button
                    variant="plain"
                    onClick={() => saveFile(`/app/data-request/${request.id}`, 'customer-data.json')}
                  >
                    Download
                  </Button>
                ) : (
                  <Badge>{request.state}</Badge>
                )}
              </InlineStack>
            ))}
          </BlockStack>
        </Card>
        <Card>
          <InlineStack align="space-between" gap="200">
            <Text as="p">Who looked at your customers’ data</Text>
            <Link url="/app/access-log" removeUnderline>
              Access log
            </Link>
          </InlineStack>
        </Card>
      </BlockStack>
    </SettingsPart>
  );
});
