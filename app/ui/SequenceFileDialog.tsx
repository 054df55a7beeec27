import { useFetcher } from '@remix-run/react';
import { Banner, BlockStack, Checkbox, DropZone, List, Modal, Text } from '@shopify/polaris';
import { useEffect, useState } from 'react';
import type { TakenIn } from './sequenceFile.ts';
import { useToast } from './useToast.ts';

interface SequenceFileDialogProps {
  /** Id of the sequence whose draft it becomes; null: a new one. */
  into: string | null;
  onClose: () => void;
}

/** Asks for the file of a sequence and takes it in, or says line by line what is wrong with it. */
export function SequenceFileDialog({ into, onClose }: SequenceFileDialogProps) {
  const { submit, state, data } = useFetcher<TakenIn>();
  const [chosen, setChosen] = useState<{ name: string; text: string } | null>(null);
  const [allMails, setAllMails] = useState(false);
  useToast(data?.toast);
  useEffect(() => {
    if (state === 'idle' && data?.toast) onClose();
  }, [state, data, onClose]);
  const choose = async ([file]: File[]) =>
    setChosen(file ? { name: file.name, text: await file.text() } : null);
  const take = () => {
    const fields = { text: chosen?.text ?? '', into: into ?? '', mails: allMails ? 'all' : 'unused' };
    submit(fields, { method: 'post', action: '/app/sequences/file' });
  };
  const problems = state === 'idle' ? (data?.problems ?? []) : [];
  return (
    <Modal
      open
      onClose={onClose}
      title={into === null ? 'New sequence from a file' : 'Take in a file'}
      primaryAction={{
        content: 'Take it in',
        disabled: chosen === null,
        loading: state !== 'idle',
        onAction: take,
      }}
      secondaryActions={[{ content: 'Cancel', onAction: onClose }]}
    >
      <Modal.Section>
        <BlockStack gap="400">
          <Problems problems={problems} />
          <Text as="p">
            {into === null
              ? 'It begins switched off. Nobody hears anything before you publish it and switch it on.'
              : 'The file takes the place of the draft. What is live stays until you publish.'}
          </Text>
          <DropZone
            accept=".yaml,.yml"
            type="file"
            allowMultiple={false}
            label="File of a sequence (YAML)"
            onDropAccepted={(files) => void choose(files)}
          >
            <DropZone.FileUpload
              actionTitle={chosen ? 'Choose another' : 'Choose a file'}
              actionHint={chosen?.name ?? 'Saved here before, or written by hand'}
            />
          </DropZone>
          <Checkbox
            label="Also replace mails that customers get already"
            helpText="Otherwise only mails that no live sequence sends are taken from the file."
            checked={allMails}
            onChange={setAllMails}
          />
        </BlockStack>
      </Modal.Section>
    </Modal>
  );
}

function Problems({ problems }: { problems: NonNullable<TakenIn['problems']> }) {
  if (problems.length === 0) return null;
  return (
    <Banner tone="critical" title="This cannot be taken in. Nothing has been saved">
      <List>
        {problems.map(({ line, excerpt, said }, index) => (
          <List.Item key={index}>
            <Text as="span" fontWeight="semibold">
              {`Line ${line}`}
            </Text>
            {`: ${said} `}
            <code>{excerpt}</code>
          </List.Item>
        ))}
      </List>
    </Banner>
  );
}
