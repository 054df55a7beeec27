import { DataTable } from '@shopify/polaris';
import { CustomerLink } from '../CustomerLink.tsx';
import { money, moment } from '../format.ts';
import { ListCard, type ListFrame } from '../ListCard.tsx';
import type { GestureView } from './gestureView.ts';

interface GestureTableProps extends ListFrame {
  title?: string;
  gestures: readonly (Omit<GestureView, 'at' | 'doneAt'> & { at: string | Date })[];
  zone: string;
  now: string;
  empty: string;
}

/** What was given, to whom and why, newest first. */
export function GestureTable({ gestures, zone, now, empty, ...frame }: GestureTableProps) {
  return (
    <ListCard {...frame} zone={zone} empty={gestures.length > 0 ? null : empty}>
      <DataTable
        columnContentTypes={['text', 'text', 'text', 'text', 'numeric', 'text']}
        headings={['For', 'What', 'Why', 'State', 'Cost', 'When']}
        rows={gestures.map((row) => [
          <CustomerLink key={row.id} id={row.customerId} name={row.customer} />,
          row.what,
          row.why,
          row.stateInWords,
          row.amount === 0 ? '–' : money(row.amount, row.currency, 'en'),
          moment(row.at, { locale: 'en', timeZone: zone, now }),
        ])}
      />
    </ListCard>
  );
}
