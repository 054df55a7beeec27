import { Modal, Text, TextField } from '@shopify/polaris';
import { useState } from 'react';
import { SequenceFileDialog } from './SequenceFileDialog.tsx';

export type SequenceDialog = 'rename' | 'stop' | 'delete' | 'file';

interface SequenceDialogsProps {
  id: string;
  open: SequenceDialog | null;
  name: string;
  inside: number;
  busy: boolean;
  onClose: () => void;
  onDo: (fields: Record<string, string>) => void;
}

/** What is asked before a sequence is renamed, emptied or deleted. */
export function SequenceDialogs(props: SequenceDialogsProps) {
  switch (props.open) {
    case 'rename':
      return <Rename {...props} />;
    case 'stop':
      return <StopAll {...props} />;
    case 'delete':
      return <Delete {...props} />;
    case 'file':
      return <SequenceFileDialog into={props.id} onClose={props.onClose} />;
    case null:
      return null;
  }
}

const people = (count: number) => (count === 1 ? 'One customer is' : `${count} customers are`);

function Rename({ name, busy, onClose, onDo }: SequenceDialogsProps) {
  const [text, setText] = useState(name);
  return (
    <Modal
      open
      onClose={onClose}
      title="Rename"
      primaryAction={{
        content: 'Rename',
        loading: busy,
        disabled: text.trim() === '',
        onAction: () => onDo({ intent: 'rename', name: text }),
      }}
      secondaryActions={[{ content: 'Cancel', onAction: onClose }]}
    >
      <Modal.Section>
        <TextField
          label="Name"
          helpText="Customers never see it."
          autoComplete="off"
          maxLength={80}
          value={text}
          onChange={setText}
        />
      </Modal.Section>
    </Modal>
  );
}

function StopAll({ inside, busy, onClose, onDo }: SequenceDialogsProps) {
  const what = inside === 1 ? 'one customer' : `${inside} customers`;
  return (
    <Modal
      open
      onClose={onClose}
      title={`Stop it for ${what}?`}
      primaryAction={{
        content: 'Stop it for everybody inside',
        destructive: true,
        loading: busy,
        onAction: () => onDo({ intent: 'stop-all' }),
      }}
      secondaryActions={[{ content: 'Let them go on', onAction: onClose }]}
    >
      <Modal.Section>
        <Text as="p">
          {`They leave the sequence now, and its mails that still wait for ${inside === 1 ? 'them' : 'any of them'} are not sent. They do not come back for the same order. To let them only wait, switch the sequence off. This cannot be undone.`}
        </Text>
      </Modal.Section>
    </Modal>
  );
}

function Delete({ name, inside, busy, onClose, onDo }: SequenceDialogsProps) {
  return (
    <Modal
      open
      onClose={onClose}
      title={inside > 0 ? `${people(inside)} still inside` : `Delete “${name}”?`}
      {...(inside > 0
        ? {}
        : {
            primaryAction: {
              content: 'Delete',
              destructive: true,
              loading: busy,
              onAction: () => onDo({ intent: 'delete' }),
            },
          })}
      secondaryActions={[{ content: inside > 0 ? 'Close' : 'Keep it', onAction: onClose }]}
    >
      <Modal.Section>
        <Text as="p">
          {inside > 0
            ? 'Stop it for everybody inside first, or wait until they are through.'
            : 'The plan and all its versions are deleted. Its mails stay, and so does what customers were sent. This cannot be undone.'}
        </Text>
      </Modal.Section>
    </Modal>
  );
}
