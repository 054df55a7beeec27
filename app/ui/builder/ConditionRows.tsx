import { BlockStack, Box, Button, InlineStack, Select, Text } from '@shopify/polaris';
import type { Condition } from '../../sequences/conditions.ts';
import type { FactName } from '../../sequences/facts.ts';
import { firstTest, fromGroup, groupOf, type How } from './factWords.ts';
import { TestRow } from './TestRow.tsx';

interface ConditionRowsProps {
  label: string;
  condition: Condition;
  onChange: (condition: Condition) => void;
}

const FIRST: FactName = 'customer.orders';
/** Deeper ones can be kept, not drawn; nobody could read them. */
const DEEPEST = 4;
const MOST = 20;

/** A condition as rows: fact, comparison, value; all of them, any, or none; groups within groups. */
export function ConditionRows({ label, condition, onChange }: ConditionRowsProps) {
  return (
    <BlockStack gap="300">
      <Text as="p" fontWeight="medium">
        {label}
      </Text>
      <Group condition={condition} depth={0} onChange={onChange} />
    </BlockStack>
  );
}

const HOW: { label: string; value: How }[] = [
  { label: 'All of these', value: 'all' },
  { label: 'Any of these', value: 'any' },
  { label: 'None of these', value: 'none' },
  { label: 'Not all of these', value: 'not-all' },
];

interface GroupProps {
  condition: Condition;
  depth: number;
  onChange: (condition: Condition) => void;
}

function Group({ condition, depth, onChange }: GroupProps) {
  const { how, items } = groupOf(condition);
  const put = (changed: readonly Condition[], as: How = how) => onChange(fromGroup(as, changed, depth > 0));
  const replaced = (index: number, by: Condition) => items.map((each, at) => (at === index ? by : each));
  const without = (index: number) => items.filter((_, at) => at !== index);
  return (
    <BlockStack gap="300">
      {items.length > 1 || depth > 0 || how !== 'all' ? (
        <Select
          label="Which of them must hold"
          labelHidden
          options={HOW}
          value={how}
          onChange={(value) => put(items, value as How)}
        />
      ) : null}
      {items.map((item, index) => {
        const onRemove = items.length > 1 ? () => put(without(index)) : null;
        const change = (changed: Condition) => put(replaced(index, changed));
        return 'fact' in item ? (
          // Rows have no names of their own.
          // oxlint-disable-next-line react/no-array-index-key
          <TestRow key={index} test={item} onChange={change} onRemove={onRemove} />
        ) : (
          // oxlint-disable-next-line react/no-array-index-key
          <Box key={index} paddingInlineStart="300" borderInlineStartWidth="025" borderColor="border">
            <BlockStack gap="200">
              <Group condition={item} depth={depth + 1} onChange={change} />
              {onRemove ? (
                <InlineStack>
                  <Button variant="plain" tone="critical" onClick={onRemove}>
                    Remove this group
                  </Button>
                </InlineStack>
              ) : null}
            </BlockStack>
          </Box>
        );
      })}
      {items.length < MOST ? (
        <InlineStack gap="300">
          <Button variant="plain" onClick={() => put([...items, firstTest(FIRST)])}>
            Add a comparison
          </Button>
          {depth < DEEPEST ? (
            <Button variant="plain" onClick={() => put([...items, { any: [firstTest(FIRST)] }])}>
              Add a group
            </Button>
          ) : null}
        </InlineStack>
      ) : null}
    </BlockStack>
  );
}
