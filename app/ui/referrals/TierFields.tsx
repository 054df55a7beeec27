import { BlockStack, Box, Button, InlineStack, Text } from '@shopify/polaris';
import type { Terms } from '../../referrals/terms.ts';
import { NumberField } from '../NumberField.tsx';
import { RewardFields } from './RewardFields.tsx';

interface TierFieldsProps {
  tiers: Terms['tiers'];
  currency: string;
  error: string | undefined;
  onChange: (tiers: Terms['tiers']) => void;
}

/** Something more for the third friend, the tenth. */
export function TierFields({ tiers, currency, error, onChange }: TierFieldsProps) {
  const next = (tiers.at(-1)?.friends ?? 1) + (tiers.length === 0 ? 2 : 7);
  return (
    <BlockStack gap="300">
      {tiers.map((tier, index) => (
        <Box key={index} padding="300" background="bg-surface-secondary" borderRadius="200">
          <BlockStack gap="300">
            <NumberField
              label="When so many friends count"
              value={tier.friends}
              min={2}
              max={1000}
              error={undefined}
              onChange={(friends) => onChange(tiers.with(index, { ...tier, friends }))}
            />
            <RewardFields
              label="they get as well"
              reward={tier.reward}
              currency={currency}
              error={error}
              onChange={(reward) => onChange(tiers.with(index, { ...tier, reward }))}
            />
            <InlineStack align="start">
              <Button variant="plain" tone="critical" onClick={() => onChange(tiers.toSpliced(index, 1))}>
                Take it away
              </Button>
            </InlineStack>
          </BlockStack>
        </Box>
      ))}
      {error ? (
        <Text as="p" tone="critical">
          {error}
        </Text>
      ) : null}
      <InlineStack align="start">
        <Button
          disabled={tiers.length >= 5}
          onClick={() =>
            onChange([...tiers, { friends: next, reward: { kind: 'discount', value: { percent: 20 } } }])
          }
        >
          {tiers.length === 0 ? 'Something more for the third friend …' : 'Another step'}
        </Button>
      </InlineStack>
    </BlockStack>
  );
}
