import { useFetcher, useRevalidator } from '@remix-run/react';
import { Banner, BlockStack, ProgressBar, Text } from '@shopify/polaris';
import { useEffect } from 'react';
import { percentDone, type SyncKind, type SyncProgress } from '../shops/sync.ts';

const NAMES: Record<SyncKind, string> = {
  shop: 'your shop',
  products: 'your products',
  orders: 'the orders of the last 60 days',
};

/** How far the first sync has come; looks again by itself while it runs. What was given up can be begun again. */
export function SyncBanner({ parts }: { parts: readonly SyncProgress[] }) {
  const revalidator = useRevalidator();
  const open = parts.filter((part) => part.state === 'running' || part.state === 'waiting');
  const failed = parts.filter((part) => part.state === 'failed');
  const running = open.length > 0;
  useEffect(() => {
    if (!running) return undefined;
    const timer = setInterval(() => revalidator.revalidate(), 3000);
    return () => clearInterval(timer);
  }, [running, revalidator]);
  if (!running && failed.length === 0) return null;
  return (
    <BlockStack gap="400">
      {failed.length > 0 ? <FailedParts parts={failed} /> : null}
      {running ? (
        <Banner tone="info" title="Getting to know your shop">
          <BlockStack gap="200">
            <Text as="p">{`Fetching ${open.map((part) => NAMES[part.kind]).join(', ')}. You can work meanwhile; nothing is sent for orders of the past.`}</Text>
            <ProgressBar progress={Math.max(percentDone(parts), 3)} size="small" />
          </BlockStack>
        </Banner>
      ) : null}
    </BlockStack>
  );
}

/** What happened, what is safe, what to do. */
function FailedParts({ parts }: { parts: readonly SyncProgress[] }) {
  const fetcher = useFetcher();
  return (
    <Banner
      tone="warning"
      title={`Shopify did not give us ${parts.map((part) => NAMES[part.kind]).join(' and ')}`}
      action={{
        content: 'Try again',
        loading: fetcher.state !== 'idle',
        onAction: () => fetcher.submit({ intent: 'retry-sync' }, { method: 'post', action: '/app?index' }),
      }}
    >
      <BlockStack gap="100">
        <Text as="p">New orders arrive all the same, and nothing that was fetched is lost.</Text>
        {parts.map(({ kind, error }) => (
          <Text as="p" key={kind} tone="subdued">{`Its answer for ${NAMES[kind]}: ${error ?? 'none'}`}</Text>
        ))}
      </BlockStack>
    </Banner>
  );
}
