import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node';
import { useActionData, useLoaderData, useNavigation, useSubmit } from '@remix-run/react';
import { Badge, Banner, BlockStack, Box, Card, InlineStack, Page, Text } from '@shopify/polaris';
import { useState } from 'react';
import { z } from 'zod';
import { authenticateAdmin } from '../adapters/shopify/authenticate.server.ts';
import { now } from '../clock.server.ts';
import { fieldsOf, idOrMissing } from '../fields.server.ts';
import { templatesOf } from '../messages/messages.server.ts';
import type { Period } from '../sequences/period.ts';
import { openingOf } from '../sequences/opening.ts';
import { parsePlan, templatesIn, type Plan } from '../sequences/plan.ts';
import {
  publish,
  saveDraft,
  sequenceOf,
  switchSequence,
  type PublishResult,
} from '../sequences/sequences.server.ts';
import { FormSaveBar } from '../ui/FormSaveBar.tsx';
import { PlanStep } from '../ui/PlanStep.tsx';
import { PublishPanel } from '../ui/PublishPanel.tsx';
import { SimulationPanel } from '../ui/SimulationPanel.tsx';
import { inOrder, promiseOf, triggerInWords } from '../ui/planSentences.ts';
import { useSaved } from '../ui/useSaved.ts';
import { useToast } from '../ui/useToast.ts';
import { app } from '../wiring.server.ts';

const MISSING = 'There is no such sequence';
/** By the key of the step; what a period may be is the plan's to say. */
const waitsSchema = z.record(
  z.string(),
  z.custom<Period>((value) => typeof value === 'object'),
);

export async function loader({ request, params }: LoaderFunctionArgs) {
  const { shop } = await authenticateAdmin(request);
  return app().db.inShop(shop.id, async (tx) => {
    const sequence = await sequenceOf(tx, idOrMissing(params['id'], MISSING));
    if (!sequence?.live) throw new Response(MISSING, { status: 404 });
    const drawn = parsePlan(sequence.draft);
    const plan = 'plan' in drawn ? drawn.plan : sequence.live;
    const keys = new Set(templatesIn(plan));
    const templates = (await templatesOf(tx)).filter((template) => keys.has(template.key));
    return {
      sequence: { ...sequence, plan },
      zone: shop.timeZone,
      subjects: templates.map(({ key, locale, text }) => ({ key, locale, subject: text.subject })),
    };
  });
}

export async function action({ request, params }: ActionFunctionArgs) {
  const { shop } = await authenticateAdmin(request);
  const id = idOrMissing(params['id'], MISSING);
  const fields = await fieldsOf(request);
  return app().db.inShop(shop.id, async (tx) => {
    if (fields.text('intent') === 'switch') {
      const on = fields.text('on') === 'true';
      await switchSequence(tx, id, on, now());
      return { toast: on ? 'Switched on' : 'Switched off. Those inside wait' };
    }
    if (fields.text('intent') === 'publish') {
      const inside = fields.text('inside') === 'move' ? 'move' : 'stay';
      return published(await publish(tx, id, { inside }, now()));
    }
    const sequence = await sequenceOf(tx, id);
    if (!sequence?.live) throw new Response(MISSING, { status: 404 });
    const waits = waitsSchema.safeParse(fields.json('waits'));
    if (!waits.success) return { problems: ['These waits are none.'] };
    const drawn = parsePlan(sequence.draft);
    const parsed = parsePlan(withWaits('plan' in drawn ? drawn.plan : sequence.live, waits.data));
    if ('problems' in parsed) return { problems: parsed.problems.map((problem) => problem.detail) };
    await saveDraft(tx, id, { plan: parsed.plan }, now());
    return { toast: 'Saved as a draft', saved: true };
  });
}

function published(result: PublishResult) {
  switch (result.outcome) {
    case 'published': {
      const people = result.moved === 1 ? 'one customer' : `${result.moved} customers`;
      return { toast: result.moved > 0 ? `Published. It moved ${people}` : 'Published' };
    }
    case 'problems':
      return { problems: result.problems.map((problem) => problem.detail) };
    case 'unchanged':
      return { toast: 'There was nothing new to publish' };
    case 'unknown':
      throw new Response(MISSING, { status: 404 });
  }
}

