import { BlockStack, Card, DataTable, Text } from '@shopify/polaris';
import { AGES, type OwedRow } from '../../rewards/report.ts';
import { amountText, KINDS } from './rewardWords.ts';

const sum = (rows: readonly OwedRow[]) => rows.reduce((all, { amount }) => all + BigInt(amount), 0n);

/** What is owed in one currency: kinds down, ages across. */
export function OwedCard({ currency, rows }: { currency: string; rows: readonly OwedRow[] }) {
  const text = (some: readonly OwedRow[]) =>
    some.length === 0 ? '–' : amountText(String(sum(some)), currency);
  const kinds = [...new Set(rows.map(({ kind }) => kind))];
  const lines = kinds.flatMap((kind) =>
    (['promised', 'issued'] as const).flatMap((account) => {
      const mine = rows.filter((row) => row.kind === kind && row.account === account);
      return mine.length === 0 ? [] : [{ kind, account, mine }];
    }),
  );
  return (
    <Card>
      <BlockStack gap="300">
        <Text as="h2" variant="headingMd">
          {`${amountText(String(sum(rows)), currency)} owed`}
        </Text>
        {rows.length === 0 ? null : (
          <DataTable
            columnContentTypes={['text', 'text', ...AGES.map(() => 'numeric' as const), 'numeric']}
            headings={['What', 'Stands', ...AGES.map(({ label }) => capitalized(label)), 'Together']}
            rows={lines.map(({ kind, account, mine }) => [
              KINDS[kind] ?? kind,
              account === 'issued' ? 'given' : 'promised',
              ...AGES.map(({ key }) => text(mine.filter(({ age }) => age === key))),
              text(mine),
            ])}
            totals={[
              '',
              '',
              ...AGES.map(({ key }) => text(rows.filter(({ age }) => age === key))),
              text(rows),
            ]}
            totalsName={{ singular: 'Together', plural: 'Together' }}
            showTotalsInFooter
          />
        )}
      </BlockStack>
    </Card>
  );
}

const capitalized = (label: string) => label.charAt(0).toUpperCase() + label.slice(1);
