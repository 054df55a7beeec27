import { BlockStack, InlineStack, Link, Text } from '@shopify/polaris';

interface ScoreBarsProps {
  /** Answers that gave 1, 2, 3, 4, 5. */
  counts: readonly number[];
  /** Words of the answers, worst first. */
  labels: readonly string[];
  /** The list of those who gave a score. */
  urlOf: (score: number) => string;
}

const COLORS = ['#c05746', '#d9925b', '#d9c06b', '#8fb573', '#4f8a5b'];

/** How often each answer was given, best on top. */
export function ScoreBars({ counts, labels, urlOf }: ScoreBarsProps) {
  const most = Math.max(...counts, 1);
  return (
    <BlockStack gap="200">
      {[...counts.keys()].reverse().map((at) => (
        <InlineStack key={at} gap="300" wrap={false} blockAlign="center">
          <div style={{ width: 110, flexShrink: 0 }}>
            <Link url={urlOf(at + 1)} removeUnderline monochrome>
              {labels[at] ?? `${at + 1} of 5`}
            </Link>
          </div>
          <div style={{ flexGrow: 1 }} aria-hidden="true">
            <div
              style={{
                width: `${(counts[at]! / most) * 100}%`,
                minWidth: 2,
                height: 16,
                borderRadius: 4,
                background: COLORS[at],
              }}
            />
          </div>
          <div style={{ width: 48, textAlign: 'end' }}>
            <Text as="span" numeric>
              {counts[at]}
            </Text>
          </div>
        </InlineStack>
      ))}
    </BlockStack>
  );
}
