import { Banner, BlockStack, Checkbox, Modal, Text, TextField } from '@shopify/polaris';
import { useState } from 'react';
import type { Present } from '../../gestures/gesture.ts';
import { PresentFields } from './PresentFields.tsx';

interface GiveModalProps {
  name: string;
  currency: string;
  busy: boolean;
  /** Why it was not given. */
  refused: string | undefined;
  errors: Record<string, string>;
  onGive: (fields: { present: string; note: string; about: string }) => void;
  onClose: () => void;
}

/** Gives something by hand, out of the same purse and under the same rules as everything else. */
export function GiveModal({ name, currency, busy, refused, errors, onGive, onClose }: GiveModalProps) {
  const [present, setPresent] = useState<Present>({ kind: 'note', amount: Number.NaN });
  const [note, setNote] = useState('');
  const [isAbout, setIsAbout] = useState(false);
  const give = () => onGive({ present: JSON.stringify(present), note, about: isAbout ? 'problem' : '' });
  return (
    <Modal
      open
      title={`Something for ${name}`}
      onClose={onClose}
      primaryAction={{ content: 'Give', loading: busy, onAction: give }}
      secondaryActions={[{ content: 'Not now', onAction: onClose }]}
    >
      <Modal.Section>
        <BlockStack gap="400">
          {refused ? <Banner tone="warning">{refused}</Banner> : null}
          <PresentFields present={present} currency={currency} errors={errors} onChange={setPresent} />
          <TextField
            label={present.kind === 'call' ? 'What to call about' : 'What to write, or why'}
            value={note}
            maxLength={1000}
            multiline={3}
            autoComplete="off"
            onChange={setNote}
          />
          <Checkbox label="It is about a problem that is open" checked={isAbout} onChange={setIsAbout} />
          <Text as="p" tone="subdued">
            It comes out of this month’s purse.
          </Text>
        </BlockStack>
      </Modal.Section>
    </Modal>
  );
}
