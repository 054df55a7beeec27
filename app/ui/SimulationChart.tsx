import { scaleBand, scaleLinear } from 'd3-scale';
import { BlockStack, InlineStack, Text } from '@shopify/polaris';
import type { SimulationReport } from '../sequences/tally.ts';

const WIDTH = 420;
const HEIGHT = 130;
const LEFT = 32;
const FOOT = 18;
const COLORS = ['#4f8a5b', '#c98b2b', '#4a76a8', '#a8577e', '#6d6a9c', '#7d7d7d'];

/** @returns the most messages that went on one day */
export const busiestDay = ({ days, steps }: SimulationReport): number =>
  Math.max(0, ...days.map((_, index) => steps.reduce((sum, { byDay }) => sum + byDay[index]!, 0)));

interface SimulationChartProps {
  title: string;
  report: SimulationReport;
  /** The same for what is compared. */
  most: number;
  names: Readonly<Record<string, string>>;
}

/** Messages a day, one colour a step. */
export function SimulationChart({ title, report, most, names }: SimulationChartProps) {
  const { days, steps } = report;
  const x = scaleBand(days, [LEFT, WIDTH]).paddingInner(0.15);
  const y = scaleLinear([0, Math.max(most, 1)], [HEIGHT - FOOT, 6]).nice(3);
  const words = `${title}: ${report.messages.sent} messages in ${days.length} days, ${busiestDay(report)} on the busiest`;
  return (
    <BlockStack gap="200">
      <Text as="h3" variant="headingSm">
        {title}
      </Text>
      <svg
        viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
        width="100%"
        role="img"
        aria-label={words}
        style={{ display: 'block', aspectRatio: `${WIDTH} / ${HEIGHT}` }}
      >
        {y
          .ticks(3)
          .filter(Number.isInteger)
          .map((tick) => (
            <g key={tick}>
              <line x1={LEFT} x2={WIDTH} y1={y(tick)} y2={y(tick)} stroke="var(--p-color-border-secondary)" />
              <text x={0} y={y(tick) + 4} fontSize="12" fill="var(--p-color-text-secondary)">
                {tick}
              </text>
            </g>
          ))}
        {days.map((day, index) => {
          let below = 0;
          return steps.map(({ step, byDay }, place) => {
            const count = byDay[index]!;
            const [from, to] = [below, (below += count)];
            return count === 0 ? null : (
              <rect
                key={`${day} ${step}`}
                x={x(day)}
                width={x.bandwidth()}
                y={y(to)}
                height={y(from) - y(to)}
                fill={COLORS[place % COLORS.length]}
              >
                <title>{`${day}: ${count} of ${names[step] ?? step}`}</title>
              </rect>
            );
          });
        })}
        {[days[0]!, days[Math.floor(days.length / 2)]!, days.at(-1)!].map((day, place) => (
          <text
            key={day}
            x={place === 2 ? WIDTH : x(day)!}
            y={HEIGHT - 3}
            fontSize="12"
            textAnchor={(['start', 'middle', 'end'] as const)[place]}
            fill="var(--p-color-text-secondary)"
          >
            {shortDay(day)}
          </text>
        ))}
      </svg>
      <InlineStack gap="300">
        {steps.map(({ step, sent }, place) => (
          <InlineStack key={step} gap="100" blockAlign="center">
            <span
              aria-hidden="true"
              style={{
                width: 10,
                height: 10,
                borderRadius: 2,
                background: COLORS[place % COLORS.length],
              }}
            />
            <Text as="span" variant="bodySm">{`${names[step] ?? step} (${sent})`}</Text>
          </InlineStack>
        ))}
      </InlineStack>
    </BlockStack>
  );
}

const shortDay = (day: string) =>
  new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', timeZone: 'UTC' }).format(
    new Date(`${day}T00:00:00Z`),
  );