/** The plan with other waits; everything else stays. */
function withWaits(plan: Plan, waits: Record<string, Period>): unknown {
  const steps = plan.steps.map((step) => {
    const after = waits[step.key];
    return step.kind === 'wait' && after ? { ...step, until: { ...step.until, after } } : step;
  });
  return { ...plan, steps };
}

export default function SequencePage() {
  const { sequence, subjects, zone } = useLoaderData<typeof loader>();
  const outcome = useActionData<{ toast?: string; saved?: boolean; problems?: string[] }>();
  const submit = useSubmit();
  const busy = useNavigation().state === 'submitting';
  const [waits, setWaits] = useState<Record<string, Period>>({});
  const [publishing, setPublishing] = useState(false);
  const hasDraft = sequence.draft !== null;
  useToast(outcome?.toast);
  const inside = new Map(sequence.inside.map(({ stepKey, count }) => [stepKey, count]));
  const total = sequence.inside.reduce((sum, { count }) => sum + count, 0);
  useSaved(outcome, () => setWaits({}));
  const save = () => submit({ intent: 'waits', waits: JSON.stringify(waits) }, { method: 'post' });
  return (
    <Page
      title={sequence.name}
      titleMetadata={
        <InlineStack gap="100">
          <Badge {...(sequence.on ? { tone: 'success' as const } : {})}>{sequence.on ? 'On' : 'Off'}</Badge>
          {hasDraft ? (
            <Badge tone="attention">Draft</Badge>
          ) : (
            <Badge>{`Version ${sequence.liveVersion}`}</Badge>
          )}
        </InlineStack>
      }
      subtitle={promiseOf(sequence.key, openingOf(sequence.plan))}
      backAction={{ content: 'Sequences', url: '/app/sequences' }}
      primaryAction={{ content: 'Publish', disabled: !hasDraft, onAction: () => setPublishing(true) }}
      secondaryActions={[
        {
          content: sequence.on ? 'Switch off' : 'Switch on',
          loading: busy,
          onAction: () => submit({ intent: 'switch', on: String(!sequence.on) }, { method: 'post' }),
        },
      ]}
    >
      <FormSaveBar
        open={Object.keys(waits).length > 0}
        busy={busy}
        onSave={save}
        onDiscard={() => setWaits({})}
      />
      <PublishPanel
        key={String(publishing)}
        open={publishing}
        sequenceId={sequence.id}
        zone={zone}
        onClose={() => setPublishing(false)}
        onPublish={(choice) => {
          setPublishing(false);
          submit({ intent: 'publish', inside: choice }, { method: 'post' });
        }}
      />
      <BlockStack gap="300">
        {outcome?.problems?.length ? (
          <Banner tone="critical" title="This plan can't be published yet">
            <p>{outcome.problems.join(' ')}</p>
          </Banner>
        ) : null}
        <Card>
          <InlineStack align="space-between" gap="400">
            <Text as="p">{triggerInWords(sequence.plan.trigger)}</Text>
            <Text as="p" tone="subdued">
              {total === 0 ? 'Nobody inside now' : `${total} inside now`}
            </Text>
          </InlineStack>
        </Card>
        {inOrder(sequence.plan).map((step) => (
          <PlanStep
            key={step.key}
            step={step}
            inside={inside.get(step.key) ?? 0}
            wait={waits[step.key]}
            onWait={(period) => setWaits((before) => ({ ...before, [step.key]: period }))}
            subjects={step.kind === 'message' ? subjects.filter(({ key }) => key === step.template) : []}
            mailUrl={step.kind === 'message' ? `/app/mail/${step.template}` : ''}
          />
        ))}
        <SimulationPanel sequenceId={sequence.id} />
        <Box paddingInline={{ xs: '400', sm: '0' }}>
          <Text as="p" tone="subdued">
            It ends by itself when the order is cancelled, refunded or returned, when the customer
            unsubscribes or is erased, and when the app is removed.
          </Text>
        </Box>
      </BlockStack>
    </Page>
  );
}
