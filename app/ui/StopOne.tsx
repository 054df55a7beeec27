import { useFetcher } from '@remix-run/react';
import { Button, Modal, Text } from '@shopify/polaris';
import { useState } from 'react';
import { useToast } from './useToast.ts';

/** Ends one sequence for one customer, asked about first. Posted to the customer's page. */
export function StopOne({ enrollmentId, sequenceName }: { enrollmentId: string; sequenceName: string }) {
  const [isOpen, setOpen] = useState(false);
  const fetcher = useFetcher<{ toast?: string }>();
  useToast(fetcher.data?.toast);
  return (
    <>
      <Button
        variant="plain"
        tone="critical"
        accessibilityLabel={`Stop: ${sequenceName}`}
        loading={fetcher.state !== 'idle'}
        onClick={() => setOpen(true)}
      >
        Stop
      </Button>
      <Modal
        open={isOpen}
        onClose={() => setOpen(false)}
        title={`Stop “${sequenceName}” for this customer?`}
        primaryAction={{
          content: 'Stop it',
          destructive: true,
          onAction: () => {
            setOpen(false);
            fetcher.submit({ intent: 'stop', enrollment: enrollmentId }, { method: 'post' });
          },
        }}
        secondaryActions={[{ content: 'Let it go on', onAction: () => setOpen(false) }]}
      >
        <Modal.Section>
          <Text as="p">
            What it has not sent yet is not sent. Other sequences go on. This cannot be undone.
          </Text>
        </Modal.Section>
      </Modal>
    </>
  );
}
