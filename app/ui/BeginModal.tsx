import { useFetcher } from '@remix-run/react';
import { BlockStack, Modal, Select, Text } from '@shopify/polaris';
import { useEffect, useState } from 'react';
import { useToast } from './useToast.ts';

interface BeginModalProps {
  name: string;
  /** Sequences that are switched on. */
  sequences: readonly { key: string; name: string }[];
  open: boolean;
  onClose: () => void;
}

/** Leads a customer into a sequence, or says plainly why not. */
export function BeginModal({ name, sequences, open, onClose }: BeginModalProps) {
  const fetcher = useFetcher<{ toast?: string; refused?: string; sequence?: string }>();
  const [chosen, setChosen] = useState<string | null>(null);
  const sequence = chosen ?? sequences[0]?.key ?? '';
  const { data, state } = fetcher;
  useToast(data?.toast);
  useEffect(() => {
    if (data?.toast) onClose();
    // Only an answer closes it, not whoever draws this anew.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [data]);
  const refused = data?.refused && data.sequence === sequence && state === 'idle' ? data.refused : undefined;
  return (
    <Modal
      open={open}
      onClose={onClose}
      title={`Begin a sequence with ${name}`}
      primaryAction={{
        content: 'Begin',
        disabled: sequence === '',
        loading: state !== 'idle',
        onAction: () => fetcher.submit({ intent: 'begin', sequence }, { method: 'post' }),
      }}
      secondaryActions={[{ content: 'Not now', onAction: onClose }]}
    >
      <Modal.Section>
        {sequences.length === 0 ? (
          <Text as="p">No sequence is switched on.</Text>
        ) : (
          <BlockStack gap="300">
            <Select
              label="Sequence"
              options={sequences.map((each) => ({ label: each.name, value: each.key }))}
              value={sequence}
              onChange={setChosen}
              error={refused}
            />
            <Text as="p" tone="subdued">
              It runs as it would by itself, about their last order: with its waits, their quiet hours and
              what they agreed to.
            </Text>
          </BlockStack>
        )}
      </Modal.Section>
    </Modal>
  );
}
