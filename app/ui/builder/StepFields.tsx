import { Checkbox, ChoiceList, Select } from '@shopify/polaris';
import type { Step, WaitStep } from '../../sequences/steps.ts';
import { ConditionRows } from './ConditionRows.tsx';
import { DeedFields } from './DeedFields.tsx';
import { ForkFields } from './ForkFields.tsx';
import { MessageFields } from './MessageFields.tsx';
import { PeriodField } from './PeriodField.tsx';

interface StepFieldsProps {
  step: Step;
  onChange: (step: Step) => void;
}

/** The fields of a step, by its kind. */
export function StepFields({ step, onChange }: StepFieldsProps) {
  switch (step.kind) {
    case 'wait':
      return <WaitFields step={step} onChange={onChange} />;
    case 'wait-for':
      return (
        <>
          <ConditionRows
            label="Until this is so"
            condition={step.when}
            onChange={(when) => onChange({ ...step, when })}
          />
          <PeriodField
            label="At most"
            period={step.within}
            onChange={(within) => onChange({ ...step, within })}
          />
        </>
      );
    case 'condition':
    case 'split':
      return <ForkFields step={step} onChange={onChange} />;
    case 'message':
      return <MessageFields step={step} onChange={onChange} />;
    case 'stop':
      return null;
    case 'gift':
    case 'tag':
    case 'metafield':
    case 'webhook':
    case 'task':
    case 'start':
      return <DeedFields step={step} onChange={onChange} />;
  }
}

const FROM = [
  { label: 'the step before', value: 'reached' },
  { label: 'it began', value: 'trigger' },
  { label: 'payment', value: 'paid' },
  { label: 'delivery', value: 'delivered' },
];
const PRODUCT = [
  { label: 'No, this long', value: '' },
  { label: 'Until it is first used', value: 'first-use' },
  { label: 'Until it is ready to judge', value: 'ready-to-judge' },
  { label: 'Until it is used up', value: 'end-of-life' },
];
const ANY_HOUR = '';
const HOURS = [
  { label: 'at any hour', value: ANY_HOUR },
  ...Array.from({ length: 24 }, (_, hour) => ({
    label: `at ${String(hour).padStart(2, '0')}:00 on their clock`,
    value: String(hour),
  })),
];

const WEEKDAYS = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'].map(
  (label, index) => ({ label, value: String(index + 1) }),
);

function WaitFields({ step, onChange }: { step: WaitStep; onChange: (step: Step) => void }) {
  const { until } = step;
  const put = (changes: Partial<WaitStep['until']>) => onChange({ ...step, until: { ...until, ...changes } });
  return (
    <>
      <PeriodField label="How long" period={until.after} onChange={(after) => put({ after })} />
      <Select
        label="After"
        options={FROM}
        value={until.from}
        onChange={(from) => put({ from: from as WaitStep['until']['from'] })}
      />
      <Select
        label="By the product’s own clock"
        helpText={until.product ? 'Products without a clock of their own take the time above.' : undefined}
        options={PRODUCT}
        value={until.product ?? ''}
        onChange={(product) => put({ product: (product || null) as WaitStep['until']['product'] })}
      />
      <Select
        label="Then go on"
        options={HOURS}
        value={until.at ? String(until.at.hour) : ANY_HOUR}
        onChange={(hour) =>
          put({
            at:
              hour === ANY_HOUR
                ? null
                : { hour: Number(hour), minute: 0, weekdays: until.at?.weekdays ?? [] },
          })
        }
      />
      {until.at ? (
        <ChoiceList
          title="On these days only"
          allowMultiple
          choices={WEEKDAYS}
          selected={until.at.weekdays.map(String)}
          onChange={(days) => put({ at: { ...until.at!, weekdays: days.map(Number).sort((a, b) => a - b) } })}
        />
      ) : null}
      <Checkbox
        label="Not at night on their clock"
        checked={until.awake}
        onChange={(awake) => put({ awake })}
      />
    </>
  );
}
