import { BlockStack, Button, Card, DataTable, InlineStack, Link, Select, Text } from '@shopify/polaris';
import { ENOUGH, type Group, type GroupScore } from '../feedback/groups.ts';
import { countryName } from './arrivalWords.ts';
import { score, whole } from './format.ts';
import { useCsv } from './useCsv.ts';

interface ScoreGroupsProps {
  group: Group;
  scores: readonly GroupScore[];
  surveyKey: string;
  /** There are more than are shown. */
  hasMore: boolean;
  /** The list of the answers behind a row. */
  urlOf: (key: string) => string;
  onGroup: (group: string) => void;
}

const OPTIONS: { label: string; value: Group }[] = [
  { label: 'Product', value: 'product' },
  { label: 'Country', value: 'country' },
  { label: 'Carrier', value: 'carrier' },
];
const ABOUT: Record<Group, string> = {
  product: 'An order of two products counts for both.',
  country: 'Where the order went; before it is known, where the answer came from.',
  carrier: 'Only answers that were given after the parcel had left.',
};

/** What a key of a group is called. */
export const groupName = (group: Group, { key, name }: Pick<GroupScore, 'key' | 'name'>): string =>
  group === 'country' ? countryName(key) : name;

/** "4.3 (3.9 to 4.7)" */
const scoreWords = ({ mean, low, high }: GroupScore) =>
  mean === null || low === null || high === null
    ? 'too few yet'
    : `${score(mean, 'en')} (${score(low, 'en')} to ${score(high, 'en')})`;

/** Scores by what they are about; each row opens its answers. */
export function ScoreGroups({ group, scores, surveyKey, hasMore, urlOf, onGroup }: ScoreGroupsProps) {
  const csv = useCsv('scores', { survey: surveyKey, by: group });
  const label = OPTIONS.find(({ value }) => value === group)!.label;
  return (
    <Card>
      <BlockStack gap="300">
        <InlineStack align="space-between" blockAlign="center" gap="300">
          <Text as="h2" variant="headingMd">
            What it depends on
          </Text>
          <InlineStack gap="300" blockAlign="center">
            <Select label="By" labelInline options={OPTIONS} value={group} onChange={onGroup} />
            <Button accessibilityLabel={`Export scores by ${group} as CSV`} onClick={csv.onAction}>
              CSV
            </Button>
          </InlineStack>
        </InlineStack>
        {scores.length === 0 ? (
          <Text as="p" tone="subdued">
            {`No scores by ${group} in this period.`}
          </Text>
        ) : (
          <DataTable
            columnContentTypes={['text', 'numeric', 'numeric']}
            headings={[label, 'Score', 'Answers']}
            rows={scores.map((row) => [
              <div key={row.key} style={{ whiteSpace: 'normal', overflowWrap: 'anywhere' }}>
                <Link url={urlOf(row.key)} removeUnderline>
                  {groupName(group, row)}
                </Link>
              </div>,
              scoreWords(row),
              whole(row.answers, 'en'),
            ])}
          />
        )}
        <Text as="p" variant="bodySm" tone="subdued">
          {[
            ABOUT[group],
            `Scores are shown from ${ENOUGH} answers on, with where their true value lies 19 times out of 20.`,
            hasMore ? 'These have most answers; the file has all.' : '',
          ]
            .filter(Boolean)
            .join(' ')}
        </Text>
      </BlockStack>
    </Card>
  );
}
