import { redirect, type ActionFunctionArgs, type LoaderFunctionArgs } from '@remix-run/node';
import { useActionData, useLoaderData, useNavigation, useSubmit } from '@remix-run/react';
import { Badge, InlineStack, Page } from '@shopify/polaris';
import { useState } from 'react';
import { authenticateAdmin } from '../adapters/shopify/authenticate.server.ts';
import { now } from '../clock.server.ts';
import { editedSurveys } from '../feedback/feedback.server.ts';
import { problemsOf } from '../feedback/problems.ts';
import type { Survey } from '../feedback/survey.ts';
import { fieldsOf, idOrMissing } from '../fields.server.ts';
import { titlesOf } from '../products/products.server.ts';
import { surveyDeed } from '../surveyDeeds.server.ts';
import { FormSaveBar } from '../ui/FormSaveBar.tsx';
import { SurveyEditor } from '../ui/survey/SurveyEditor.tsx';
import { useSurveyEditor } from '../ui/survey/useSurveyEditor.ts';
import { useSaved } from '../ui/useSaved.ts';
import { useToast } from '../ui/useToast.ts';
import { app } from '../wiring.server.ts';

export { afterDeeds as shouldRevalidate } from '../ui/revalidation.ts';

const MISSING = 'There is no such survey';

export async function loader({ request, params }: LoaderFunctionArgs) {
  const { shop } = await authenticateAdmin(request);
  const id = idOrMissing(params['id'], MISSING);
  const { survey, titles } = await app().db.inShop(shop.id, async (tx) => {
    const [found] = await editedSurveys(tx, shop.id, id);
    const products = [
      ...(found?.content.audience.products ?? []),
      ...(found?.draft?.audience.products ?? []),
    ];
    return { survey: found, titles: await titlesOf(tx, shop.id, products) };
  });
  if (!survey) throw new Response(MISSING, { status: 404 });
  const { key, version, status, content, draft, answers } = survey;
  const spoken = [shop.locale, ...shop.settings.languages];
  const written = [...content.questions, ...(draft?.questions ?? [])].flatMap(({ text }) =>
    Object.keys(text),
  );
  return {
    survey: draft ?? content,
    titles,
    state: { id, version, isOn: status === 'on', hasDraft: draft !== null, answers },
    languages: [...new Set([...spoken, ...written])],
    locale: shop.locale,
    color: shop.settings.brand.color,
    link: status === 'on' && version > 0 ? app().asks.survey({ shopId: shop.id, surveyKey: key }) : null,
  };
}

export async function action({ request, params }: ActionFunctionArgs) {
  const { shop } = await authenticateAdmin(request);
  const id = idOrMissing(params['id'], MISSING);
  const fields = await fieldsOf(request);
  const result = await app().db.inShop(shop.id, (tx) => surveyDeed(tx, shop, id, fields, now()));
  if (result === null) throw new Response(MISSING, { status: 404 });
  return 'to' in result ? redirect(result.to) : result;
}

export default function SurveyPage() {
  const { state } = useLoaderData<typeof loader>();
  return <Editor key={state.id} outcome={useActionData<{ toast?: string; saved?: boolean }>()} />;
}

function Editor({ outcome }: { outcome: { toast?: string; saved?: boolean } | undefined }) {
  const data = useLoaderData<typeof loader>();
  const { state } = data;
  const loaded = data.survey as Survey;
  const submit = useSubmit();
  const busy = useNavigation().state === 'submitting';
  const editor = useSurveyEditor(loaded);
  useToast(outcome?.toast);
  useSaved(outcome, editor.keep);
  // Somebody else has saved, or it went back to what is asked: taken over, unless something is being edited here.
  const [known, setKnown] = useState(loaded);
  if (known !== loaded) {
    setKnown(loaded);
    if (!editor.isChanged && JSON.stringify(loaded) !== JSON.stringify(editor.survey)) editor.replace(loaded);
  }
  const problems = problemsOf(editor.survey, data.locale);
  const isDraft = state.hasDraft || editor.isChanged || state.version === 0;
  const post = (fields: Record<string, string>) => submit(fields, { method: 'post' });
  const posted = { survey: JSON.stringify(editor.survey) };
  return (
    <Page
      fullWidth
      title={editor.survey.name || 'A survey'}
      titleMetadata={<Badges isOn={state.isOn} isDraft={isDraft} version={state.version} />}
      subtitle={`${state.answers === 1 ? 'One answer' : `${state.answers} answers`} so far`}
      backAction={{ content: 'Surveys', url: '/app/feedback/surveys' }}
      primaryAction={{
        content: 'Publish',
        disabled: !isDraft || problems.length > 0,
        loading: busy,
        onAction: () => post({ intent: 'publish', ...posted }),
      }}
      secondaryActions={[
        {
          content: state.isOn ? 'Switch off' : 'Switch on',
          disabled: state.version === 0,
          onAction: () => post({ intent: 'switch', on: String(!state.isOn) }),
        },
      ]}
      actionGroups={[
        {
          title: 'More',
          actions: [
            {
              content: 'Go back to what is asked',
              disabled: !state.hasDraft || state.version === 0,
              onAction: () => {
                editor.discard();
                post({ intent: 'discard' });
              },
            },
            {
              content: 'Delete',
              destructive: true,
              disabled: state.answers > 0,
              onAction: () => post({ intent: 'delete' }),
            },
          ],
        },
      ]}
    >
      <FormSaveBar
        open={editor.isChanged}
        busy={busy}
        onSave={() => post({ intent: 'save', ...posted })}
        onDiscard={editor.discard}
      />
      <SurveyEditor
        editor={editor}
        languages={data.languages}
        problems={problems}
        link={data.link}
        titles={data.titles}
        color={data.color}
      />
    </Page>
  );
}

function Badges({ isOn, isDraft, version }: { isOn: boolean; isDraft: boolean; version: number }) {
  return (
    <InlineStack gap="100">
      <Badge {...(isOn ? { tone: 'success' as const } : {})}>{isOn ? 'On' : 'Off'}</Badge>
      <Badge {...(isDraft ? { tone: 'attention' as const } : {})}>
        {isDraft ? 'Draft' : `Version ${version}`}
      </Badge>
    </InlineStack>
  );
}
