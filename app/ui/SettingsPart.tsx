import { BlockStack, Box, InlineGrid, Text } from '@shopify/polaris';
import type { ReactNode } from 'react';

interface SettingsPartProps {
  /** What a link that leads here ends in: `?section=brand`. */
  id: string;
  title: string;
  description: string;
  children: ReactNode;
}

/** One part of the settings: what it is about, and its card beside it; one above the other on a narrow screen. */
export function SettingsPart({ id, title, description, children }: SettingsPartProps) {
  return (
    <InlineGrid columns={{ xs: 1, md: ['oneThird', 'twoThirds'] }} gap="400">
      <Box
        as="section"
        id={id}
        paddingInline={{ xs: '400', sm: '0' }}
        paddingBlockStart={{ xs: '0', md: '400' }}
      >
        <BlockStack gap="200">
          <Text as="h2" variant="headingMd">
            {title}
          </Text>
          <Text as="p" tone="subdued">
            {description}
          </Text>
        </BlockStack>
      </Box>
      {children}
    </InlineGrid>
  );
}
