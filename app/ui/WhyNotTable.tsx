import { Link, DataTable } from '@shopify/polaris';
import type { WhyNot } from '../sequences/sequences.server.ts';
import { ListCard } from './ListCard.tsx';
import { whyInWords } from './reasonWords.ts';

interface WhyNotTableProps {
  title: string;
  /** Said when there is none of this kind. */
  none: string;
  /** Of one kind. */
  rows: readonly Pick<WhyNot, 'fate' | 'why' | 'count'>[];
  days: number;
}

const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);

/** What did not go, by its reason; each figure opens the list behind it. */
export function WhyNotTable({ title, none, rows, days }: WhyNotTableProps) {
  const total = rows.reduce((sum, { count }) => sum + count, 0);
  const listOf = ({ fate, why }: (typeof rows)[number]) =>
    `/app/sequences/messages?${new URLSearchParams({ what: fate, why, days: String(days) }).toString()}`;
  return (
    <ListCard title={title} empty={rows.length > 0 ? null : none}>
      <DataTable
        columnContentTypes={['text', 'numeric']}
        headings={['Why', 'Mails']}
        rows={rows.map((row) => {
          const why = capital(whyInWords(row.why));
          const label = `${row.count}: ${why}`;
          return [
            why,
            <Link key={row.why} url={listOf(row)} removeUnderline accessibilityLabel={label}>
              {row.count.toLocaleString('en')}
            </Link>,
          ];
        })}
        totals={['', total.toLocaleString('en')]}
        showTotalsInFooter
      />
    </ListCard>
  );
}
