import { useFetcher } from '@remix-run/react';
import {
  BlockStack,
  Button,
  Card,
  Checkbox,
  FormLayout,
  InlineStack,
  Text,
  TextField,
} from '@shopify/polaris';
import { useState } from 'react';
import type { TagRule } from '../../conversations/tags.ts';
import { SettingsPart } from '../SettingsPart.tsx';
import { useSaved } from '../useSaved.ts';
import { useToast } from '../useToast.ts';
import { ruleInWords, TagRuleFields, type ProductChoice } from './TagRuleFields.tsx';

interface TagLine {
  code: string;
  name: string;
  complaint: boolean;
  rules: readonly TagRule[];
}

interface TagsPartProps {
  tags: readonly TagLine[];
  products: readonly ProductChoice[];
}

const EMPTY: TagRule = { words: '', kinds: [], score: null, languages: [], products: [] };
const NONE: TagLine = { code: '', name: '', complaint: false, rules: [EMPTY] };

/** The shop's own subjects, with the rules that suggest them. */
export function TagsPart({ tags, products }: TagsPartProps) {
  const fetcher = useFetcher<{ toast?: string; saved?: boolean; problem?: string }>();
  useToast(fetcher.data?.toast);
  const [draft, setDraft] = useState(NONE);
  useSaved(fetcher.data, () => setDraft(NONE));
  const change = (index: number, rule: TagRule) =>
    setDraft({ ...draft, rules: draft.rules.map((each, at) => (at === index ? rule : each)) });
  const submit = () =>
    fetcher.submit(
      {
        intent: 'save-tag',
        code: draft.code,
        name: draft.name,
        complaint: draft.complaint ? '1' : '',
        rules: JSON.stringify(draft.rules),
      },
      { method: 'post' },
    );
  return (
    <SettingsPart
      id="subjects"
      title="Subjects"
      description="What conversations are about, in your own words. Rules suggest them, people agree."
    >
      <Card>
        <BlockStack gap="300">
          {tags.map((tag) => (
            <InlineStack key={tag.code} align="space-between" gap="200" wrap={false}>
              <Text as="p" breakWord>
                {`${tag.name}${tag.complaint ? ' (a complaint)' : ''}`}
                <Text as="span" tone="subdued">
                  {tag.rules.length > 0
                    ? `: ${tag.rules.map((rule) => ruleInWords(rule, products)).join('; or ')}`
                    : ''}
                </Text>
              </Text>
              <InlineStack gap="200" wrap={false}>
                <Button
                  variant="plain"
                  accessibilityLabel={`Change ${tag.name}`}
                  onClick={() => setDraft({ ...tag, rules: tag.rules.length > 0 ? tag.rules : [EMPTY] })}
                >
                  Change
                </Button>
                <Button
                  variant="plain"
                  tone="critical"
                  accessibilityLabel={`Delete ${tag.name}`}
                  onClick={() => fetcher.submit({ intent: 'delete-tag', code: tag.code }, { method: 'post' })}
                >
                  Delete
                </Button>
              </InlineStack>
            </InlineStack>
          ))}
          <FormLayout>
            <TextField
              label="Name"
              value={draft.name}
              maxLength={60}
              autoComplete="off"
              error={fetcher.data?.problem}
              onChange={(name) => setDraft({ ...draft, name })}
            />
            {draft.rules.map((rule, index) => (
              <TagRuleFields
                // Rules have no names: a rule is its place.
                key={index}
                rule={rule}
                nth={index + 1}
                products={products}
                onChange={(changed) => change(index, changed)}
                onRemove={
                  draft.rules.length > 1
                    ? () => setDraft({ ...draft, rules: draft.rules.filter((_, at) => at !== index) })
                    : null
                }
              />
            ))}
            <Checkbox
              label="Something went wrong: it is a complaint, and counts for the product alarm"
              checked={draft.complaint}
              onChange={(complaint) => setDraft({ ...draft, complaint })}
            />
            <InlineStack gap="200">
              <Button disabled={draft.name.trim() === ''} loading={fetcher.state !== 'idle'} onClick={submit}>
                {draft.code ? 'Change the subject' : 'Add the subject'}
              </Button>
              <Button
                variant="tertiary"
                disabled={draft.rules.length >= 20}
                onClick={() => setDraft({ ...draft, rules: [...draft.rules, EMPTY] })}
              >
                Suggest it by another rule too
              </Button>
            </InlineStack>
          </FormLayout>
        </BlockStack>
      </Card>
    </SettingsPart>
  );
}
