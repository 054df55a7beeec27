import { useFetcher } from '@remix-run/react';
import {
  BlockStack,
  Button,
  Card,
  Checkbox,
  FormLayout,
  InlineStack,
  Select,
  Text,
  TextField,
} from '@shopify/polaris';
import { useState } from 'react';
import { SettingsPart } from '../SettingsPart.tsx';
import { useSaved } from '../useSaved.ts';
import { useToast } from '../useToast.ts';
import { LANGUAGES } from './settingsForm.ts';

interface Outcome {
  toast?: string;
  saved?: boolean;
  problem?: string;
}

interface TagLine {
  code: string;
  name: string;
  complaint: boolean;
  words: string;
}

/** The shop's own subjects, with the words that suggest them. */
export function TagsPart({ tags }: { tags: readonly TagLine[] }) {
  const fetcher = useFetcher<Outcome>();
  useToast(fetcher.data?.toast);
  const none: TagLine = { code: '', name: '', complaint: false, words: '' };
  const [draft, setDraft] = useState(none);
  useSaved(fetcher.data, () => setDraft(none));
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
                  {tag.words ? `: ${tag.words}` : ''}
                </Text>
              </Text>
              <InlineStack gap="200" wrap={false}>
                <Button
                  variant="plain"
                  accessibilityLabel={`Change ${tag.name}`}
                  onClick={() => setDraft(tag)}
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
            <FormLayout.Group>
              <TextField
                label="Name"
                value={draft.name}
                maxLength={60}
                autoComplete="off"
                error={fetcher.data?.problem}
                onChange={(name) => setDraft({ ...draft, name })}
              />
              <TextField
                label="Words that suggest it"
                helpText="With commas"
                value={draft.words}
                autoComplete="off"
                onChange={(words) => setDraft({ ...draft, words })}
              />
            </FormLayout.Group>
            <Checkbox
              label="Something went wrong: it counts for the product alarm"
              checked={draft.complaint}
              onChange={(complaint) => setDraft({ ...draft, complaint })}
            />
            <Button
              disabled={draft.name.trim() === ''}
              loading={fetcher.state !== 'idle'}
              onClick={() =>
                fetcher.submit(
                  { intent: 'save-tag', ...draft, complaint: draft.complaint ? '1' : '' },
                  { method: 'post' },
                )
              }
            >
              {draft.code ? 'Change the subject' : 'Add the subject'}
            </Button>
          </FormLayout>
        </BlockStack>
      </Card>
    </SettingsPart>
  );
}

interface MacroLine {
  key: string;
  locale: string;
  name: string;
  body: string;
}

/** Texts to begin an answer with. */
export function MacrosPart({ macros, fields }: { macros: readonly MacroLine[]; fields: readonly string[] }) {
  const fetcher = useFetcher<Outcome>();
  useToast(fetcher.data?.toast);
  const none: MacroLine = { key: '', locale: 'en', name: '', body: '' };
  const [draft, setDraft] = useState(none);
  useSaved(fetcher.data, () => setDraft(none));
  return (
    <SettingsPart
      id="texts"
      title="Texts to answer with"
      description="Liquid as in mails. What is not known of a customer stands in brackets, for you to fill in."
    >
      <Card>
        <BlockStack gap="300">
          {macros.map((macro) => (
            <InlineStack key={`${macro.key} ${macro.locale}`} align="space-between" gap="200" wrap={false}>
              <Text as="p" breakWord>{`${macro.name} (${macro.locale})`}</Text>
              <InlineStack gap="200" wrap={false}>
                <Button
                  variant="plain"
                  accessibilityLabel={`Change ${macro.name}`}
                  onClick={() => setDraft(macro)}
                >
                  Change
                </Button>
                <Button
                  variant="plain"
                  tone="critical"
                  accessibilityLabel={`Delete ${macro.name}`}
                  onClick={() =>
                    fetcher.submit(
                      { intent: 'delete-macro', key: macro.key, locale: macro.locale },
                      { method: 'post' },
                    )
                  }
                >
                  Delete
                </Button>
              </InlineStack>
            </InlineStack>
          ))}
          <FormLayout>
            <FormLayout.Group>
              <TextField
                label="Name"
                value={draft.name}
                maxLength={60}
                autoComplete="off"
                onChange={(name) => setDraft({ ...draft, name })}
              />
              <Select
                label="Language"
                options={[...LANGUAGES]}
                value={draft.locale}
                onChange={(locale) => setDraft({ ...draft, locale })}
              />
            </FormLayout.Group>
            <TextField
              label="Text"
              multiline={4}
              helpText={fields.map((field) => `{{ ${field} }}`).join(' ')}
              value={draft.body}
              error={fetcher.data?.problem}
              autoComplete="off"
              onChange={(body) => setDraft({ ...draft, body })}
            />
            <Button
              disabled={draft.name.trim() === '' || draft.body.trim() === ''}
              loading={fetcher.state !== 'idle'}
              onClick={() => fetcher.submit({ intent: 'save-macro', ...draft }, { method: 'post' })}
            >
              {draft.key ? 'Change the text' : 'Add the text'}
            </Button>
          </FormLayout>
        </BlockStack>
      </Card>
    </SettingsPart>
  );
}
