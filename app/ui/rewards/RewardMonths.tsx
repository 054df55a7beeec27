import { BlockStack, Card, DataTable, InlineStack, Text } from '@shopify/polaris';
import { scaleBand, scaleLinear } from 'd3-scale';
import { breakageRate, type MonthRow } from '../../rewards/report.ts';
import { amountText } from './rewardWords.ts';

const WIDTH = 640;
const HEIGHT = 180;
const FOOT = 22;
const SHOWN = 12;
const SERIES = [
  { key: 'issued', label: 'given', color: '#4a76a8' },
  { key: 'used', label: 'used', color: '#4f8a5b' },
  { key: 'expired', label: 'ran out', color: '#c98b2b' },
  { key: 'takenBack', label: 'taken back', color: '#a8577e' },
] as const;

const name = (month: string, style: 'short' | 'long') =>
  new Intl.DateTimeFormat('en', {
    month: style,
    ...(style === 'long' ? { year: 'numeric' } : {}),
    timeZone: 'UTC',
  }).format(new Date(`${month}-01T00:00:00Z`));

const percent = (rate: number | null) =>
  rate === null
    ? '–'
    : new Intl.NumberFormat('en', { style: 'percent', maximumFractionDigits: 1 }).format(rate);

/** What was given in a currency and what became of it, month by month. */
export function RewardMonths({ currency, months }: { currency: string; months: readonly MonthRow[] }) {
  if (months.length === 0) return null;
  const text = (minor: string) => amountText(minor, currency);
  return (
    <Card>
      <BlockStack gap="300">
        <Text as="h3" variant="headingSm">
          What became of it
        </Text>
        <Picture months={months.slice(0, SHOWN).toReversed()} text={text} />
        <InlineStack gap="400">
          {SERIES.map(({ key, label, color }) => (
            <InlineStack key={key} gap="150" blockAlign="center">
              <div aria-hidden="true" style={{ width: 12, height: 12, borderRadius: 3, background: color }} />
              <Text as="span" tone="subdued">
                {label}
              </Text>
            </InlineStack>
          ))}
        </InlineStack>
        <DataTable
          columnContentTypes={['text', ...Array.from({ length: 7 }, () => 'numeric' as const)]}
          headings={[
            'Month',
            'Promised',
            'Given',
            'Used',
            'Ran out',
            'Taken back',
            'Owed at the end',
            'Breakage',
          ]}
          rows={months
            .slice(0, SHOWN)
            .map((row) => [
              name(row.month, 'long'),
              ...[row.earned, row.issued, row.used, row.expired, row.takenBack, row.owed].map(text),
              percent(breakageRate(row)),
            ])}
        />
        <Text as="p" variant="bodySm" tone="subdued">
          Breakage: of what came to its end in a month, how much was never used.
        </Text>
      </BlockStack>
    </Card>
  );
}

function Picture({ months, text }: { months: readonly MonthRow[]; text: (minor: string) => string }) {
  const most = Math.max(1, ...months.flatMap((row) => SERIES.map(({ key }) => Number(row[key]))));
  const x = scaleBand(
    months.map(({ month }) => month),
    [0, WIDTH],
  ).padding(0.25);
  const inner = scaleBand(
    SERIES.map(({ key }) => key),
    [0, x.bandwidth()],
  );
  const y = scaleLinear([0, most], [HEIGHT - FOOT, 8]);
  const words = months
    .map(
      (row) =>
        `${name(row.month, 'long')}: ${SERIES.map(({ key, label }) => `${text(row[key])} ${label}`).join(', ')}`,
    )
    .join('; ');
  return (
    <svg
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      width="100%"
      role="img"
      aria-label={words}
      style={{ display: 'block', aspectRatio: `${WIDTH} / ${HEIGHT}` }}
    >
      <line x1={0} x2={WIDTH} y1={y(0)} y2={y(0)} stroke="var(--p-color-border)" />
      {months.map((row) => (
        <g key={row.month} transform={`translate(${x(row.month) ?? 0} 0)`}>
          {SERIES.map(({ key, label, color }) => {
            const value = Math.max(0, Number(row[key]));
            return value === 0 ? null : (
              <rect
                key={key}
                x={inner(key)}
                width={inner.bandwidth()}
                y={y(value)}
                height={y(0) - y(value)}
                fill={color}
              >
                <title>{`${text(row[key])} ${label}`}</title>
              </rect>
            );
          })}
          <text
            x={x.bandwidth() / 2}
            y={HEIGHT - 6}
            fontSize="11"
            textAnchor="middle"
            fill="var(--p-color-text-secondary)"
          >
            {name(row.month, 'short')}
          </text>
        </g>
      ))}
    </svg>
  );
}
