import { DataTable } from '@shopify/polaris';
import { memo } from 'react';
import { CustomerLink } from './CustomerLink.tsx';
import { money, moment } from './format.ts';
import { ListCard, type ListFrame } from './ListCard.tsx';

interface AdvocateTableProps extends ListFrame {
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
  ...frame
}: AdvocateTableProps) {
  return (
    <ListCard
      {...(frame.allUrl ? { title: 'Advocates' } : {})}
      {...frame}
      zone={zone}
      empty={advocates.length > 0 ? null : 'Whoever brings a friend stands here.'}
    >
      <DataTable
        columnContentTypes={['text', 'text', 'numeric', 'numeric', 'numeric', 'text']}
        headings={['Name', 'Code', 'Friends', 'Settled', 'Spent', 'Last']}
        rows={advocates.map((one) => [
          <CustomerLink key={one.customerId} id={one.customerId} name={one.name} />,
          one.code ?? '–',
          one.friends,
          one.qualified,
          money(one.revenue, currency, 'en'),
          moment(one.lastAt, { locale: 'en', timeZone: zone, now }),
        ])}
      />
    </ListCard>
  );
});
