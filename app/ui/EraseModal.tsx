import { useFetcher } from '@remix-run/react';
import { Modal, Text } from '@shopify/polaris';
import { useFocusBack } from './useFocusBack.ts';

interface EraseModalProps {
  name: string;
  orders: number;
  open: boolean;
  /** Id of the action that opens it. */
  opener: string;
  onClose: () => void;
}

/** Erasing a customer who asked to be forgotten, with what will be gone said first. */
export function EraseModal({ name, orders, open, opener, onClose }: EraseModalProps) {
  const fetcher = useFetcher();
  useFocusBack(open, opener);
  const kept =
    orders === 0 ? '' : ` The ${orders === 1 ? 'order stays' : `${orders} orders stay`} as numbers.`;
  return (
    <Modal
      open={open}
      onClose={onClose}
      title={`Erase ${name}?`}
      primaryAction={{
        content: 'Erase for good',
        destructive: true,
        loading: fetcher.state !== 'idle',
        onAction: () => fetcher.submit({ intent: 'erase' }, { method: 'post' }),
      }}
      secondaryActions={[{ content: 'Keep', onAction: onClose }]}
    >
      <Modal.Section>
        <Text as="p">
          {`Name, addresses, answers in their own words and every mail are deleted, with what was planned.${kept} Shopify keeps what it knows. This cannot be undone.`}
        </Text>
      </Modal.Section>
    </Modal>
  );
}
