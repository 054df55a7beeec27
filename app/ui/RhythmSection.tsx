import { Card, ChoiceList, FormLayout, Select } from '@shopify/polaris';
import { memo } from 'react';
import type { ShopSettings } from '../shops/settings.ts';
import { NumberField } from './NumberField.tsx';
import { SettingsPart } from './SettingsPart.tsx';
import type { SectionProps } from './SettingsSections.tsx';

const DAYS = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'].map(
  (label, index) => ({ label, value: String(index + 1) }),
);

const HOURS = Array.from({ length: 24 }, (_, hour) => ({
  label: `${String(hour).padStart(2, '0')}:00`,
  value: String(hour),
}));

/** When and how often customers are written to. */
export const RhythmSection = memo(function RhythmSection({
  rhythm,
  change,
  errors,
}: SectionProps & Pick<ShopSettings, 'rhythm'>) {
  const set = (field: keyof typeof rhythm) => (value: string | number) =>
    change({ rhythm: { ...rhythm, [field]: Number(value) } });
  // Nothing typed in: no limit of its own.
  const setLimit = (field: 'mailsPerWeek' | 'textsPerWeek') => (value: number) =>
    change({ rhythm: { ...rhythm, [field]: Number.isNaN(value) ? null : value } });
  return (
    <SettingsPart
      id="rhythm"
      title="Rhythm"
      description="On each customer's own clock. What may not go is moved to the next free moment."
    >
      <Card>
        <FormLayout>
          <FormLayout.Group>
            <Select
              label="Quiet from"
              options={HOURS}
              value={String(rhythm.quietFrom)}
              onChange={set('quietFrom')}
            />
            <Select
              label="Quiet until"
              options={HOURS}
              value={String(rhythm.quietTo)}
              onChange={set('quietTo')}
            />
          </FormLayout.Group>
          <FormLayout.Group>
            <NumberField
              label="Asks and offers a week, at most"
              min={1}
              max={14}
              value={rhythm.perWeek}
              onChange={set('perWeek')}
              error={errors['rhythm.perWeek']}
            />
            <NumberField
              label="Hours between two of them"
              min={0}
              max={168}
              value={rhythm.minGapHours}
              onChange={set('minGapHours')}
              error={errors['rhythm.minGapHours']}
            />
          </FormLayout.Group>
          <FormLayout.Group>
            <NumberField
              label="Of these by mail, at most"
              helpText="Empty: as many as above"
              min={1}
              max={14}
              value={rhythm.mailsPerWeek ?? Number.NaN}
              onChange={setLimit('mailsPerWeek')}
              error={errors['rhythm.mailsPerWeek']}
            />
            <NumberField
              label="Of these by text message, at most"
              helpText="Empty: as many as above"
              min={1}
              max={14}
              value={rhythm.textsPerWeek ?? Number.NaN}
              onChange={setLimit('textsPerWeek')}
              error={errors['rhythm.textsPerWeek']}
            />
          </FormLayout.Group>
          <ChoiceList
            title="Days on which asks and offers may arrive"
            allowMultiple
            choices={DAYS}
            selected={rhythm.days.map(String)}
            onChange={(days) =>
              change({ rhythm: { ...rhythm, days: days.map(Number).sort((a, b) => a - b) } })
            }
            error={errors['rhythm.days']}
          />
        </FormLayout>
      </Card>
    </SettingsPart>
  );
});
