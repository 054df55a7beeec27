import { BlockStack, Card, DataTable, Text } from '@shopify/polaris';
import type { Pace } from '../../conversations/figures.server.ts';
import { minutesInWords } from './paceWords.ts';

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
            <svg
              role="img"
              aria-label={`${title}: the table below has the same figures`}
              viewBox={`0 0 600 ${rows.length * 22}`}
              width="100%"
              style={{ maxWidth: 600 }}
            >
              {rows.map((row, index) => (
                <g key={row.group} transform={`translate(0 ${index * 22})`}>
                  <text x="0" y="14" fontSize="12" fill="#616161">
                    {nameOf(row.group).slice(0, 18)}
                  </text>
                  <rect x="130" y="4" height="12" rx="2" width={(row.p90 / most) * 380 + 1} fill="#c9dccf" />
                  <rect x="130" y="4" height="12" rx="2" width={(row.p50 / most) * 380 + 1} fill="#3b7a57" />
                  <text x="520" y="14" fontSize="12" fill={row.late > 0 ? '#8e1f0b' : '#616161'}>
                    {`${Math.round((row.late / row.answers) * 100)} % late`}
                  </text>
                </g>
              ))}
            </svg>
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
