import { useFetcher } from '@remix-run/react';
import { BlockStack, Button, Card, FormLayout, InlineStack, Select, Text, TextField } from '@shopify/polaris';
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
