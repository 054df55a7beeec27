import { ChoiceList, Text, TextField } from '@shopify/polaris';
import { STAGES } from '../../customers/customer.ts';
import { BIRTHDAY, isCalendar } from '../../sequences/calendar.ts';
import type { Trigger } from '../../sequences/plan.ts';
import { SegmentPicker } from './SegmentPicker.tsx';

type Which = Trigger['which'];

interface WhichFieldsProps {
  trigger: Trigger;
  onSet: (which: Partial<Which>) => void;
}

/** Which happenings of the chosen kinds, where a kind has more than one. */
export function WhichFields({ trigger: { on, which }, onSet }: WhichFieldsProps) {
  return (
    <>
      {on.includes('customer.tagged') ? (
        <TextField
          label="Tags"
          helpText="One of these, set apart by commas. Empty: any tag."
          autoComplete="off"
          maxLength={1000}
          value={which.tags.join(', ')}
          onChange={(tags) => onSet({ tags: tags === '' ? [] : tags.split(/,\s?/).slice(0, 50) })}
        />
      ) : null}
      {on.includes('customer.segment-joined') || on.includes('customer.segment-left') ? (
        <SegmentPicker
          label="Segments"
          chosen={which.segments}
          onChange={(segments) => onSet({ segments })}
        />
      ) : null}
      {on.includes('customer.stage-changed') ? (
        <ChoiceList
          title="Stages they come to"
          allowMultiple
          choices={STAGES.map((stage) => ({ label: stage, value: stage }))}
          selected={[...which.stages]}
          onChange={(stages) => onSet({ stages: stages as Which['stages'] })}
        />
      ) : null}
      {on.includes('customer.date') ? (
        <TextField
          label="Metafield with the date"
          helpText={`Of the customer, as Shopify names it. ${BIRTHDAY} is the birthday. It comes round every year.`}
          autoComplete="off"
          maxLength={320}
          placeholder={BIRTHDAY}
          value={which.date ?? ''}
          onChange={(date) => onSet({ date: date.trim() || null })}
        />
      ) : null}
      {on.includes('product.event-ended') && !on.includes('customer.date') ? (
        <TextField
          label="Metafield with the end of the event"
          helpText="Of the product, as Shopify names it: a date, or a date and time. Empty: as you have typed it at the product; what is typed there always counts."
          autoComplete="off"
          maxLength={320}
          placeholder="custom.event_ends"
          value={which.date ?? ''}
          onChange={(date) => onSet({ date: date.trim() || null })}
        />
      ) : null}
      {on.some(isCalendar) ? (
        <TextField
          label="Days before"
          type="number"
          min={0}
          max={90}
          autoComplete="off"
          helpText="0: on the day itself, on the customer’s clock."
          value={String(which.ahead)}
          onChange={(days) => onSet({ ahead: Math.max(0, Math.min(90, Math.round(Number(days) || 0))) })}
        />
      ) : null}
      {on.includes('reward.expiring') ? (
        <Text as="p" tone="subdued">
          While this sequence is on it is the one that reminds: the mail that comes with the app, a week
          before a reward runs out, is silent. Points have a reminder of their own.
        </Text>
      ) : null}
    </>
  );
}
