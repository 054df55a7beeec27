import { useFetcher } from '@remix-run/react';
import { Autocomplete, BlockStack, InlineStack, Tag } from '@shopify/polaris';
import { useEffect, useState } from 'react';

interface SegmentPickerProps {
  label: string;
  labelHidden?: boolean;
  /** Ids at Shopify */
  chosen: readonly string[];
  onChange: (chosen: string[]) => void;
}

interface Told {
  segments: { id: string; name: string }[];
  /** Why there is no list. */
  trouble: string | null;
}

/** Segments of the shop by name, as Shopify has them now. */
export function SegmentPicker({ label, labelHidden = false, chosen, onChange }: SegmentPickerProps) {
  const { data, load, state } = useFetcher<Told>();
  const [typed, setTyped] = useState('');
  useEffect(() => load('/app/sequences/segments'), [load]);
  const segments = data?.segments ?? [];
  const nameOf = (id: string) =>
    segments.find((each) => each.id === id)?.name ?? (data ? `Segment ${id}, which is gone` : '…');
  const found = segments.filter(({ name }) => name.toLowerCase().includes(typed.trim().toLowerCase()));
  return (
    <BlockStack gap="200">
      <Autocomplete
        allowMultiple
        options={found.map(({ id, name }) => ({ value: id, label: name }))}
        selected={[...chosen]}
        loading={state !== 'idle' && !data}
        onSelect={onChange}
        textField={
          <Autocomplete.TextField
            label={label}
            labelHidden={labelHidden}
            autoComplete="off"
            placeholder="Name of a segment"
            value={typed}
            error={data?.trouble ?? undefined}
            onChange={setTyped}
          />
        }
      />
      {chosen.length > 0 ? (
        <InlineStack gap="100">
          {chosen.map((id) => (
            <Tag key={id} onRemove={() => onChange(chosen.filter((each) => each !== id))}>
              {nameOf(id)}
            </Tag>
          ))}
        </InlineStack>
      ) : null}
    </BlockStack>
  );
}
