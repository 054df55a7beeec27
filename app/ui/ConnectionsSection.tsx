import { useAppBridge } from '@shopify/app-bridge-react';
import { BlockStack, Button, Card, InlineStack, Text, TextField } from '@shopify/polaris';
import { useEffect, useState } from 'react';
import { SettingsPart } from './SettingsPart.tsx';

/** Needed by steps that tag orders or set their metafields; see optional_scopes in shopify.app.toml. */
const EDIT_ORDERS = 'write_orders';

/** What sequences may do beside writing: the leave to edit orders, and the secret of webhooks that go out. */
export function ConnectionsSection({ secret }: { secret: string }) {
  const [shown, setShown] = useState(false);
  return (
    <SettingsPart
      id="connections"
      title="Connections"
      description="What sequences do at Shopify and tell your other systems."
    >
      <Card>
        <BlockStack gap="400">
          <EditOrders />
          <TextField
            label="Signing secret"
            type={shown ? 'text' : 'password'}
            readOnly
            autoComplete="off"
            value={secret}
            helpText="Webhooks of your sequences are signed with it, as standardwebhooks.com says. Give it to the system that hears them, and to nobody else."
            connectedRight={<Button onClick={() => setShown(!shown)}>{shown ? 'Hide' : 'Show'}</Button>}
          />
        </BlockStack>
      </Card>
    </SettingsPart>
  );
}

function EditOrders() {
  const shopify = useAppBridge();
  const [allowed, setAllowed] = useState<boolean | null>(null);
  useEffect(() => {
    void shopify.scopes.query().then(({ granted }) => setAllowed(granted.includes(EDIT_ORDERS)));
  }, [shopify]);
  const ask = async () => {
    const { detail } = await shopify.scopes.request([EDIT_ORDERS]);
    setAllowed(detail.granted.includes(EDIT_ORDERS));
  };
  return (
    <InlineStack align="space-between" blockAlign="center" gap="400" wrap={false}>
      <BlockStack gap="050">
        <Text as="p">Tags and metafields of orders</Text>
        <Text as="p" tone="subdued">
          {allowed ? 'Sequences may set them.' : 'Sequences may set those of customers, not of orders yet.'}
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
  );
}
