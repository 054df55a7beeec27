import { BlockStack, Button, InlineStack, Select, Text, TextField } from '@shopify/polaris';
import { DeleteIcon } from '@shopify/polaris-icons';
import { SIGNS, type Need, type Sign, type Way } from '../../customers/stage-rules.ts';
import { SIGN_NAMES } from '../stageWords.ts';

interface WaysEditorProps {
  title: string;
  /** As in "friend.2": which errors are whose. */
  name: 'friend' | 'family';
  ways: readonly Way[];
  /** ISO 4217, of amounts. */
  currency: string;
  /** What is wrong, by its place. */
  errors: Record<string, string>;
  onChange: (ways: Way[]) => void;
}

const OPTIONS = SIGNS.map((sign) => ({ value: sign, label: SIGN_NAMES[sign] }));

/** The ways to a stage: any of them is enough, and within one everything has to be there. */
export function WaysEditor({ title, name, ways, currency, errors, onChange }: WaysEditorProps) {
  const setWay = (index: number, way: Way | null) =>
    onChange(ways.flatMap((each, i) => (i === index ? (way && way.length > 0 ? [way] : []) : [each])));
  return (
    <BlockStack gap="300">
      <Text as="h3" variant="headingSm">
        {title}
      </Text>
      {ways.map((way, index) => (
        <BlockStack key={index} gap="200">
          {index > 0 ? (
            <Text as="p" tone="subdued">
              or
            </Text>
          ) : null}
          {way.map((need, i) => (
            <NeedFields
              key={i}
              need={need}
              currency={currency}
              label={`${title}, way ${index + 1}, sign ${i + 1}`}
              onChange={(changed) =>
                setWay(
                  index,
                  way.flatMap((each, at) => (at === i ? (changed ? [changed] : []) : [each])),
                )
              }
            />
          ))}
          {Object.entries(errors)
            .filter(([path]) => path === `${name}.${index}` || path.startsWith(`${name}.${index}.`))
            .map(([path, message]) => (
              <Text key={path} as="p" tone="critical">
                {`This way ${message}`}
              </Text>
            ))}
          {way.length < 5 ? (
            <InlineStack>
              <Button
                variant="plain"
                accessibilityLabel={`Ask for one more sign in way ${index + 1} of: ${title}`}
                onClick={() => setWay(index, [...way, { sign: unused(way), atLeast: 1 }])}
              >
                and…
              </Button>
            </InlineStack>
          ) : null}
        </BlockStack>
      ))}
      {ways.length < 12 ? (
        <InlineStack>
          <Button onClick={() => onChange([...ways, [{ sign: 'orders', atLeast: 2 }]])}>Add a way</Button>
        </InlineStack>
      ) : null}
      {errors[name] ? (
        <Text as="p" tone="critical">
          {errors[name]}
        </Text>
      ) : null}
    </BlockStack>
  );
}

const unused = (way: Way): Sign => SIGNS.find((sign) => way.every((need) => need.sign !== sign)) ?? 'answers';

interface NeedFieldsProps {
  need: Need;
  currency: string;
  label: string;
  /** Null: without it. */
  onChange: (need: Need | null) => void;
}

function NeedFields({ need, currency, label, onChange }: NeedFieldsProps) {
  const digits =
    need.sign === 'spent'
      ? (new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions()
          .maximumFractionDigits ?? 2)
      : 0;
  const shown = need.atLeast / 10 ** digits;
  return (
    <InlineStack gap="200" blockAlign="center" wrap={false}>
      <div style={{ flex: '1 1 auto', minWidth: 0 }}>
        <Select
          label={label}
          labelHidden
          options={OPTIONS}
          value={need.sign}
          onChange={(sign) =>
            onChange({ sign: sign as Sign, atLeast: need.sign === 'spent' ? 1 : need.atLeast })
          }
        />
      </div>
      <div style={{ flex: '0 0 9rem' }}>
        <TextField
          label={`At least, ${label}`}
          labelHidden
          type="number"
          min={1}
          prefix="at least"
          suffix={need.sign === 'spent' ? currency : ''}
          value={String(shown)}
          autoComplete="off"
          onChange={(value) =>
            onChange({ ...need, atLeast: Math.max(1, Math.round((Number(value) || 0) * 10 ** digits)) })
          }
        />
      </div>
      <Button
        icon={DeleteIcon}
        variant="tertiary"
        accessibilityLabel={`Leave out ${label}`}
        onClick={() => onChange(null)}
      />
    </InlineStack>
  );
}
