import { Button, InlineStack, Select, TextField } from '@shopify/polaris';
import { useState } from 'react';

const CHOSEN = 'chosen';
const SNOOZES = [
  { label: 'Let it sleep', value: '' },
  { label: 'Four hours', value: '4' },
  { label: 'Until tomorrow', value: '24' },
  { label: 'Three days', value: '72' },
  { label: 'A week', value: '168' },
  { label: 'Until a day and time…', value: CHOSEN },
];

interface SleepProps {
  id?: string;
  labelInline?: boolean;
  /** `hours`, or `until` on the shop's clock. */
  onSleep: (until: { hours: string } | { until: string }) => void;
}

/** Until when nobody wants to see it: for so long, or until a day and a time on the shop's clock. */
export function Sleep({ id, labelInline = false, onSleep }: SleepProps) {
  const [until, setUntil] = useState<string | null>(null);
  return (
    <InlineStack gap="200" blockAlign="end">
      <Select
        {...(id && { id })}
        label="Later"
        labelInline={labelInline}
        options={SNOOZES}
        value={until === null ? '' : CHOSEN}
        onChange={(chosen) => {
          setUntil(chosen === CHOSEN ? '' : null);
          if (chosen && chosen !== CHOSEN) onSleep({ hours: chosen });
        }}
      />
      {until === null ? null : (
        <>
          <TextField
            label="Until, on the shop’s clock"
            type="datetime-local"
            autoComplete="off"
            value={until}
            onChange={setUntil}
          />
          <Button
            disabled={until === ''}
            onClick={() => {
              onSleep({ until });
              setUntil(null);
            }}
          >
            Let it sleep
          </Button>
        </>
      )}
    </InlineStack>
  );
}
