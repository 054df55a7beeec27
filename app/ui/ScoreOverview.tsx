import { BlockStack, Card, InlineGrid, Text } from '@shopify/polaris';
import type { Scores } from '../feedback/scores.ts';
import { score } from './format.ts';
import { ScoreBars } from './ScoreBars.tsx';
import { ScoreCourse } from './ScoreCourse.tsx';

interface ScoreOverviewProps {
  scores: Scores;
  /** Words of the answers, worst first. */
  labels: readonly string[];
  /** The list of those who gave a score. */
  urlOf: (score: number) => string;
}

/** The score with its course, and how often each was given. */
export function ScoreOverview({ scores, labels, urlOf }: ScoreOverviewProps) {
  return (
    <InlineGrid columns={{ xs: 1, md: 2 }} gap="400">
      <Card>
        <BlockStack gap="300">
          <Text as="h2" variant="headingMd">
            {scores.mean === null
              ? 'No scores in this period'
              : `${score(scores.mean, 'en')} of 5, from ${scores.answers} answers`}
          </Text>
          <Text as="p" tone="subdued">
            {scores.low === null || scores.high === null
              ? 'One answer more and its range can be told.'
              : `Its true value lies between ${score(scores.low, 'en')} and ${score(scores.high, 'en')}, 19 times out of 20.`}
          </Text>
          <ScoreCourse weeks={scores.weeks} />
        </BlockStack>
      </Card>
      <Card>
        <BlockStack gap="300">
          <Text as="h2" variant="headingMd">
            How often each was said
          </Text>
          <ScoreBars counts={scores.counts} labels={labels} urlOf={urlOf} />
        </BlockStack>
      </Card>
    </InlineGrid>
  );
}
