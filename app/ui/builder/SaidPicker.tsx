import { Autocomplete, BlockStack, InlineStack, Tag } from '@shopify/polaris';
import { useState } from 'react';
import { useBuilderShop } from './builderContext.ts';

interface SaidPickerProps {
  label: string;
  labelHidden?: boolean;
  /** `SURVEY.QUESTION` or `SURVEY.QUESTION=VALUE` */
  chosen: readonly string[];
  onChange: (chosen: string[]) => void;
}

/** Answers of the shop's surveys in words. */
export function SaidPicker({ label, labelHidden = false, chosen, onChange }: SaidPickerProps) {
  const [typed, setTyped] = useState('');
  const { surveys } = useBuilderShop();
  const all = surveys.flatMap((survey) =>
    survey.answers.map((answer) => ({ ...answer, label: `${survey.label} · ${answer.label}` })),
  );
  const found = all.filter((answer) => answer.label.toLowerCase().includes(typed.trim().toLowerCase()));
  const nameOf = (value: string) =>
    all.find((answer) => answer.value === value)?.label ?? `${value}, no longer asked`;
  return (
    <BlockStack gap="200">
      <Autocomplete
        allowMultiple
        options={found.slice(0, 60)}
        selected={[...chosen]}
        onSelect={onChange}
        textField={
          <Autocomplete.TextField
            label={label}
            labelHidden={labelHidden}
            autoComplete="off"
            placeholder="Survey, question or answer"
            value={typed}
            onChange={setTyped}
          />
        }
      />
      {chosen.length > 0 ? (
        <InlineStack gap="100">
          {chosen.map((value) => (
            <Tag key={value} onRemove={() => onChange(chosen.filter((each) => each !== value))}>
              {nameOf(value)}
            </Tag>
          ))}
        </InlineStack>
      ) : null}
    </BlockStack>
  );
}
