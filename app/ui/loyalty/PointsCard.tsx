import { BlockStack, Card, Checkbox, FormLayout, Text } from '@shopify/polaris';
import type { LoyaltySettings } from '../../loyalty/settings.ts';
import { money, whole } from '../format.ts';
import { AmountField } from '../AmountField.tsx';
import { NumberField } from '../NumberField.tsx';

type Points = LoyaltySettings['points'];

interface PointsCardProps {
  points: Points;
  currency: string;
  /** By place: "points.review" */
  errors: Record<string, string>;
  onChange: (points: Points) => void;
}

const EARNINGS = [
  { key: 'perUnit', label: 'For each whole unit spent' },
  { key: 'review', label: 'For a review' },
  { key: 'photo', label: 'For photos or a story' },
  { key: 'referral', label: 'For a friend who stays' },
  { key: 'birthday', label: 'On their birthday' },
] as const;

/** Points, for shops that want them. */
export function PointsCard({ points, currency, errors, onChange }: PointsCardProps) {
  const isOn = points.since !== null;
  const { redeem } = points;
  return (
    <Card>
      <BlockStack gap="400">
        <BlockStack gap="100">
          <Text as="h2" variant="headingMd">
            Points
          </Text>
          <Text as="p" tone="subdued">
            Most shops do without: benefits say more. If your customers are used to points, they can be earned
            and turned into store credit here.
          </Text>
        </BlockStack>
        <Checkbox
          label="Customers collect points"
          helpText="They count from when you switch them on. Those of an order count once its return window has passed."
          checked={isOn}
          onChange={(on) => onChange({ ...points, since: on ? ON : null })}
        />
        {isOn ? (
          <>
            <FormLayout>
              <FormLayout.Group condensed>
                {EARNINGS.map(({ key, label }) => (
                  <NumberField
                    key={key}
                    label={label}
                    value={points[key]}
                    min={0}
                    max={1_000_000}
                    error={errors[`points.${key}`]}
                    onChange={(value) => onChange({ ...points, [key]: value })}
                  />
                ))}
              </FormLayout.Group>
              <FormLayout.Group>
                <NumberField
                  label="So many points"
                  value={redeem.points}
                  min={1}
                  max={1_000_000}
                  error={errors['points.redeem.points']}
                  onChange={(value) => onChange({ ...points, redeem: { ...redeem, points: value } })}
                />
                <AmountField
                  label="are worth"
                  value={redeem.amount}
                  currency={currency}
                  error={errors['points.redeem.amount']}
                  onChange={(amount) => onChange({ ...points, redeem: { ...redeem, amount } })}
                />
              </FormLayout.Group>
            </FormLayout>
            <Checkbox
              label="Points end"
              checked={points.validMonths !== null}
              onChange={(on) => onChange({ ...points, validMonths: on ? 12 : null })}
            />
            {points.validMonths === null ? null : (
              <FormLayout>
                <NumberField
                  helpText="A week before the first of a month end, a mail reminds of them."
                  label="After so many months"
                  value={points.validMonths}
                  min={1}
                  max={120}
                  error={errors['points.validMonths']}
                  onChange={(validMonths) => onChange({ ...points, validMonths })}
                />
              </FormLayout>
            )}
            <Text as="p" tone="subdued">
              {worthInWords(points, currency)}
            </Text>
          </>
        ) : null}
      </BlockStack>
    </Card>
  );
}

/** It is on; since when, the app says when it is saved. */
const ON = '2000-01-01T00:00:00.000Z';

function worthInWords({ perUnit, redeem }: Points, currency: string): string {
  const isWhole = [perUnit, redeem.points, redeem.amount].every(Number.isFinite);
  if (!isWhole || perUnit === 0) return 'Nothing is earned by spending.';
  const spend = Math.ceil(redeem.points / perUnit);
  const worth = money(redeem.amount, currency, 'en');
  return `Whoever spends ${whole(spend, 'en')} ${currency} has earned ${worth}.`;
}
