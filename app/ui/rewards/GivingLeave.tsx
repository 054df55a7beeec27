import { useFetcher } from '@remix-run/react';
import { useAppBridge } from '@shopify/app-bridge-react';
import { Banner, BlockStack } from '@shopify/polaris';
import { useEffect, useState } from 'react';
import { useToast } from '../useToast.ts';
import { AllowGiving, writesFor } from './AllowGiving.tsx';

const NAMES: Record<string, string> = { 'store-credit': 'store credit', 'gift-card': 'gift cards' };

/** Said before anything is promised that Shopify would not let the app give; nothing where all of it may be given. */
export function GivingLeave({ kinds }: { kinds: readonly string[] }) {
  const shopify = useAppBridge();
  const fetcher = useFetcher<{ toast?: string }>();
  const [granted, setGranted] = useState<readonly string[] | null>(null);
  useToast(fetcher.data?.toast);
  useEffect(() => {
    void shopify.scopes.query().then((told) => setGranted(told.granted));
  }, [shopify]);
  const missing = [...new Set(kinds)].filter(
    (kind) => granted && writesFor(kind).some((scope) => !granted.includes(scope)),
  );
  const allowed = (kind: string) => {
    setGranted((now) => [...(now ?? []), ...writesFor(kind)]);
    // What was promised meanwhile has waited for this.
    fetcher.submit({ intent: 'retry-denied' }, { method: 'post', action: '/app/referrals?index' });
  };
  if (missing.length === 0) return null;
  return (
    <BlockStack gap="400">
      {missing.map((kind) => (
        <Banner key={kind} tone="warning" title={`The app may not give ${NAMES[kind] ?? kind} yet`}>
          <BlockStack gap="200" inlineAlign="start">
            <p>Shopify wants your leave for it. Until then what is earned is kept, and waits.</p>
            <AllowGiving kind={kind} onAllowed={() => allowed(kind)} />
          </BlockStack>
        </Banner>
      ))}
    </BlockStack>
  );
}
