import { BlockStack, Button, Card, Checkbox, InlineStack, Text, TextField } from '@shopify/polaris';
import { useState } from 'react';
import type { BrandVoice } from '../wording/brand-voice.ts';
import { ReplyHints } from './ReplyHints.tsx';
import { SettingsPart } from './SettingsPart.tsx';

interface PartProps {
  voice: BrandVoice;
  errors: Record<string, string>;
  change: (part: Partial<BrandVoice>) => void;
}

/** What to do, what not to do, and which words are never used. */
export function WordsSection({ voice, errors, change }: PartProps) {
  // What is typed stays as it is typed; the list is what stands between the line ends.
  const [typed, setTyped] = useState<string | null>(null);
  const lines = voice.banned.join('\n');
  const shown = typed !== null && listOf(typed).join('\n') === lines ? typed : lines;
  return (
    <SettingsPart
      id="words"
      title="Words"
      description="For people who answer, and for the hints under their answers."
    >
      <Card>
        <BlockStack gap="300">
          <TextField
            label="What we do"
            value={voice.dos}
            multiline={3}
            maxLength={2000}
            autoComplete="off"
            error={errors['dos']}
            placeholder="We thank first. We say what happens next, and when."
            onChange={(dos) => change({ dos })}
          />
          <TextField
            label="What we don’t"
            value={voice.donts}
            multiline={3}
            maxLength={2000}
            autoComplete="off"
            error={errors['donts']}
            placeholder="We don’t blame the carrier."
            onChange={(donts) => change({ donts })}
          />
          <TextField
            label="Words we never use"
            value={shown}
            multiline={3}
            autoComplete="off"
            helpText="One a line."
            error={errors['banned'] ?? firstOf(errors, 'banned.')}
            onChange={(text) => {
              setTyped(text);
              change({ banned: listOf(text) });
            }}
          />
          <Checkbox
            label="Refunds may be promised without a hint"
            checked={voice.mayPromiseRefunds}
            onChange={(mayPromiseRefunds) => change({ mayPromiseRefunds })}
          />
        </BlockStack>
      </Card>
    </SettingsPart>
  );
}

const listOf = (text: string) =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean);

const firstOf = (errors: Record<string, string>, start: string) =>
  Object.entries(errors).find(([field]) => field.startsWith(start))?.[1];

/** Answers to what is asked again and again. */
export function AnswersSection({ voice, errors, change }: PartProps) {
  const { answers } = voice;
  const set = (index: number, part: Partial<(typeof answers)[number]>) =>
    change({ answers: answers.map((one, at) => (at === index ? { ...one, ...part } : one)) });
  return (
    <SettingsPart
      id="answers"
      title="Common questions"
      description="Offered under the answer when somebody asks the like, before what was answered in the past."
    >
      <Card>
        <BlockStack gap="400">
          {answers.map((one, index) => (
            // eslint-disable-next-line react/no-array-index-key -- a question has no other name while it is typed
            <BlockStack key={index} gap="200">
              <TextField
                label="Question"
                value={one.question}
                maxLength={300}
                autoComplete="off"
                error={errors[`answers.${index}.question`]}
                onChange={(question) => set(index, { question })}
              />
              <TextField
                label="Answer"
                value={one.answer}
                multiline={3}
                maxLength={4000}
                autoComplete="off"
                error={errors[`answers.${index}.answer`]}
                onChange={(answer) => set(index, { answer })}
              />
              <InlineStack align="end">
                <Button
                  variant="plain"
                  tone="critical"
                  accessibilityLabel={`Remove the question “${one.question}”`}
                  onClick={() => change({ answers: answers.filter((_, at) => at !== index) })}
                >
                  Remove
                </Button>
              </InlineStack>
            </BlockStack>
          ))}
          <InlineStack>
            <Button
              disabled={answers.length >= 100}
              onClick={() => change({ answers: [...answers, { question: '', answer: '' }] })}
            >
              Add a question
            </Button>
          </InlineStack>
        </BlockStack>
      </Card>
    </SettingsPart>
  );
}

/** An answer to nobody, to see what would be said of it. */
export function TrySection({ isSaved }: { isSaved: boolean }) {
  const [text, setText] = useState('');
  return (
    <SettingsPart id="try" title="Try it" description="Write as you would to a customer. Nothing is sent.">
      <Card>
        <BlockStack gap="200">
          <TextField
            label="An answer"
            value={text}
            multiline={4}
            maxLength={20_000}
            autoComplete="off"
            helpText={isSaved ? undefined : 'It is looked at by what was saved last.'}
            onChange={setText}
          />
          <ReplyHints conversationId={null} text={text} />
        </BlockStack>
      </Card>
    </SettingsPart>
  );
}

/** A service of the merchant's own that writes drafts; off until its address is set. */
export function ModelSection({ voice, errors, change, secret }: PartProps & { secret: string | null }) {
  const { model } = voice;
  const set = (part: Partial<BrandVoice['model']>) => change({ model: { ...model, ...part } });
  return (
    <SettingsPart
      id="drafts"
      title="Drafts by a language model"
      description="Off while this is empty. A service of your own is asked for a draft when somebody presses the button; what it writes is never sent by itself."
    >
      <Card>
        <BlockStack gap="300">
          <TextField
            label="Address of the service"
            type="url"
            value={model.url}
            autoComplete="off"
            placeholder="https://"
            error={errors['model.url']}
            helpText="Addresses, numbers and links are taken out of what it is told."
            onChange={(url) => set({ url: url.trim() })}
          />
          <Checkbox
            label="It may know first names"
            checked={model.tellsName}
            onChange={(tellsName) => set({ tellsName })}
          />
          <Checkbox
            label="It may know order numbers"
            checked={model.tellsOrder}
            onChange={(tellsOrder) => set({ tellsOrder })}
          />
          {secret ? (
            <Text as="p" tone="subdued" breakWord>
              It knows that you ask by the secret <code>{secret}</code>
            </Text>
          ) : null}
        </BlockStack>
      </Card>
    </SettingsPart>
  );
}
