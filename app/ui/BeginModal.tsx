import { BlockStack, Modal, Select, Text } from '@shopify/polaris';
import { useState } from 'react';

interface BeginModalProps {
  name: string;
  /** Sequences that are switched on. */
  sequences: readonly { key: string; name: string }[];
  open: boolean;
  busy: boolean;
  /** The last answer that was a no, and to which sequence. */
  no: { refused: string; sequence: string } | null;
  onBegin: (sequence: string) => void;
  onClose: () => void;
}

/** Leads a customer into a sequence, or says plainly why not. */
export function BeginModal({ name, sequences, open, busy, no, onBegin, onClose }: BeginModalProps) {
  const [chosen, setChosen] = useState<string | null>(null);
  const sequence = chosen ?? sequences[0]?.key ?? '';
  return (
    <Modal
      open={open}
      onClose={onClose}
      title={`Begin a sequence with ${name}`}
      primaryAction={{
        content: 'Begin',
        disabled: sequence === '',
        loading: busy,
        onAction: () => onBegin(sequence),
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
              error={no?.sequence === sequence && !busy ? no.refused : undefined}
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
