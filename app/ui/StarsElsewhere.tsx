import { useFetcher } from '@remix-run/react';
import { useAppBridge } from '@shopify/app-bridge-react';
import { BlockStack, Button, Card, InlineStack, Text } from '@shopify/polaris';
import { useEffect, useState } from 'react';
import { useToast } from './useToast.ts';

/** Needed to set metafields of products; see optional_scopes in shopify.app.toml. */
const EDIT_PRODUCTS = 'write_products';

/** The leave to tell Shopify of products' stars: themes, collections, Google and other apps read them there. */
export function StarsElsewhere() {
  const shopify = useAppBridge();
  const fetcher = useFetcher<{ toast?: string }>();
  const [allowed, setAllowed] = useState<boolean | null>(null);
  useToast(fetcher.data?.toast);
  useEffect(() => {
    void shopify.scopes.query().then(({ granted }) => setAllowed(granted.includes(EDIT_PRODUCTS)));
  }, [shopify]);
  const ask = async () => {
    const { detail } = await shopify.scopes.request([EDIT_PRODUCTS]);
    const granted = detail.granted.includes(EDIT_PRODUCTS);
    setAllowed(granted);
    if (granted) fetcher.submit({ intent: 'tell' }, { method: 'post', action: '/app/reviews/form' });
  };
  return (
    <Card>
      <InlineStack align="space-between" blockAlign="center" gap="400" wrap={false}>
        <BlockStack gap="050">
          <Text as="p">Stars of products at Shopify</Text>
          <Text as="p" tone="subdued">
            {allowed
              ? 'They are kept in the standard metafields reviews.rating and reviews.rating_count: your theme, Google and other apps read them there.'
              : 'The blocks of your theme show stars once Shopify is told of them.'}
          </Text>
        </BlockStack>
        {allowed ? null : (
          <div style={{ flexShrink: 0 }}>
            <Button disabled={allowed === null} onClick={() => void ask()}>
              Allow
            </Button>
          </div>
        )}
      </InlineStack>
    </Card>
  );
}
