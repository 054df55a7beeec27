import { InlineGrid, Select, TextField } from '@shopify/polaris';
import type { Period } from '../../sequences/period.ts';

const UNITS = ['minutes', 'hours', 'days', 'weeks', 'months'] as const;
type Unit = (typeof UNITS)[number];

/** The smallest unit that says it whole: two days and an hour are 49 hours. */
function single(period: Period): { amount: number; unit: Unit } {
  const set = UNITS.filter((unit) => (period[unit] ?? 0) > 0);
  const [unit] = set;
  if (unit === undefined) return { amount: 0, unit: 'days' };
  if (set.length === 1) return { amount: period[unit]!, unit };
  const minutes = UNITS.reduce((sum, each) => sum + (period[each] ?? 0) * MINUTES[each], 0);
  return { amount: Math.round(minutes / MINUTES[unit]), unit };
}
const MINUTES: Record<Unit, number> = { minutes: 1, hours: 60, days: 1440, weeks: 10_080, months: 43_200 };

interface PeriodFieldProps {
  label: string;
  period: Period;
  onChange: (period: Period) => void;
}

/** A span of time as a number and its unit. */
export function PeriodField({ label, period, onChange }: PeriodFieldProps) {
  const { amount, unit } = single(period);
  return (
    <InlineGrid columns={2} gap="200">
      <TextField
        label={label}
        type="number"
        min={0}
        max={1000}
        autoComplete="off"
        value={String(amount)}
        onChange={(value) =>
          onChange({ [unit]: Math.max(0, Math.min(1000, Math.round(Number(value) || 0))) })
        }
      />
      <Select
        label="Unit"
        options={UNITS.map((value) => ({ label: value, value }))}
        value={unit}
        onChange={(value) => onChange({ [value]: amount })}
      />
    </InlineGrid>
  );
}
