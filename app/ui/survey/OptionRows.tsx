import { BlockStack, Button, InlineStack, Text } from '@shopify/polaris';
import { ArrowDownIcon, ArrowUpIcon, DeleteIcon } from '@shopify/polaris-icons';
import { freeOption } from '../../feedback/edit-survey.ts';
import { LENGTHS } from '../../feedback/question.ts';
import { TextsField } from './TextsField.tsx';

interface Option<Value> {
  value: Value;
  label: Record<string, string>;
}

interface OptionRowsProps<Value> {
  label: string;
  /** Steps are counted; choices and rows keep their names wherever they stand. */
  kind: 'step' | 'choice' | 'row';
  options: readonly Option<Value>[];
  language: string;
  most: number;
  onChange: (options: Option<Value>[]) => void;
}

/** Choices in a row, each moved, changed, taken out. */
export function OptionRows<Value extends string | number>(props: OptionRowsProps<Value>) {
  const { label, kind, options, language, most, onChange } = props;
  const counted = (all: readonly Option<Value>[]) =>
    kind === 'step' ? all.map((option, i) => ({ ...option, value: (i + 1) as Value })) : [...all];
  const swap = (at: number, other: number) => {
    const all = [...options];
    [all[at], all[other]] = [all[other]!, all[at]!];
    onChange(counted(all));
  };
  const add = () => {
    const value = kind === 'step' ? options.length + 1 : freeOption(options as readonly { value: string }[]);
    onChange([...options, { value: value as Value, label: {} }]);
  };
  return (
    <BlockStack gap="150">
      <Text as="span">{label}</Text>
      {options.map((option, at) => (
        <InlineStack key={option.value} gap="100" wrap={false} blockAlign="center">
          <div style={{ flex: 1, minWidth: 0 }}>
            <TextsField
              label={`${label} ${at + 1}`}
              labelHidden
              texts={option.label}
              language={language}
              most={kind === 'step' ? LENGTHS.label : LENGTHS.option}
              onChange={(words) =>
                onChange(options.map((each, i) => (i === at ? { ...each, label: words } : each)))
              }
            />
          </div>
          <Button
            icon={ArrowUpIcon}
            variant="tertiary"
            accessibilityLabel={`Move ${kind} ${at + 1} up`}
            disabled={at === 0}
            onClick={() => swap(at, at - 1)}
          />
          <Button
            icon={ArrowDownIcon}
            variant="tertiary"
            accessibilityLabel={`Move ${kind} ${at + 1} down`}
            disabled={at === options.length - 1}
            onClick={() => swap(at, at + 1)}
          />
          <Button
            icon={DeleteIcon}
            variant="tertiary"
            accessibilityLabel={`Delete ${kind} ${at + 1}`}
            onClick={() => onChange(counted(options.filter((_, i) => i !== at)))}
          />
        </InlineStack>
      ))}
      <InlineStack>
        <Button variant="plain" disabled={options.length >= most} onClick={add}>
          {`Add a ${kind}`}
        </Button>
      </InlineStack>
    </BlockStack>
  );
}
