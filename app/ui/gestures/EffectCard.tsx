import { BlockStack, Card, DataTable, Text } from '@shopify/polaris';
import type { Difference, Effect } from '../../gestures/effect.ts';
import { money } from '../format.ts';

const percent = (share: number) => `${(share * 100).toFixed(1)}%`;
const points = (share: number) => `${share > 0 ? '+' : ''}${(share * 100).toFixed(1)}`;

/** Whether zero lies outside. */
const isPlain = ({ low, high }: Difference) => low > 0 || high < 0;

/** What gestures bring, or that nobody can tell yet. */
export function EffectCard({ effect, currency }: { effect: Effect; currency: string }) {
  return (
    <Card>
      <BlockStack gap="300">
        <BlockStack gap="100">
          <Text as="h2" variant="headingMd">
            What they bring
          </Text>
          <Text as="p" tone="subdued">
            Who was given something beside who was left out by chance, in the 90 days after. By hand and
            surprises do not count here: nobody like them was left out.
          </Text>
        </BlockStack>
        {effect.enough ? <EffectTable effect={effect} currency={currency} /> : <NotYet {...effect.missing} />}
      </BlockStack>
    </Card>
  );
}

function NotYet({ given, leftOut }: { given: number; leftOut: number }) {
  const missing = [
    given > 0 ? `${given} more who were given something` : null,
    leftOut > 0 ? `${leftOut} more who were left out` : null,
  ].filter((part) => part !== null);
  return (
    <Text as="p">{`Not enough data yet: it takes ${missing.join(' and ')}, each followed for 90 days. Below that, chance is larger than what is to be seen.`}</Text>
  );
}

function EffectTable({ effect, currency }: { effect: Extract<Effect, { enough: true }>; currency: string }) {
  const { given, leftOut, again, value } = effect;
  const worth = (minor: number) => money(Math.round(minor), currency, 'en');
  return (
    <BlockStack gap="300">
      <DataTable
        columnContentTypes={['text', 'numeric', 'numeric', 'numeric']}
        headings={['', 'Given', 'Left out', 'Difference (95% interval)']}
        rows={[
          ['Customers', given.people, leftOut.people, ''],
          [
            'Ordered again',
            percent(given.again),
            percent(leftOut.again),
            `${points(again.by)} points (${points(again.low)} to ${points(again.high)})`,
          ],
          [
            'Spent, each',
            worth(given.value),
            worth(leftOut.value),
            `${worth(value.by)} (${worth(value.low)} to ${worth(value.high)})`,
          ],
        ]}
      />
      <Text as="p">
        {isPlain(again) || isPlain(value)
          ? 'The difference is larger than chance would make it.'
          : 'The difference may still be chance: the interval has zero in it.'}
      </Text>
    </BlockStack>
  );
}
