import { useRevalidator } from '@remix-run/react';
import { Banner, BlockStack, ProgressBar, Text } from '@shopify/polaris';
import { useEffect } from 'react';

interface SyncPart {
  kind: string;
  state: string;
  done: number;
  total: number;
}

const NAMES: Record<string, string> = {
  shop: 'your shop',
  products: 'your products',
  orders: 'the orders of the last 60 days',
};

/** How far the first sync has come; looks again by itself while it runs. */
export function SyncBanner({ parts }: { parts: readonly SyncPart[] }) {
  const revalidator = useRevalidator();
  const running = parts.some((part) => part.state === 'running' || part.state === 'waiting');
  useEffect(() => {
    if (!running) return undefined;
    const timer = setInterval(() => revalidator.revalidate(), 3000);
    return () => clearInterval(timer);
  }, [running, revalidator]);
  if (!running) return null;
  const done = parts.reduce((sum, part) => sum + part.done, 0);
  const total = parts.reduce((sum, part) => sum + Math.max(part.total, part.done), 0);
  const what = parts.map((part) => NAMES[part.kind] ?? part.kind).join(', ');
  return (
    <Banner tone="info" title="Getting to know your shop">
      <BlockStack gap="200">
        <Text as="p">{`Fetching ${what}. You can work meanwhile; nothing is sent for orders of the past.`}</Text>
        <ProgressBar progress={total === 0 ? 5 : Math.round((done / total) * 100)} size="small" />
      </BlockStack>
    </Banner>
  );
}
