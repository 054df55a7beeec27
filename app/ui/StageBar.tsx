import { BlockStack, Box, InlineGrid, InlineStack, Link, Text } from '@shopify/polaris';

const STAGE_NAMES = {
  stranger: 'Strangers',
  acquaintance: 'Acquaintances',
  friend: 'Friends',
  family: 'Family',
} as const;
export type StageName = keyof typeof STAGE_NAMES;

/** Farther is paler. */
export const STAGE_COLORS: Record<StageName, string> = {
  stranger: '#d9d4cb',
  acquaintance: '#b9cdb4',
  friend: '#6ea377',
  family: '#2b5c46',
};

const ORDER: StageName[] = ['stranger', 'acquaintance', 'friend', 'family'];

/** Customers by stage in one picture; each part opens its list. */
export function StageBar({ counts, locale }: { counts: Record<StageName, number>; locale: string }) {
  const total = ORDER.reduce((sum, stage) => sum + counts[stage], 0);
  const share = (stage: StageName) =>
    total === 0 ? 25 : Math.max((counts[stage] / total) * 100, counts[stage] > 0 ? 2 : 0);
  const number = new Intl.NumberFormat(locale);
  return (
    <BlockStack gap="300">
      <div
        aria-hidden="true"
        style={{ display: 'flex', height: 28, borderRadius: 8, overflow: 'hidden', gap: 2 }}
      >
        {ORDER.map((stage) => (
          <div
            key={stage}
            style={{ flexGrow: share(stage), flexBasis: 0, background: STAGE_COLORS[stage] }}
          />
        ))}
      </div>
      <InlineGrid columns={{ xs: 2, md: 4 }} gap="300">
        {ORDER.map((stage) => (
          <InlineStack key={stage} gap="200" blockAlign="center" wrap={false}>
            <Box minWidth="12px">
              <div
                aria-hidden="true"
                style={{ width: 12, height: 12, borderRadius: 6, background: STAGE_COLORS[stage] }}
              />
            </Box>
            <Text as="p" variant="bodyMd">
              <Text as="span" fontWeight="semibold" numeric>
                {number.format(counts[stage])}
              </Text>{' '}
              <Link url={`/app/customers?stage=${stage}`} removeUnderline monochrome>
                {STAGE_NAMES[stage]}
              </Link>
            </Text>
          </InlineStack>
        ))}
      </InlineGrid>
    </BlockStack>
  );
}
