import { BlockStack, Button, Card, InlineStack, Link, Select, Text, TextField } from '@shopify/polaris';
import type { Period } from '../sequences/period.ts';
import type { Step } from '../sequences/steps.ts';
import { stepInWords, subjectInWords } from './planSentences.ts';

interface PlanStepProps {
  step: Step;
  /** People who stand at this step now. */
  inside: number;
  /** Changed and not saved; the step's own otherwise. */
  wait: Period | undefined;
  onWait: (period: Period) => void;
  subjects: readonly { locale: string; subject: string }[];
  mailUrl: string;
}

const UNITS = [
  { label: 'minutes', value: 'minutes' },
  { label: 'hours', value: 'hours' },
  { label: 'days', value: 'days' },
  { label: 'weeks', value: 'weeks' },
] as const;
type Unit = (typeof UNITS)[number]['value'];

const languageName = (locale: string) =>
  new Intl.DisplayNames('en', { type: 'language' }).of(locale) ?? locale;

/** The one unit of a period that has just one; null for those that are more complicated. */
function single(period: Period): { amount: number; unit: Unit } | null {
  const set = Object.entries(period).filter(([, amount]) => (amount ?? 0) > 0);
  if (set.length > 1) return null;
  const [unit, amount] = set[0] ?? ['days', 0];
  return UNITS.some(({ value }) => value === unit) ? { unit: unit as Unit, amount: amount ?? 0 } : null;
}

/** One step of a plan that is drawn as a list. */
export function PlanStep({ step, inside, wait, onWait, subjects, mailUrl }: PlanStepProps) {
  const { title, note } = stepInWords(
    step.kind === 'wait' && wait ? { ...step, until: { ...step.until, after: wait } } : step,
  );
  const period = step.kind === 'wait' ? single(wait ?? step.until.after) : null;
  const english = subjects.find(({ locale }) => locale === 'en') ?? subjects[0];
  return (
    <Card>
      <BlockStack gap="300">
        <InlineStack align="space-between" gap="400" wrap={false}>
          <BlockStack gap="050">
            <Text as="h2" variant="headingSm">
              {title}
            </Text>
            {note ? (
              <Text as="p" tone="subdued">
                {note}
              </Text>
            ) : null}
          </BlockStack>
          {inside > 0 ? (
            <div style={{ flexShrink: 0 }}>
              <Text as="span" tone="subdued">{`${inside} here`}</Text>
            </div>
          ) : null}
        </InlineStack>
        {period ? (
          <InlineStack gap="200" blockAlign="end">
            <TextField
              label="How long"
              type="number"
              min={0}
              max={1000}
              autoComplete="off"
              value={String(period.amount)}
              onChange={(value) =>
                onWait({ [period.unit]: Math.max(0, Math.min(1000, Math.round(Number(value) || 0))) })
              }
            />
            <Select
              label="Unit"
              options={[...UNITS]}
              value={period.unit}
              onChange={(unit) => onWait({ [unit]: period.amount })}
            />
          </InlineStack>
        ) : null}
        {step.kind === 'message' ? (
          <InlineStack align="space-between" blockAlign="center" gap="400">
            <Text as="p">
              <Link url={mailUrl} removeUnderline>
                {english ? subjectInWords(english.subject) : 'No text yet'}
              </Link>
              {subjects.length > 0 ? (
                <Text
                  as="span"
                  tone="subdued"
                >{`, in ${subjects.map(({ locale }) => languageName(locale)).join(', ')}`}</Text>
              ) : null}
            </Text>
            <Button url={mailUrl}>Edit the text</Button>
          </InlineStack>
        ) : null}
      </BlockStack>
    </Card>
  );
}
