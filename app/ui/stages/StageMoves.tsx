import { BlockStack, DataTable, InlineStack, Text } from '@shopify/polaris';
import { scaleBand, scaleLinear } from 'd3-scale';
import { STAGES, type Stage } from '../../customers/customer.ts';
import type { StageMonth } from '../../insights/stage-moves.ts';
import { STAGE_COLORS } from '../StageBar.tsx';

const WIDTH = 640;
const HEIGHT = 220;
const LEFT = 36;
const FOOT = 22;

const sum = (people: Record<Stage, number>) => STAGES.reduce((all, stage) => all + people[stage], 0);
const monthName = (month: string, style: 'short' | 'long') =>
  new Intl.DateTimeFormat('en', {
    month: style,
    ...(style === 'long' ? { year: 'numeric' } : {}),
    timeZone: 'UTC',
  }).format(new Date(`${month}-01T00:00:00Z`));

/** Month by month: upwards who came closer, downwards who went away, each by the stage that they came to. */
export function StageMoves({ months }: { months: readonly StageMonth[] }) {
  const most = Math.max(1, ...months.map(({ closer }) => sum(closer)));
  const least = Math.max(1, ...months.map(({ away }) => sum(away)));
  const x = scaleBand(
    months.map(({ month }) => month),
    [LEFT, WIDTH],
  ).padding(0.3);
  const y = scaleLinear([-least, most], [HEIGHT - FOOT, 8]);
  const words = months
    .filter(({ closer, away }) => sum(closer) + sum(away) > 0)
    .map(({ month, closer, away }) => `${monthName(month, 'long')}: ${sum(closer)} closer, ${sum(away)} away`)
    .join('; ');
  return (
    <BlockStack gap="300">
      <svg
        viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
        width="100%"
        role="img"
        aria-label={words || 'Nobody has moved yet'}
        style={{ display: 'block', aspectRatio: `${WIDTH} / ${HEIGHT}` }}
      >
        <line x1={LEFT} x2={WIDTH} y1={y(0)} y2={y(0)} stroke="var(--p-color-border)" />
        {[most, -least].map((value) => (
          <text
            key={value}
            x={LEFT - 8}
            y={y(value) + 4}
            fontSize="11"
            textAnchor="end"
            fill="var(--p-color-text-secondary)"
          >
            {Math.abs(value)}
          </text>
        ))}
        {months.map((month) => (
          <g key={month.month}>
            <Pile people={month.closer} sign={1} x={x(month.month) ?? 0} width={x.bandwidth()} y={y} />
            <Pile people={month.away} sign={-1} x={x(month.month) ?? 0} width={x.bandwidth()} y={y} />
            <text
              x={(x(month.month) ?? 0) + x.bandwidth() / 2}
              y={HEIGHT - 6}
              fontSize="11"
              textAnchor="middle"
              fill="var(--p-color-text-secondary)"
            >
              {monthName(month.month, 'short')}
            </text>
          </g>
        ))}
      </svg>
      <InlineStack gap="400">
        {STAGES.map((stage) => (
          <InlineStack key={stage} gap="150" blockAlign="center">
            <div
              aria-hidden="true"
              style={{ width: 12, height: 12, borderRadius: 6, background: STAGE_COLORS[stage] }}
            />
            <Text as="span" tone="subdued">{`to ${stage}`}</Text>
          </InlineStack>
        ))}
      </InlineStack>
    </BlockStack>
  );
}

interface PileProps {
  people: Record<Stage, number>;
  /** 1 upwards, -1 downwards */
  sign: 1 | -1;
  x: number;
  width: number;
  y: (value: number) => number;
}

function Pile({ people, sign, x, width, y }: PileProps) {
  const parts = STAGES.filter((stage) => people[stage] > 0).map((stage, i, all) => {
    const below = all.slice(0, i).reduce((total, each) => total + people[each], 0);
    const [from, to] = [y(sign * below), y(sign * (below + people[stage]))];
    return { stage, top: Math.min(from, to), height: Math.abs(to - from) };
  });
  return parts.map(({ stage, top, height }) => (
    <rect key={stage} x={x} y={top} width={width} height={height} fill={STAGE_COLORS[stage]}>
      <title>{`${people[stage]} to ${stage}`}</title>
    </rect>
  ));
}

/** The same in figures, newest first. */
export function StageMovesTable({ months }: { months: readonly StageMonth[] }) {
  const rows = [...months]
    .reverse()
    .filter(({ closer, away }) => sum(closer) + sum(away) > 0)
    .map(({ month, closer, away }) => [
      monthName(month, 'long'),
      closer.acquaintance,
      closer.friend,
      closer.family,
      sum(away),
    ]);
  if (rows.length === 0) return null;
  return (
    <DataTable
      columnContentTypes={['text', 'numeric', 'numeric', 'numeric', 'numeric']}
      headings={['Month', 'Became acquaintances', 'Became friends', 'Became family', 'Went a step away']}
      rows={rows}
    />
  );
}
