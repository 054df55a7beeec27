import { BlockStack, Card, Divider, FormLayout, InlineStack, SkeletonBodyText, Text } from '@shopify/polaris';
import { Fragment } from 'react';
import type { GestureSettings, Occasion } from '../../gestures/settings.ts';
import type { Trial } from '../../gestures/trial.ts';
import { money } from '../format.ts';
import { NumberField } from '../NumberField.tsx';
import { OccasionRow } from './OccasionRow.tsx';

export type TrialView = Trial & { days: number; isPart: boolean };

interface OccasionsCardProps {
  settings: GestureSettings;
  /** By place: restMonths, occasions.3.number… */
  errors: Record<string, string>;
  /** Null while it is being counted. */
  trial: TrialView | null;
  onChange: (settings: GestureSettings) => void;
}

/** When something is given, what, and how seldom. */
export function OccasionsCard({ settings, errors, trial, onChange }: OccasionsCardProps) {
  const { occasions, currency } = settings;
  const set = (place: number, occasion: Occasion) =>
    onChange({ ...settings, occasions: occasions.with(place, occasion) });
  return (
    <Card>
      <BlockStack gap="400">
        <BlockStack gap="100">
          <Text as="h2" variant="headingMd">
            Occasions
          </Text>
          <Text as="p" tone="subdued">
            An occasion counts from when you switch it on. Nobody with an open problem is given anything until
            it is solved.
          </Text>
        </BlockStack>
        <TrialSentence
          trial={trial}
          currency={currency}
          isAnyOn={occasions.some(({ since }) => since !== null)}
        />
        {occasions.map((occasion, place) => (
          <Fragment key={occasion.kind}>
            <Divider />
            <OccasionRow
              occasion={occasion}
              currency={currency}
              errors={under(errors, `occasions.${place}.`)}
              would={trial?.byOccasion[occasion.kind] ?? null}
              onChange={(changed) => set(place, changed)}
            />
          </Fragment>
        ))}
        <Divider />
        <FormLayout>
          <FormLayout.Group>
            <NumberField
              label="Months until somebody may be given something again"
              value={settings.restMonths}
              min={1}
              max={24}
              error={errors['restMonths']}
              onChange={(restMonths) => onChange({ ...settings, restMonths })}
            />
            <NumberField
              label="Left out, of 100 customers"
              helpText="Chance decides once who is, so that you can see what gestures bring. 0: nobody, and nothing is compared."
              value={settings.leftOutPercent}
              min={0}
              max={50}
              error={errors['leftOutPercent']}
              onChange={(leftOutPercent) => onChange({ ...settings, leftOutPercent })}
            />
          </FormLayout.Group>
        </FormLayout>
      </BlockStack>
    </Card>
  );
}

/** What is under a place, by the rest of it. */
const under = (errors: Record<string, string>, place: string) =>
  Object.fromEntries(
    Object.entries(errors).flatMap(([path, message]) =>
      path.startsWith(place) ? [[path.slice(place.length), message]] : [],
    ),
  );

function TrialSentence({
  trial,
  currency,
  isAnyOn,
}: {
  trial: TrialView | null;
  currency: string;
  isAnyOn: boolean;
}) {
  if (!isAnyOn)
    return <Text as="p">All of them are off. Switch one on to see what it would have been last month.</Text>;
  if (!trial) return <SkeletonBodyText lines={2} />;
  const { given, spent, leftOut, resting, tooMuch, days, isPart } = trial;
  const gestures = given === 1 ? '1 gesture' : `${given} gestures`;
  const others = [
    leftOut > 0 ? `${leftOut} would have been left out to compare` : null,
    resting > 0 ? `${resting} had something not long before` : null,
    tooMuch > 0 ? `for ${tooMuch} the purse would not have been enough` : null,
  ].filter((part) => part !== null);
  return (
    <BlockStack gap="100">
      <Text as="p" fontWeight="semibold">
        {`In the last ${days} days this would have been ${isPart ? 'more than ' : ''}${gestures} and ${money(spent, currency, 'en')}.`}
      </Text>
      {others.length > 0 ? (
        <InlineStack>
          <Text as="p" tone="subdued">
            {`${others.join('; ')}.`.replace(/^./, (first) => first.toUpperCase())}
          </Text>
        </InlineStack>
      ) : null}
    </BlockStack>
  );
}
