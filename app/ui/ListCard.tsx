import { BlockStack, Card, InlineStack, Link, Pagination, Text } from '@shopify/polaris';
import type { ReactNode } from 'react';
import { placeOf } from './format.ts';
import { usePages } from './usePages.ts';

export interface ListFrame {
  /** Where the next page begins; null on the last one. */
  next?: string | null;
  filters?: ReactNode;
  /** Whose clock its moments are read from: said under the list. */
  zone?: string;
  /** The page of the whole list, where this is only its beginning. */
  allUrl?: string;
}

interface ListCardProps extends ListFrame {
  /** What the list is of, where its page does not say so. */
  title?: string;
  /** Said in place of the list when there is nothing; null when there is something. */
  empty: string | null;
  children: ReactNode;
}

/** A list, or a page of it, with what narrows it and what turns its pages. */
export function ListCard({ title, allUrl, filters, zone, empty, next = null, children }: ListCardProps) {
  const pages = usePages(next);
  return (
    <Card>
      <BlockStack gap="300">
        {title ? (
          <InlineStack align="space-between" blockAlign="center" gap="200">
            <Text as="h2" variant="headingMd">
              {title}
            </Text>
            {allUrl ? (
              <Link url={allUrl} removeUnderline accessibilityLabel={`See all: ${title}`}>
                See all
              </Link>
            ) : null}
          </InlineStack>
        ) : null}
        {filters}
        {empty === null ? (
          children
        ) : (
          <Text as="p" tone="subdued">
            {empty}
          </Text>
        )}
        {zone && empty === null ? (
          <Text as="p" variant="bodySm" tone="subdued">
            {`Times in ${placeOf(zone)}.`}
          </Text>
        ) : null}
        {!allUrl && (pages.hasNext || pages.hasPrevious) ? (
          <Pagination {...pages} accessibilityLabel="Pages of this list" />
        ) : null}
      </BlockStack>
    </Card>
  );
}
