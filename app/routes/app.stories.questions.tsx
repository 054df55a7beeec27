import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node';
import { useActionData, useLoaderData, useNavigation, useSubmit } from '@remix-run/react';
import {
  BlockStack,
  Button,
  ButtonGroup,
  Card,
  InlineError,
  InlineStack,
  Page,
  Text,
  TextField,
} from '@shopify/polaris';
import { useState } from 'react';
import { authenticateAdmin } from '../adapters/shopify/authenticate.server.ts';
import { now } from '../clock.server.ts';
import { fieldsOf } from '../fields.server.ts';
import { saveSettings } from '../shops/shops.server.ts';
import {
  interviewQuestions,
  QUESTIONS_MAX,
  questionsSchema,
  type InterviewQuestion,
} from '../stories/interview.ts';
import { FormSaveBar } from '../ui/FormSaveBar.tsx';
import { useSaved } from '../ui/useSaved.ts';
import { useToast } from '../ui/useToast.ts';
import { app } from '../wiring.server.ts';

export async function loader({ request }: LoaderFunctionArgs) {
  const { shop } = await authenticateAdmin(request);
  const own = shop.settings.stories.questions;
  return { questions: [...interviewQuestions(own)], isOwn: own !== null };
}

export async function action({ request }: ActionFunctionArgs) {
  const { shop } = await authenticateAdmin(request);
  const read = questionsSchema.safeParse((await fieldsOf(request)).json('questions'));
  if (!read.success) {
    const [issue] = read.error.issues;
    const at = typeof issue?.path[0] === 'number' ? `Question ${issue.path[0] + 1}: ` : '';
    return { error: `${at}${issue?.message ?? 'it makes no sense'}` };
  }
  const questions = read.data.length > 0 ? read.data : null;
  await app().db.inShop(shop.id, (tx) => saveSettings(tx, { stories: { questions } }, now()));
  return { toast: questions ? 'Saved. Interviews ask it from now on' : 'Ours are asked again', saved: true };
}

const LANGUAGES = { en: 'English', de: 'Deutsch', fr: 'Français', es: 'Español' } as const;

/** What interviews ask, in the merchant's own words. */
export default function InterviewQuestions() {
  const loaded = useLoaderData<typeof loader>();
  const outcome = useActionData<{ toast?: string; saved?: boolean; error?: string }>();
  const submit = useSubmit();
  const busy = useNavigation().state === 'submitting';
  const [draft, setDraft] = useState<InterviewQuestion[] | null>(null);
  useToast(outcome?.toast);
  useSaved(outcome, () => setDraft(null));
  const shown = draft ?? loaded.questions;
  const save = (questions: InterviewQuestion[]) =>
    submit({ questions: JSON.stringify(questions) }, { method: 'post' });
  const change = (at: number, ...instead: InterviewQuestion[]) =>
    setDraft(shown.toSpliced(at, 1, ...instead));
  const move = (at: number, by: -1 | 1) => setDraft(shown.toSpliced(at, 1).toSpliced(at + by, 0, shown[at]!));
  const add = () => setDraft([...shown, { key: `own-${crypto.randomUUID().slice(0, 8)}`, text: { en: '' } }]);
  return (
    <Page
      title="What interviews ask"
      subtitle="On the page of a story, in the customer’s language where you have asked in it."
      backAction={{ content: 'Stories', url: '/app/stories' }}
      {...(loaded.isOwn && {
        secondaryActions: [{ content: 'Ask ours again', loading: busy, onAction: () => save([]) }],
      })}
    >
      <FormSaveBar
        open={draft !== null}
        busy={busy}
        onSave={() => save(shown)}
        onDiscard={() => setDraft(null)}
      />
      <BlockStack gap="400">
        {outcome?.error && draft ? <InlineError fieldID="questions" message={outcome.error} /> : null}
        {shown.map((question, at) => (
          <Card key={question.key}>
            <BlockStack gap="300">
              <InlineStack align="space-between" blockAlign="center">
                <Text as="h2" variant="headingMd">{`Question ${at + 1}`}</Text>
                <ButtonGroup>
                  <Button variant="tertiary" disabled={at === 0} onClick={() => move(at, -1)}>
                    Up
                  </Button>
                  <Button variant="tertiary" disabled={at === shown.length - 1} onClick={() => move(at, 1)}>
                    Down
                  </Button>
                  <Button
                    variant="tertiary"
                    tone="critical"
                    disabled={shown.length === 1}
                    onClick={() => change(at)}
                  >
                    Remove
                  </Button>
                </ButtonGroup>
              </InlineStack>
              {Object.entries(LANGUAGES).map(([locale, name]) => (
                <TextField
                  key={locale}
                  label={name}
                  value={question.text[locale] ?? ''}
                  maxLength={200}
                  autoComplete="off"
                  onChange={(value) =>
                    change(at, { ...question, text: { ...question.text, [locale]: value } })
                  }
                />
              ))}
            </BlockStack>
          </Card>
        ))}
        <InlineStack>
          <Button disabled={shown.length >= QUESTIONS_MAX} onClick={add}>
            Ask one thing more
          </Button>
        </InlineStack>
      </BlockStack>
    </Page>
  );
}
