import {
  redirect,
  type ActionFunctionArgs,
  type LinksFunction,
  type LoaderFunctionArgs,
} from '@remix-run/node';
import { useActionData, useLoaderData, useNavigate, useNavigation, useSubmit } from '@remix-run/react';
import { Badge, BlockStack, InlineStack, Page } from '@shopify/polaris';
import canvasStyles from '@xyflow/react/dist/base.css?url';
import { useMemo, useState } from 'react';
import { authenticateAdmin } from '../adapters/shopify/authenticate.server.ts';
import { now } from '../clock.server.ts';
import { fieldsOf, idOrMissing } from '../fields.server.ts';
import { templatesOf } from '../messages/messages.server.ts';
import { listSurveys } from '../feedback/feedback.server.ts';
import { sayable } from '../feedback/sayable.ts';
import { readDraft } from '../sequences/draft.ts';
import { openingOf } from '../sequences/opening.ts';
import type { Plan } from '../sequences/plan.ts';
import {
  listSequences,
  problemsIn,
  sequenceOf,
  takenKeys,
  unanswered,
} from '../sequences/sequences.server.ts';
import { Builder } from '../ui/builder/Builder.tsx';
import type { BuilderShop } from '../ui/builder/builderContext.ts';
import { usePlanEditor } from '../ui/builder/usePlanEditor.ts';
import { useProblems } from '../ui/builder/useProblems.ts';
import { FormSaveBar } from '../ui/FormSaveBar.tsx';
import { PublishPanel } from '../ui/PublishPanel.tsx';
import { SimulationPanel } from '../ui/SimulationPanel.tsx';
import { promiseOf } from '../ui/planSentences.ts';
import { saveFile } from '../ui/saveFile.ts';
import { SequenceDialogs, type SequenceDialog } from '../ui/SequenceDialogs.tsx';
import { useSaved } from '../ui/useSaved.ts';
import { useToast } from '../ui/useToast.ts';
import { sequenceDeed } from '../sequenceDeeds.server.ts';
import { app } from '../wiring.server.ts';

export { afterDeeds as shouldRevalidate } from '../ui/revalidation.ts';

const MISSING = 'There is no such sequence';

export const links: LinksFunction = () => [{ rel: 'stylesheet', href: canvasStyles }];

export async function loader({ request, params }: LoaderFunctionArgs) {
  const { shop } = await authenticateAdmin(request);
  return app().db.inShop(shop.id, async (tx) => {
    const sequence = await sequenceOf(tx, idOrMissing(params['id'], MISSING));
    const plan = sequence && (readDraft(sequence.draft) ?? sequence.live);
    if (!plan) throw new Response(MISSING, { status: 404 });
    const { id, key, name, on, liveVersion, draft, inside } = sequence;
    const subjects = (await templatesOf(tx)).map((each) => ({
      key: each.key,
      locale: each.locale,
      subject: each.text.subject,
    }));
    const surveys = (await listSurveys(tx, shop.id))
      .filter(({ version }) => version > 0)
      .map(({ key, content }) => ({ label: content.name, value: key, answers: sayable(key, content) }));
    const sequences = (await listSequences(tx, now())).map((each) => ({ key: each.key, name: each.name }));
    return {
      sequence: { id, key, name, on, liveVersion, hasDraft: draft !== null, inside },
      plan,
      problems: draft === null ? [] : await problemsIn(tx, draft, id),
      taken: await takenKeys(tx, id),
      subjects,
      surveys,
      sequences,
      currency: shop.currency,
      zone: shop.timeZone,
      unanswered: await unanswered(tx, now()),
    };
  });
}

export async function action({ request, params }: ActionFunctionArgs) {
  const { shop } = await authenticateAdmin(request);
  const id = idOrMissing(params['id'], MISSING);
  const fields = await fieldsOf(request);
  const result = await app().db.inShop(shop.id, (tx) => sequenceDeed(tx, id, fields, now()));
  if (result === null) throw new Response(MISSING, { status: 404 });
  if ('to' in result) return redirect(result.to);
  return result;
}

export default function SequencePage() {
  const { sequence } = useLoaderData<typeof loader>();
  return <SequenceEditor key={sequence.id} outcome={useActionData<Outcome>()} />;
}

interface Outcome {
  toast?: string;
  saved?: boolean;
}

