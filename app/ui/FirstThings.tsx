import { BlockStack, Box, Card, Text } from '@shopify/polaris';
import type { ReactNode } from 'react';

interface FirstThingsProps {
  heading: string;
  text: string;
  /** One button at most. */
  action?: ReactNode;
}

/** An empty page: what it is for, and the one thing to do. */
export function FirstThings({ heading, text, action }: FirstThingsProps) {
  return (
    <Card>
      <Box paddingBlock="1200" paddingInline="400">
        <BlockStack gap="300" inlineAlign="center">
          <Text as="h2" variant="headingMd" alignment="center">
            {heading}
          </Text>
          <Box maxWidth="480px">
            <Text as="p" alignment="center" tone="subdued">
              {text}
            </Text>
          </Box>
          {action}
        </BlockStack>
      </Box>
    </Card>
  );
}
