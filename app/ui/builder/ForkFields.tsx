import { BlockStack, Button, Divider, InlineGrid, InlineStack, Text, TextField } from '@shopify/polaris';
import type { ConditionStep, SplitStep, Step } from '../../sequences/steps.ts';
import { ConditionRows } from './ConditionRows.tsx';
import { firstTest } from './factWords.ts';

interface ForkFieldsProps<Fork extends Step> {
  step: Fork;
  onChange: (step: Step) => void;
}

/** The ways of a fork: by what is known of the customer, or by lot. */
export function ForkFields({ step, onChange }: ForkFieldsProps<ConditionStep | SplitStep>) {
  return step.kind === 'condition' ? (
    <Branches step={step} onChange={onChange} />
  ) : (
    <Ways step={step} onChange={onChange} />
  );
}

function Branches({ step, onChange }: ForkFieldsProps<ConditionStep>) {
  const { branches } = step;
  const without = (index: number) => branches.filter((_, at) => at !== index);
  return (
    <BlockStack gap="400">
      {branches.map((branch, index) => (
        // Branches have no names of their own.
        // oxlint-disable-next-line react/no-array-index-key
        <BlockStack key={index} gap="300">
          <ConditionRows
            label={branches.length > 1 ? `Way ${index + 1}: if` : 'If'}
            condition={branch.when}
            onChange={(when) =>
              onChange({
                ...step,
                branches: branches.map((each, at) => (at === index ? { ...each, when } : each)),
              })
            }
          />
          {branches.length > 1 ? (
            <InlineStack>
              <Button
                variant="plain"
                tone="critical"
                onClick={() => onChange({ ...step, branches: without(index) })}
              >
                {`Remove way ${index + 1} and what only it comes to`}
              </Button>
            </InlineStack>
          ) : null}
          <Divider />
        </BlockStack>
      ))}
      <Text as="p" tone="subdued">
        The first way that fits is taken. What nobody knows never fits; everybody else goes the last way.
      </Text>
      {branches.length < 10 ? (
        <InlineStack>
          <Button
            onClick={() =>
              onChange({
                ...step,
                branches: [...branches, { when: firstTest('customer.orders'), next: step.otherwise }],
              })
            }
          >
            Add a way
          </Button>
        </InlineStack>
      ) : null}
    </BlockStack>
  );
}

function Ways({ step, onChange }: ForkFieldsProps<SplitStep>) {
  const { ways } = step;
  const put = (index: number, changes: Partial<SplitStep['ways'][number]>) =>
    onChange({ ...step, ways: ways.map((way, at) => (at === index ? { ...way, ...changes } : way)) });
  return (
    <BlockStack gap="300">
      {ways.map((way, index) => (
        // A way's name is being typed.
        // oxlint-disable-next-line react/no-array-index-key
        <BlockStack key={index} gap="150">
          <InlineGrid columns={2} gap="200">
            <TextField
              label="Name"
              autoComplete="off"
              maxLength={40}
              value={way.name}
              onChange={(name) => put(index, { name })}
            />
            <TextField
              label="Weight"
              type="number"
              min={0}
              max={1000}
              autoComplete="off"
              value={String(way.weight)}
              onChange={(weight) =>
                put(index, { weight: Math.max(0, Math.min(1000, Math.round(Number(weight) || 0))) })
              }
            />
          </InlineGrid>
          {ways.length > 2 ? (
            <InlineStack>
              <Button
                variant="plain"
                tone="critical"
                onClick={() => onChange({ ...step, ways: ways.filter((_, at) => at !== index) })}
              >
                {`Remove ${way.name || 'this way'}`}
              </Button>
            </InlineStack>
          ) : null}
        </BlockStack>
      ))}
      <Text as="p" tone="subdued">
        A customer draws the same lot every time.
      </Text>
      {ways.length < 6 ? (
        <InlineStack>
          <Button
            onClick={() =>
              onChange({
                ...step,
                ways: [
                  ...ways,
                  { name: String.fromCharCode(65 + ways.length), weight: 50, next: ways[0]!.next },
                ],
              })
            }
          >
            Add a way
          </Button>
        </InlineStack>
      ) : null}
    </BlockStack>
  );
}