function SequenceEditor({ outcome }: { outcome: Outcome | undefined }) {
  const { sequence, plan, problems, taken, zone } = useLoaderData<typeof loader>();
  const submit = useSubmit();
  const navigate = useNavigate();
  const busy = useNavigation().state === 'submitting';
  const [isPublishing, setIsPublishing] = useState(false);
  const [dialog, setDialog] = useState<SequenceDialog | null>(null);
  const editor = usePlanEditor(plan as Plan, taken);
  const posted = { plan: JSON.stringify(editor.plan) };
  const judged = useProblems(sequence.id, editor.plan, problems);
  useToast(outcome?.toast);
  useSaved(outcome, editor.keep);
  // What is live has become the plan, or somebody else has saved: taken over, unless something is being edited here.
  const [known, setKnown] = useState(plan);
  if (known !== plan) {
    setKnown(plan);
    if (!editor.isChanged && JSON.stringify(plan) !== posted.plan) editor.replace(plan as Plan);
  }
  const inside = useMemo(
    () => new Map(sequence.inside.map(({ stepKey, count }) => [stepKey, count])),
    [sequence.inside],
  );
  const total = sequence.inside.reduce((sum, { count }) => sum + count, 0);
  const shop = useShop(useLoaderData<typeof loader>());
  const post = (fields: Record<string, string>) => submit(fields, { method: 'post' });
  const isDraft = sequence.hasDraft || editor.isChanged;
  return (
    <Page
      fullWidth
      title={sequence.name}
      titleMetadata={<Badges on={sequence.on} isDraft={isDraft} version={sequence.liveVersion} />}
      subtitle={subtitleOf(sequence.key, editor.plan, total)}
      backAction={{ content: 'Sequences', url: '/app/sequences' }}
      primaryAction={{
        content: 'Publish',
        disabled: !isDraft || judged.length > 0,
        loading: busy,
        onAction: () => setIsPublishing(true),
      }}
      secondaryActions={[
        {
          content: sequence.on ? 'Switch off' : 'Switch on',
          disabled: sequence.liveVersion === null,
          onAction: () => post({ intent: 'switch', on: String(!sequence.on) }),
        },
      ]}
      actionGroups={[
        {
          title: 'More',
          actions: [
            {
              content: 'Begin for the people in a file',
              disabled: !sequence.on,
              // A link cannot be disabled: it would be read as one that can be followed.
              onAction: () => navigate(`/app/sequences/${sequence.id}/csv`),
            },
            { content: 'Rename', onAction: () => setDialog('rename') },
            { content: 'Duplicate', onAction: () => post({ intent: 'duplicate' }) },
            ...fileActions(sequence, editor.isChanged, () => setDialog('file')),
            {
              content: 'Go back to what is live',
              disabled: !sequence.hasDraft || sequence.liveVersion === null,
              onAction: () => {
                editor.discard();
                post({ intent: 'discard' });
              },
            },
            {
              content: 'Stop for everybody inside',
              destructive: true,
              disabled: total === 0,
              onAction: () => setDialog('stop'),
            },
            { content: 'Delete', destructive: true, onAction: () => setDialog('delete') },
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
      <PublishPanel
        key={String(isPublishing)}
        open={isPublishing}
        sequenceId={sequence.id}
        zone={zone}
        {...posted}
        onClose={() => setIsPublishing(false)}
        onPublish={(inside) => {
          setIsPublishing(false);
          post({ ...posted, intent: 'publish', inside });
        }}
      />
      <SequenceDialogs
        id={sequence.id}
        open={dialog}
        name={sequence.name}
        inside={total}
        busy={busy}
        onClose={() => setDialog(null)}
        onDo={(fields) => {
          setDialog(null);
          post({ ...posted, ...fields });
        }}
      />
      <BlockStack gap="400">
        <Builder editor={editor} shop={shop} inside={inside} problems={judged} />
        <SimulationPanel sequenceId={sequence.id} />
      </BlockStack>
    </Page>
  );
}

/** What the fields of the builder know of the shop; the same object until something of it changes. */
function useShop(told: Awaited<ReturnType<typeof loader>>): BuilderShop {
  const { sequence, currency, zone, subjects, surveys, sequences, unanswered: silent } = told;
  return useMemo(() => {
    const digits = new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions();
    const minor = 10 ** (digits.maximumFractionDigits ?? 2);
    const isLive = sequence.liveVersion !== null;
    const of = { sequenceId: sequence.id, isLive, minor, currency, zone };
    return { ...of, subjects, surveys, sequences, unanswered: silent };
  }, [sequence.id, sequence.liveVersion, currency, zone, subjects, surveys, sequences, silent]);
}

/** What is saved goes into the file, and what is taken in must throw nothing away that is not. */
const fileActions = ({ id, key }: { id: string; key: string }, isChanged: boolean, ask: () => void) => [
  {
    content: 'Save as a file',
    disabled: isChanged,
    onAction: () => void saveFile(`/app/sequences/${id}/text`, `${key}.yaml`),
  },
  { content: 'Take in a file', disabled: isChanged, onAction: ask },
];

function subtitleOf(key: string, plan: Plan, inside: number): string {
  const promise = promiseOf(key, openingOf(plan));
  return [promise, inside === 0 ? 'Nobody inside now.' : `${inside} inside now.`].filter(Boolean).join(' ');
}

function Badges({ on, isDraft, version }: { on: boolean; isDraft: boolean; version: number | null }) {
  return (
    <InlineStack gap="100">
      <Badge {...(on ? { tone: 'success' as const } : {})}>{on ? 'On' : 'Off'}</Badge>
      {version === null ? (
        <Badge tone="attention">Never published</Badge>
      ) : isDraft ? (
        <Badge tone="attention">Draft</Badge>
      ) : (
        <Badge>{`Version ${version}`}</Badge>
      )}
    </InlineStack>
  );
}
