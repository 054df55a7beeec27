import { Button, Modal, Text } from '@shopify/polaris';
import { useState } from 'react';
import { useFocusBack } from '../useFocusBack.ts';
import { KEYS_BUTTON, READING, WRITING } from './inboxKeys.ts';

const ROWS = [
  ...READING.map(({ key, does }) => ({ keys: key, does })),
  ...Object.values(WRITING).map(({ keys, does }) => ({ keys: `While you write: ${keys}`, does })),
];

/** What can be pressed instead of being clicked. */
export function KeyHelp() {
  const [open, setOpen] = useState(false);
  useFocusBack(open, KEYS_BUTTON);
  return (
    <div className="inbox-wide">
      <Button id={KEYS_BUTTON} variant="plain" onClick={() => setOpen(true)}>
        Keys: press ? to see them
      </Button>
      <Modal open={open} onClose={() => setOpen(false)} title="Keys of the inbox">
        <Modal.Section>
          <dl style={{ display: 'grid', gridTemplateColumns: 'auto 1fr', gap: '8px 16px', margin: 0 }}>
            {ROWS.map(({ keys, does }) => (
              <div key={keys} style={{ display: 'contents' }}>
                <dt>
                  <Text as="span" fontWeight="semibold">
                    {keys}
                  </Text>
                </dt>
                <dd style={{ margin: 0 }}>
                  <Text as="span">{does}</Text>
                </dd>
              </div>
            ))}
          </dl>
        </Modal.Section>
      </Modal>
    </div>
  );
}
