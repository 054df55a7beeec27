import { BlockStack, Button, Card, InlineStack, Select, Text } from '@shopify/polaris';
import { Sleep } from './Sleep.tsx';

interface BulkProps {
  chosen: readonly string[];
  tags: readonly { code: string; name: string }[];
  people: readonly { name: string; email: string }[];
  act: (intent: string, ids: readonly string[], more?: Record<string, string>) => void;
}

/** What is done to all that are chosen. */
export function Bulk({ chosen, tags, people, act }: BulkProps) {
  return (
    <Card>
      <BlockStack gap="200">
        <Text as="p">{chosen.length === 1 ? 'One is chosen' : `${chosen.length} are chosen`}</Text>
        <InlineStack gap="200">
          <Button onClick={() => act('solve', chosen)}>Solved</Button>
          {chosen.length > 1 ? <Button onClick={() => act('merge', chosen)}>Make them one</Button> : null}
        </InlineStack>
        <Select
          label="Give to"
          labelInline
          options={[
            { label: 'Somebody', value: '-' },
            { label: 'Nobody', value: '' },
            ...people.flatMap(({ name, email }) => (email ? [{ label: name, value: email }] : [])),
          ]}
          value="-"
          onChange={(to) => to !== '-' && act('assign', chosen, { to })}
        />
        <Select
          label="About"
          labelInline
          options={[
            { label: 'Add a subject', value: '' },
            ...tags.map(({ code, name }) => ({ label: name, value: code })),
          ]}
          value=""
          onChange={(tag) => tag && act('tag', chosen, { tag })}
        />
        <Sleep labelInline onSleep={(until) => act('snooze', chosen, until)} />
      </BlockStack>
    </Card>
  );
}
