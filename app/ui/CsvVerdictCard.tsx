import { BlockStack, Button, Card, DataTable, InlineStack, Text } from '@shopify/polaris';
import type { BrokenRow } from '../sequences/csv-people.ts';
import { whyRowBroken } from './beginWords.ts';
import { whole } from './format.ts';

interface CsvVerdictCardProps {
  verdict: { good: number; broken: readonly BrokenRow[]; begun: boolean };
  busy: boolean;
  onBegin: (which: 'good' | 'all') => void;
}

const SHOWN = 500;
const figure = (value: number) => whole(value, 'en');

/** What would come of a file: how many come in, and every row that does not, with its number and why. */
export function CsvVerdictCard({ verdict: { good, broken, begun }, busy, onBegin }: CsvVerdictCardProps) {
  return (
    <Card>
      <BlockStack gap="300">
        <Text as="h2" variant="headingMd">
          {begun
            ? `Begun for ${figure(good)}`
            : good === 0
              ? 'Nobody would come in'
              : `${figure(good)} would come in${broken.length > 0 ? `, ${figure(broken.length)} would not` : ''}`}
        </Text>
        {begun || good === 0 ? null : (
          <InlineStack gap="200">
            <Button
              variant="primary"
              loading={busy}
              onClick={() => onBegin(broken.length === 0 ? 'all' : 'good')}
            >
              {broken.length === 0
                ? `Begin for all ${figure(good)}`
                : `Begin for the ${figure(good)} that are good`}
            </Button>
          </InlineStack>
        )}
        {begun || broken.length === 0 || good === 0 ? null : (
          <Text as="p" tone="subdued">
            Or mend the rows below and choose the file again: until then nobody has come in.
          </Text>
        )}
        {broken.length > 0 ? (
          <DataTable
            columnContentTypes={['numeric', 'text', 'text']}
            headings={['Row', 'It says', 'Why not']}
            rows={broken.slice(0, SHOWN).map(({ row, value, why }) => [row, value || '–', whyRowBroken(why)])}
          />
        ) : null}
        {broken.length > SHOWN ? (
          <Text as="p">{`And ${figure(broken.length - SHOWN)} more rows.`}</Text>
        ) : null}
      </BlockStack>
    </Card>
  );
}
