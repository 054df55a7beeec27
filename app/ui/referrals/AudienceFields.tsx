import { BlockStack, Button, ChoiceList, InlineStack, Tag, Text, TextField } from '@shopify/polaris';
import { useState } from 'react';
import { STAGES, type Stage } from '../../customers/customer.ts';
import type { Audience } from '../../referrals/audience.ts';
import { audienceInWords } from './programWords.ts';

interface AudienceFieldsProps {
  audience: Audience;
  onChange: (audience: Audience) => void;
}

const STAGE_LABELS: Record<Stage, string> = {
  stranger: 'Strangers',
  acquaintance: 'Acquaintances',
  friend: 'Friends',
  family: 'Family',
};

/** Whom a programme is for: any of these stages, or any of these tags. */
export function AudienceFields({ audience, onChange }: AudienceFieldsProps) {
  const set = (changed: Partial<Audience>) => onChange({ ...audience, ...changed });
  return (
    <BlockStack gap="300">
      <Text as="p">{audienceInWords(audience)}</Text>
      <ChoiceList
        title="By how close they are"
        allowMultiple
        choices={STAGES.map((stage) => ({ value: stage, label: STAGE_LABELS[stage] }))}
        selected={audience.stages}
        onChange={(stages) => set({ stages: stages as Stage[] })}
      />
      <TagsField label="Or with the tag" tags={audience.tags} onChange={(tags) => set({ tags })} />
      <TagsField label="Never with the tag" tags={audience.never} onChange={(never) => set({ never })} />
    </BlockStack>
  );
}

interface TagsFieldProps {
  label: string;
  tags: string[];
  onChange: (tags: string[]) => void;
}

function TagsField({ label, tags, onChange }: TagsFieldProps) {
  const [typed, setTyped] = useState('');
  const tag = typed.trim();
  const add = () => {
    if (tag === '' || tags.includes(tag)) return;
    onChange([...tags, tag]);
    setTyped('');
  };
  return (
    <BlockStack gap="200">
      <TextField
        label={label}
        value={typed}
        autoComplete="off"
        maxLength={255}
        onChange={setTyped}
        onBlur={add}
        connectedRight={
          <Button disabled={tag === ''} onClick={add}>
            Add
          </Button>
        }
      />
      {tags.length > 0 ? (
        <InlineStack gap="200" align="start">
          {tags.map((each) => (
            <Tag key={each} onRemove={() => onChange(tags.filter((other) => other !== each))}>
              {each}
            </Tag>
          ))}
        </InlineStack>
      ) : null}
    </BlockStack>
  );
}
