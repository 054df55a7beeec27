import { BlockStack, Card, DataTable, Text } from '@shopify/polaris';
import type { Pace } from '../../conversations/figures.server.ts';
import { minutesInWords } from './paceWords.ts';

/** A name, its bar, and what was late: words keep their size however narrow the page is. */
const ROW = {
  display: 'grid',
  gridTemplateColumns: 'minmax(3.5rem, 8rem) minmax(0, 1fr) 5rem',
  gap: 12,
  alignItems: 'center',
} as const;

interface PaceTableProps {
  title: string;
  /** What a row is. */
  of: string;
  rows: readonly Pace[];
  nameOf: (group: string) => string;
}

/** A picture of how long answers took, and the same as a table: the middle one dark, nine of ten light, late ones red. */
export function PaceTable({ title, of, rows, nameOf }: PaceTableProps) {
  const most = Math.max(1, ...rows.map(({ p90 }) => p90));
  return (
    <Card>
      <BlockStack gap="300">
        <Text as="h2" variant="headingMd">
          {title}
        </Text>
        {rows.length === 0 ? (
          <Text as="p" tone="subdued">
            Nobody has answered anybody in this time.
          </Text>
        ) : (
          <>
            <div
              role="img"
              aria-label={`${title}: the table below has the same figures`}
              style={{ maxWidth: 600, display: 'grid', gap: 8 }}
            >
              {rows.map((row) => (
                <div key={row.group} style={ROW}>
                  <Text as="span" variant="bodySm" tone="subdued" truncate>
                    {nameOf(row.group)}
                  </Text>
                  <svg viewBox="0 0 100 12" preserveAspectRatio="none" width="100%" height="12">
                    <rect height="12" width={Math.max(1, (row.p90 / most) * 100)} fill="#c9dccf" />
                    <rect height="12" width={Math.max(1, (row.p50 / most) * 100)} fill="#3b7a57" />
                  </svg>
                  <Text as="span" variant="bodySm" tone={row.late > 0 ? 'critical' : 'subdued'}>
                    {`${Math.round((row.late / row.answers) * 100)} % late`}
                  </Text>
                </div>
              ))}
            </div>
            <DataTable
              columnContentTypes={['text', 'numeric', 'numeric', 'numeric', 'numeric']}
              headings={[of, 'Answers', 'Middle', 'Nine of ten within', 'Late']}
              rows={rows.map((row) => [
                nameOf(row.group),
                row.answers,
                minutesInWords(row.p50),
                minutesInWords(row.p90),
                `${row.late} (${Math.round((row.late / row.answers) * 100)} %)`,
              ])}
            />
          </>
        )}
      </BlockStack>
    </Card>
  );
}
