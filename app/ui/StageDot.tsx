import { InlineStack, Text } from '@shopify/polaris';
import { STAGE_COLORS, type StageName } from './StageBar.tsx';

const ONE: Record<StageName, string> = {
  stranger: 'Stranger',
  acquaintance: 'Acquaintance',
  friend: 'Friend',
  family: 'Family',
};

/** A stage in a word with its colour. */
export function StageDot({ stage }: { stage: StageName }) {
  return (
    <InlineStack gap="150" blockAlign="center" wrap={false}>
      <div
        aria-hidden="true"
        style={{ width: 10, height: 10, borderRadius: 5, background: STAGE_COLORS[stage] }}
      />
      <Text as="span">{ONE[stage]}</Text>
    </InlineStack>
  );
}
