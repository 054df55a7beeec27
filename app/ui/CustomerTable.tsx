import { EmptySearchResult, IndexTable, Link, Text } from '@shopify/polaris';
import { memo } from 'react';
import type { Stage } from '../customers/customer.ts';
import { money, relative } from './format.ts';
import { StageDot } from './StageDot.tsx';
import { usePages } from './usePages.ts';

const HEADINGS = ['Name', 'Stage', 'Orders', 'Spent', 'Last order', 'Last heard from', 'Score'] as const;

interface CustomerTableProps {
  customers: readonly {
    id: string;
    name: string | null;
    email: string | null;
    stage: Stage;
    ordersCount: number;
    /** Minor units. */
    totalSpent: string;
    lastOrderAt: string | Date | null;
    lastHeardAt: string | Date | null;
    lastScore: number | null;
  }[];
  /** Where the next page begins; null on the last one. */
  next: string | null;
  currency: string;
  now: string;
}

/** One page of customers. */
export const CustomerTable = memo(function CustomerTable({
  customers,
  next,
  currency,
  now,
}: CustomerTableProps) {
  const pagination = usePages(next);
  return (
    <IndexTable
      resourceName={{ singular: 'customer', plural: 'customers' }}
      itemCount={customers.length}
      selectable={false}
      headings={HEADINGS.map((title) => ({ title })) as [{ title: string }]}
      emptyState={
        <EmptySearchResult
          title="Nobody like that"
          description="Try a part of the name or of the e-mail address."
          withIllustration
        />
      }
      pagination={pagination}
    >
      {customers.map((customer, position) => (
        <IndexTable.Row id={customer.id} key={customer.id} position={position}>
          <IndexTable.Cell>
            <Link url={`/app/customers/${customer.id}`} dataPrimaryLink removeUnderline monochrome>
              <Text as="span" fontWeight="semibold" truncate>
                {customer.name ?? customer.email ?? 'No name'}
              </Text>
            </Link>
          </IndexTable.Cell>
          <IndexTable.Cell>
            <StageDot stage={customer.stage} />
          </IndexTable.Cell>
          <IndexTable.Cell>{customer.ordersCount}</IndexTable.Cell>
          <IndexTable.Cell>{money(customer.totalSpent, currency, 'en')}</IndexTable.Cell>
          <IndexTable.Cell>
            {customer.lastOrderAt ? relative(customer.lastOrderAt, now, 'en') : '–'}
          </IndexTable.Cell>
          <IndexTable.Cell>
            {customer.lastHeardAt ? relative(customer.lastHeardAt, now, 'en') : '–'}
          </IndexTable.Cell>
          <IndexTable.Cell>
            {customer.lastScore === null ? '–' : `${customer.lastScore} of 5`}
          </IndexTable.Cell>
        </IndexTable.Row>
      ))}
    </IndexTable>
  );
});
