import { Banner, BlockStack, Box, Button, Card, InlineStack, Text } from '@shopify/polaris';
import { useEffect, useRef } from 'react';
import { isFork, type Place } from '../../sequences/edit-plan.ts';
import { stretchOf } from '../../sequences/stretch.ts';
import type { Plan } from '../../sequences/plan.ts';
import type { Step, StepKind } from '../../sequences/steps.ts';
import type { StepLook } from './builderContext.ts';
import { problemInWords } from './problemWords.ts';
import { StepFields } from './StepFields.tsx';
import { STEP_KINDS } from './stepKinds.ts';
import { TriggerFields } from './TriggerFields.tsx';

export interface PanelProps {
  plan: Plan;
  step: Step | null;
  look: StepLook;
  adding: Place | null;
  /** Nothing follows at the place. */
  atEnd: boolean;
  /** Counts up when the panel is to have the focus. */
  focus: number;
  onAdd: (kind: StepKind) => void;
  onChange: (step: Step) => void;
  onSet: (part: Partial<Pick<Plan, 'trigger' | 'reentry' | 'exits'>>) => void;
  onCarry: (how: 'copy' | 'move') => void;
  /** @param whole a fork with everything on its ways */
  onDelete: (whole: boolean) => void;
  onClose: () => void;
}

/** What is selected, to be changed. */
export function StepPanel(props: PanelProps) {
  const { plan, step, look, adding, focus, onChange, onSet } = props;
  const heading = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (focus > 0) heading.current?.focus();
  }, [focus]);
  const title = adding ? 'Add a step' : look.title;
  return (
    <Card>
      <BlockStack gap="400">
        <div ref={heading} tabIndex={-1} style={{ outline: 'none' }}>
          <Text as="h2" variant="headingMd">
            {title}
          </Text>
        </div>
        {adding ? <Kinds {...props} /> : null}
        {!adding && look.problems.length > 0 ? (
          <Banner tone="critical">
            {look.problems.map((problem) => (
              <p key={problem.code + problem.detail}>{problemInWords(problem)}</p>
            ))}
          </Banner>
        ) : null}
        {!adding && look.troubles.length > 0 ? (
          <Banner tone="warning">
            {look.troubles.map((trouble) => (
              <p key={trouble}>{trouble}</p>
            ))}
          </Banner>
        ) : null}
        {!adding && look.toldInFull.length > 0 ? (
          <Text as="p" tone="subdued">
            {`In the last 30 days: ${look.toldInFull.join(' ')}`}
          </Text>
        ) : null}
        {!adding && !step ? <TriggerFields plan={plan} onSet={onSet} /> : null}
        {!adding && step ? (
          <>
            <StepFields key={step.key} step={step} onChange={onChange} />
            <Tools {...props} step={step} />
          </>
        ) : null}
      </BlockStack>
    </Card>
  );
}

function Tools({ plan, step, onCarry, onDelete }: PanelProps & { step: Step }) {
  const stretch = stretchOf(plan, step.key);
  const more = (stretch?.steps.length ?? 1) - 1;
  return (
    <Box borderBlockStartWidth="025" borderColor="border-secondary" paddingBlockStart="400">
      <BlockStack gap="200">
        <InlineStack gap="200">
          <Button onClick={() => onCarry('move')} disabled={!stretch}>
            Move
          </Button>
          <Button onClick={() => onCarry('copy')} disabled={!stretch}>
            Copy
          </Button>
          <Button tone="critical" onClick={() => onDelete(false)}>
            Delete
          </Button>
          {isFork(step) && more > 0 ? (
            <Button tone="critical" onClick={() => onDelete(true)}>
              {`Delete with its ways (${more + 1} steps)`}
            </Button>
          ) : null}
        </InlineStack>
        {isFork(step) ? (
          <Text as="p" tone="subdued">
            {forkInWords(stretch !== null, more)}
          </Text>
        ) : null}
      </BlockStack>
    </Box>
  );
}

/** What happens to the ways of a fork when it is moved, copied or deleted. */
function forkInWords(isWhole: boolean, more: number): string {
  if (!isWhole)
    return 'Its ways lead into steps that others come to as well, so it can be neither moved nor copied.';
  if (more === 0) return 'Its ways meet at once: it is moved and copied alone.';
  return `Moved and copied with ${more === 1 ? 'the step' : `the ${more} steps`} on its ways, until they meet. Delete alone keeps its first way.`;
}

function Kinds({ atEnd, onAdd, onClose }: PanelProps) {
  return (
    <BlockStack gap="100">
      {STEP_KINDS.filter(({ kind }) => kind !== 'stop' || atEnd).map(({ kind, label, help }) => (
        <Button key={kind} fullWidth textAlign="left" variant="tertiary" onClick={() => onAdd(kind)}>
          {`${label}: ${help}` as string}
        </Button>
      ))}
      <InlineStack>
        <Button onClick={onClose}>Cancel</Button>
      </InlineStack>
    </BlockStack>
  );
}
