import { Select, TextField } from '@shopify/polaris';
import type { DeedStep, Step } from '../../sequences/steps.ts';
import { useBuilderShop } from './builderContext.ts';
import { Line } from './Line.tsx';

const ON = [
  { label: 'The customer', value: 'customer' },
  { label: 'The order', value: 'order' },
];

/** What is done beside writing to the customer. */
export function DeedFields({ step, onChange }: { step: DeedStep; onChange: (step: Step) => void }) {
  const { sequences } = useBuilderShop();
  switch (step.kind) {
    case 'gift':
      return <GiftFields step={step} onChange={onChange} />;
    case 'tag':
      return (
        <>
          <OnField step={step} onChange={onChange} />
          <Line
            label="Tags"
            help="Set apart by commas."
            most={400}
            value={step.tags.join(', ')}
            onChange={(value) =>
              onChange({ ...step, tags: value === '' ? [] : value.split(/,\s?/).slice(0, 10) })
            }
          />
        </>
      );
    case 'metafield':
      return (
        <>
          <OnField step={step} onChange={onChange} />
          <Line
            label="Namespace"
            most={255}
            value={step.namespace}
            onChange={(namespace) => onChange({ ...step, namespace })}
          />
          <Line label="Name" most={64} value={step.name} onChange={(name) => onChange({ ...step, name })} />
          <Line
            label="Value"
            most={2000}
            value={step.value}
            onChange={(value) => onChange({ ...step, value })}
          />
        </>
      );
    case 'webhook':
      return (
        <Line
          label="Address"
          help="Begins with https://. It is told who, which order and which step, signed."
          most={500}
          value={step.url}
          onChange={(url) => onChange({ ...step, url })}
        />
      );
    case 'task':
      return (
        <>
          <Line
            label="What is to be done"
            most={120}
            value={step.title}
            onChange={(title) => onChange({ ...step, title })}
          />
          <Line
            label="Note"
            most={1000}
            lines={3}
            value={step.note}
            onChange={(note) => onChange({ ...step, note })}
          />
        </>
      );
    case 'start':
      return (
        <Select
          label="Sequence"
          placeholder="Choose a sequence"
          options={sequences.map(({ key, name }) => ({ label: name, value: key }))}
          value={step.sequence}
          onChange={(sequence) => onChange({ ...step, sequence })}
        />
      );
  }
}

/** Whose tag or metafield it is. */
function OnField<Marked extends Extract<DeedStep, { kind: 'tag' | 'metafield' }>>({
  step,
  onChange,
}: {
  step: Marked;
  onChange: (step: Marked) => void;
}) {
  return (
    <Select
      label="On"
      options={ON}
      value={step.on}
      onChange={(on) => onChange({ ...step, on: on === 'order' ? 'order' : 'customer' })}
    />
  );
}

function GiftFields({
  step,
  onChange,
}: {
  step: Extract<DeedStep, { kind: 'gift' }>;
  onChange: (step: Step) => void;
}) {
  const { currency, minor } = useBuilderShop();
  const isPercent = 'percent' in step.value;
  const amount = 'percent' in step.value ? step.value.percent : step.value.amount / minor;
  return (
    <>
      <Select
        label="How it is taken off"
        options={[
          { label: 'A part of the order, in percent', value: 'percent' },
          { label: `A sum in ${currency}`, value: 'amount' },
        ]}
        value={isPercent ? 'percent' : 'amount'}
        onChange={(kind) =>
          onChange({
            ...step,
            value: kind === 'percent' ? { percent: 10 } : { amount: 5 * minor, currency },
          })
        }
      />
      <TextField
        label="Value"
        type="number"
        min={1}
        autoComplete="off"
        suffix={isPercent ? '%' : currency}
        value={String(amount)}
        onChange={(value) => {
          const number = Math.max(0, Number(value) || 0);
          onChange({
            ...step,
            value: isPercent
              ? { percent: Math.min(100, Math.round(number)) }
              : { amount: Math.round(number * minor), currency },
          });
        }}
      />
      <TextField
        label="May be used for"
        type="number"
        min={1}
        autoComplete="off"
        suffix="days"
        helpText="Leave it empty for ever."
        value={step.validDays === null ? '' : String(step.validDays)}
        onChange={(value) =>
          onChange({
            ...step,
            validDays: value === '' ? null : Math.max(1, Math.min(3650, Math.round(Number(value) || 1))),
          })
        }
      />
    </>
  );
}
