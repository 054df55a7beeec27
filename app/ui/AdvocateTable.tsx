import { BlockStack, Card, DataTable, Link, Text } from '@shopify/polaris';
import { memo } from 'react';
import { money, moment } from './format.ts';

interface AdvocateTableProps {
  advocates: readonly {
    customerId: string;
    name: string | null;
    code: string | null;
    friends: number;
    qualified: number;
    revenue: string;
    lastAt: string | Date;
  }[];
  currency: string;
  zone: string;
  now: string;
}

/** Who brings most, in what their friends spent. */
export const AdvocateTable = memo(function AdvocateTable({
  advocates,
  currency,
  zone,
  now,
}: AdvocateTableProps) {
  return (
    <Card>
      <BlockStack gap="300">
        <Text as="h2" variant="headingMd">
          Advocates
        </Text>
        {advocates.length === 0 ? (
          <Text as="p" tone="subdued">
            Whoever brings a friend stands here.
          </Text>
        ) : (
          <DataTable
            columnContentTypes={['text', 'text', 'numeric', 'numeric', 'numeric', 'text']}
            headings={['Name', 'Code', 'Friends', 'Settled', 'Spent', 'Last']}
            rows={advocates.map((one) => [
              <Link key={one.customerId} url={`/app/customers/${one.customerId}`} removeUnderline>
                {one.name ?? 'No name'}
              </Link>,
              one.code ?? '–',
              one.friends,
              one.qualified,
              money(one.revenue, currency, 'en'),
              moment(one.lastAt, { locale: 'en', timeZone: zone, now }),
            ])}
          />
        )}
      </BlockStack>
    </Card>
  );
});
