import { Badge, BlockStack, Button, InlineStack, Text } from '@shopify/polaris';
import { Fragment, type ReactNode } from 'react';
import type { Place } from '../../sequences/edit-plan.ts';
import { nextOf, type Step } from '../../sequences/steps.ts';
import type { DrawnProps } from './Canvas.tsx';
import { placeInWords, samePlace, wayInWords } from './stepKinds.ts';

interface PlanListProps extends DrawnProps {
  /** Stands right under what is selected. */
  panel: ReactNode;
}

/** The plan as a list: for narrow screens, and for everybody who would rather read than look. */
export function PlanList(props: PlanListProps) {
  const { plan } = props;
  const byKey = new Map(plan.steps.map((step) => [step.key, step]));
  const shown = new Set<string>();
  const rows = (key: string | null): ReactNode => {
    const step = key === null ? undefined : byKey.get(key);
    if (!step) return null;
    if (shown.has(step.key)) return <Joined key={step.key} title={props.lookOf(step.key).title} />;
    shown.add(step.key);
    return (
      <Fragment key={step.key}>
        <Row {...props} stepKey={step.key} />
        {waysOf(step, props, rows)}
      </Fragment>
    );
  };
  return (
    <BlockStack gap="200">
      <Row {...props} stepKey={null} />
      <Plus {...props} place={{ after: null, way: 0 }} />
      {rows(plan.start)}
    </BlockStack>
  );
}

function waysOf(step: Step, props: PlanListProps, rows: (key: string | null) => ReactNode): ReactNode {
  const targets = nextOf(step);
  if (targets.length === 1) {
    return (
      <>
        <Plus {...props} place={{ after: step.key, way: 0 }} />
        {rows(targets[0]!)}
      </>
    );
  }
  return targets.map((target, way) => (
    <div
      // oxlint-disable-next-line react/no-array-index-key
      key={`${step.key} ${way}`}
      style={{ borderInlineStart: '2px solid var(--p-color-border)', paddingInlineStart: 12 }}
    >
      <BlockStack gap="200">
        <Text as="p" fontWeight="medium">
          {[wayInWords(step, way), props.lookOf(step.key).ways?.[way]]
            .filter((part) => part != null)
            .join(' · ')}
        </Text>
        <Plus {...props} place={{ after: step.key, way }} />
        {rows(target)}
      </BlockStack>
    </div>
  ));
}

const Joined = ({ title }: { title: string }) => (
  <Text as="p" tone="subdued">{`Goes on with: ${title}`}</Text>
);

function Row({ stepKey, selected, onSelect, lookOf, panel }: PlanListProps & { stepKey: string | null }) {
  const look = lookOf(stepKey);
  const isSelected = selected === stepKey;
  return (
    <>
      <button
        type="button"
        aria-label={look.title}
        aria-expanded={isSelected}
        onClick={() => onSelect(stepKey)}
        style={{
          width: '100%',
          padding: 12,
          textAlign: 'start',
          font: 'inherit',
          color: 'inherit',
          cursor: 'pointer',
          borderRadius: 12,
          border: `${look.lit ? 2 : 1}px solid var(${look.lit ? '--p-color-bg-fill-success' : '--p-color-border'})`,
          background: 'var(--p-color-bg-surface)',
          outline: isSelected ? '2px solid var(--p-color-border-focus)' : 'none',
        }}
      >
        <InlineStack align="space-between" gap="200" wrap={false}>
          <BlockStack gap="050">
            <Text as="span" fontWeight="semibold">
              {look.title}
            </Text>
            {look.when || look.note ? (
              <Text as="span" tone="subdued">
                {look.when ?? look.note}
              </Text>
            ) : null}
            {look.told ? (
              <Text as="span" variant="bodySm" tone="subdued">
                {look.told}
              </Text>
            ) : null}
          </BlockStack>
          <InlineStack gap="200" wrap={false}>
            {look.inside > 0 ? (
              <span
                style={{ whiteSpace: 'nowrap', color: 'var(--p-color-text-secondary)' }}
              >{`${look.inside} here`}</span>
            ) : null}
            {look.problems.length > 0 ? <Badge tone="critical">Problem</Badge> : null}
            {look.troubles.length > 0 ? <Badge tone="warning">Trouble</Badge> : null}
          </InlineStack>
        </InlineStack>
      </button>
      {isSelected ? panel : null}
    </>
  );
}

function Plus({ plan, place, onPlace, adding, takes, lookOf, panel }: PlanListProps & { place: Place }) {
  const chosen = samePlace(place, adding);
  if (takes && !takes(place)) return null;
  const what = takes ? 'Put it after' : 'Add a step after';
  return (
    <>
      <InlineStack>
        <Button
          size="slim"
          variant="tertiary"
          pressed={chosen}
          accessibilityLabel={`${what}: ${placeInWords(plan, place, lookOf(place.after).title)}`}
          onClick={() => onPlace(place)}
        >
          {takes ? '+ Put it here' : '+ Add a step'}
        </Button>
      </InlineStack>
      {chosen ? panel : null}
    </>
  );
}
