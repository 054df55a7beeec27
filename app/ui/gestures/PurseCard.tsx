import { BlockStack, Box, Card, InlineStack, ProgressBar, Text } from '@shopify/polaris';
import { money } from '../format.ts';
import { AmountField } from '../AmountField.tsx';

export interface PurseView {
  currency: string;
  /** Minor units, as all of these. */
  monthly: number;
  budget: number;
  spent: number;
}

interface PurseCardProps {
  /** Of the shop's currency. */
  purse: PurseView;
  /** Of currencies that the shop used before, or has filled beside its own. */
  others: readonly PurseView[];
  monthly: number;
  error: string | undefined;
  onChange: (monthly: number) => void;
}

/** What may be given this month, and what has been. */
export function PurseCard({ purse, others, monthly, error, onChange }: PurseCardProps) {
  const { currency, budget, spent } = purse;
  const left = budget - spent;
  return (
    <Card>
      <BlockStack gap="400">
        <BlockStack gap="100">
          <Text as="h2" variant="headingMd">
            The purse
          </Text>
          <Text as="p" tone="subdued">
            Gestures are given out of it, and never more than is in it. It is full again on the first of each
            month.
          </Text>
        </BlockStack>
        {budget > 0 ? (
          <BlockStack gap="200">
            <InlineStack align="space-between" gap="200">
              <Text as="p">
                <Text as="span" variant="headingLg" numeric>
                  {money(left, currency, 'en')}
                </Text>{' '}
                left this month
              </Text>
              <Text as="p" tone="subdued" numeric>
                {`${money(spent, currency, 'en')} of ${money(budget, currency, 'en')} spent`}
              </Text>
            </InlineStack>
            <ProgressBar
              progress={Math.min(100, (spent / budget) * 100)}
              size="small"
              tone="success"
              ariaLabelledBy="purse-spent"
            />
            <span id="purse-spent" hidden>
              Share of this month’s purse that is spent
            </span>
          </BlockStack>
        ) : (
          <Text as="p">
            It is empty. Put something in, and nothing is given before you switch an occasion on.
          </Text>
        )}
        <Box maxWidth="280px">
          <AmountField
            label="Each month"
            value={monthly}
            currency={currency}
            error={error}
            onChange={onChange}
          />
        </Box>
        {others.map((other) => (
          <Text as="p" tone="subdued" key={other.currency}>
            {`A purse of ${money(other.budget, other.currency, 'en')} in ${other.currency} is kept; ${money(other.spent, other.currency, 'en')} of it is spent this month. Nothing more is given in a currency that is not your shop’s.`}
          </Text>
        ))}
      </BlockStack>
    </Card>
  );
}
