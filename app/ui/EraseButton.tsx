import { useFetcher } from '@remix-run/react';
import { BlockStack, Button, Card, Modal, Text } from '@shopify/polaris';
import { useState } from 'react';

/** Erasing a customer, with what will be gone said first. */
export function EraseButton({ name, orders }: { name: string; orders: number }) {
  const [open, setOpen] = useState(false);
  const fetcher = useFetcher();
  return (
    <Card>
      <BlockStack gap="200">
        <Text as="h2" variant="headingSm">
          Erase
        </Text>
        <Text as="p" tone="subdued">
          When a customer asks to be forgotten. Shopify keeps the orders themselves.
        </Text>
        <Button tone="critical" onClick={() => setOpen(true)}>
          Erase this customer
        </Button>
      </BlockStack>
      <Modal
        open={open}
        onClose={() => setOpen(false)}
        title={`Erase ${name}?`}
        primaryAction={{
          content: 'Erase for good',
          destructive: true,
          loading: fetcher.state !== 'idle',
          onAction: () => fetcher.submit({ intent: 'erase' }, { method: 'post' }),
        }}
        secondaryActions={[{ content: 'Keep', onAction: () => setOpen(false) }]}
      >
        <Modal.Section>
          <Text as="p">
            {`Name, addresses, answers in their own words and every mail are deleted, with what was planned. The ${orders === 1 ? 'order stays' : `${orders} orders stay`} as numbers. This cannot be undone.`}
          </Text>
        </Modal.Section>
      </Modal>
    </Card>
  );
}
