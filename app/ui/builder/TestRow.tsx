import { BlockStack, Button, InlineStack, Select, TextField } from '@shopify/polaris';
import { DeleteIcon } from '@shopify/polaris-icons';
import type { Test } from '../../sequences/conditions.ts';
import type { FactName } from '../../sequences/facts.ts';
import { comparisonsOf, FACT_FIELDS, firstTest } from './factWords.ts';
import { SaidPicker } from './SaidPicker.tsx';
import { SegmentPicker } from './SegmentPicker.tsx';

const FACT_OPTIONS = Object.entries(FACT_FIELDS)
  .map(([value, { label }]) => ({ label, value }))
  .sort((a, b) => a.label.localeCompare(b.label, 'en'));

interface TestRowProps {
  test: Test;
  onChange: (test: Test) => void;
  onRemove: (() => void) | null;
}

/** One comparison: what is looked at, how, and with what. */
export function TestRow({ test, onChange, onRemove }: TestRowProps) {
  const field = FACT_FIELDS[test.fact];
  const comparisons = comparisonsOf(field);
  const compared = (is: string): Test => {
    const wanted = comparisons.find(({ value }) => value === is)!.value;
    if (wanted === 'known' || wanted === 'unknown') return { fact: test.fact, is: wanted };
    return { fact: test.fact, is: wanted, value: test.value ?? firstTest(test.fact).value };
  };
  return (
    <BlockStack gap="150">
      <InlineStack gap="200" wrap={false} blockAlign="center">
        <div style={{ flex: 1, minWidth: 0 }}>
          <Select
            label="What is looked at"
            labelHidden
            options={FACT_OPTIONS}
            value={test.fact}
            onChange={(fact) => onChange(firstTest(fact as FactName))}
          />
        </div>
        {onRemove ? (
          <Button
            icon={DeleteIcon}
            variant="tertiary"
            accessibilityLabel={`Remove: ${field.label}`}
            onClick={onRemove}
          />
        ) : null}
      </InlineStack>
      <InlineStack gap="200" wrap={false}>
        {comparisons.length > 1 ? (
          <div style={{ flex: 1, minWidth: 0 }}>
            <Select
              label="How it is compared"
              labelHidden
              options={comparisons}
              value={test.is}
              onChange={(is) => onChange(compared(is))}
            />
          </div>
        ) : null}
        {test.is === 'known' || test.is === 'unknown' ? null : (
          <div style={{ flex: 1, minWidth: 0 }}>
            <ValueField test={test} onValue={(value) => onChange({ ...test, value })} />
          </div>
        )}
      </InlineStack>
    </BlockStack>
  );
}

const YES_NO = [
  { label: 'yes', value: 'true' },
  { label: 'no', value: 'false' },
];

const listOf = (value: Test['value']) => (Array.isArray(value) ? value : []);

function ValueField({ test, onValue }: { test: Test; onValue: (value: Test['value']) => void }) {
  const field = FACT_FIELDS[test.fact];
  const shared = { label: 'Compared with', labelHidden: true } as const;
  switch (field.type) {
    case 'yes-no':
      return (
        <Select
          {...shared}
          options={YES_NO}
          value={String(test.value)}
          onChange={(value) => onValue(value === 'true')}
        />
      );
    case 'choice':
      return (
        <Select {...shared} options={[...field.choices]} value={String(test.value)} onChange={onValue} />
      );
    case 'number':
    case 'money': {
      const unit = field.type === 'money' ? 100 : 1;
      return (
        <TextField
          {...shared}
          type="number"
          min={0}
          autoComplete="off"
          value={String(Number(test.value ?? 0) / unit)}
          onChange={(value) => onValue(Math.round((Number(value) || 0) * unit))}
        />
      );
    }
    case 'segments':
      return <SegmentPicker {...shared} chosen={listOf(test.value)} onChange={onValue} />;
    case 'answers':
      return <SaidPicker {...shared} chosen={listOf(test.value)} onChange={onValue} />;
    case 'words':
    case 'ids':
      return (
        <TextField
          {...shared}
          autoComplete="off"
          maxLength={1000}
          placeholder={field.example}
          value={Array.isArray(test.value) ? test.value.join(', ') : String(test.value ?? '')}
          onChange={(value) => onValue(value.split(/,\s?/).map((one) => one.slice(0, 200)))}
        />
      );
  }
}
