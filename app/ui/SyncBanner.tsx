import { useRevalidator } from '@remix-run/react';
import { Banner, BlockStack, ProgressBar, Text } from '@shopify/polaris';
import { useEffect } from 'react';
import { percentDone, type SyncKind, type SyncProgress } from '../shops/sync.ts';

const NAMES: Record<SyncKind, string> = {
  shop: 'your shop',
  products: 'your products',
  orders: 'the orders of the last 60 days',
};

/** How far the first sync has come; looks again by itself while it runs. */
export function SyncBanner({ parts }: { parts: readonly SyncProgress[] }) {
  const revalidator = useRevalidator();
  const open = parts.filter((part) => part.state === 'running' || part.state === 'waiting');
  const running = open.length > 0;
  useEffect(() => {
    if (!running) return undefined;
    const timer = setInterval(() => revalidator.revalidate(), 3000);
    return () => clearInterval(timer);
  }, [running, revalidator]);
  if (!running) return null;
  const what = open.map((part) => NAMES[part.kind]).join(', ');
  return (
    <Banner tone="info" title="Getting to know your shop">
      <BlockStack gap="200">
        <Text as="p">{`Fetching ${what}. You can work meanwhile; nothing is sent for orders of the past.`}</Text>
        <ProgressBar progress={Math.max(percentDone(parts), 3)} size="small" />
      </BlockStack>
    </Banner>
  );
}
