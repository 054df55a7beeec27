import {
  BlockStack,
  Box,
  Card,
  Checkbox,
  FormLayout,
  InlineGrid,
  InlineStack,
  Link,
  Select,
  Text,
  TextField,
} from '@shopify/polaris';
import { YOUR_CODE } from '../referrals/mails.ts';
import { landingTexts, offerFor, type OfferShop } from '../referrals/offer.ts';
import type { Terms, Value } from '../referrals/program.ts';
import { REWARD_ISSUED } from '../rewards/mails.ts';

interface ProgramState {
  status: 'on' | 'off';
  terms: Terms;
}

interface ProgramCardProps {
  program: ProgramState;
  shop: OfferShop;
  /** By field of the terms. */
  errors: Record<string, string>;
  onChange: (program: ProgramState) => void;
}

interface ValueFieldProps {
  label: string;
  value: Value;
  currency: string;
  error: string | undefined;
  onChange: (value: Value) => void;
}

/** Whole units of money; its minor digits are those of the currency. */
const unitOf = (currency: string) =>
  10 **
  (new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ?? 2);

function ValueField({ label, value, currency, error, onChange }: ValueFieldProps) {
  const isPercent = 'percent' in value;
  const shown = isPercent ? value.percent : value.amount / unitOf(currency);
  const valueOf = (kind: string, amount: number): Value =>
    kind === 'percent'
      ? { percent: Math.round(amount) }
      : { amount: Math.round(amount * unitOf(currency)), currency };
  return (
    <FormLayout.Group condensed>
      <TextField
        label={label}
        type="number"
        min={1}
        value={String(shown)}
        error={error}
        autoComplete="off"
        onChange={(text) => onChange(valueOf(isPercent ? 'percent' : 'amount', Number(text)))}
      />
      <Select
        label="Kind"
        options={[
          { label: 'per cent', value: 'percent' },
          { label: currency, value: 'amount' },
        ]}
        value={isPercent ? 'percent' : 'amount'}
        onChange={(kind) => onChange(valueOf(kind, 10))}
      />
    </FormLayout.Group>
  );
}

/** The programme as the friend and the advocate see it, side by side, edited in place. */
export function ProgramCard({ program, shop, errors, onChange }: ProgramCardProps) {
  const { terms, status } = program;
  const { currency } = shop;
  const set = (changed: Partial<Terms>) => onChange({ status, terms: { ...terms, ...changed } });
  return (
    <Card>
      <BlockStack gap="400">
        <Text as="h2" variant="headingMd">
          The programme
        </Text>
        <Checkbox
          label="Customers may invite friends"
          checked={status === 'on'}
          onChange={(on) => onChange({ terms, status: on ? 'on' : 'off' })}
        />
        <InlineGrid columns={{ xs: 1, md: 2 }} gap="400">
          <Box padding="300" background="bg-surface-secondary" borderRadius="200">
            <BlockStack gap="300">
              <Text as="h3" variant="headingSm">
                A friend reads
              </Text>
              <Text as="p">{landingTexts(shop, terms, 'en').text}</Text>
              <FormLayout>
                <ValueField
                  label="Off their order"
                  value={terms.friend}
                  currency={currency}
                  error={errors['friend']}
                  onChange={(friend) => set({ friend })}
                />
              </FormLayout>
              <Checkbox
                label="Only a first order counts"
                checked={terms.newCustomersOnly}
                onChange={(newCustomersOnly) => set({ newCustomersOnly })}
              />
            </BlockStack>
          </Box>
          <Box padding="300" background="bg-surface-secondary" borderRadius="200">
            <BlockStack gap="300">
              <Text as="h3" variant="headingSm">
                Your customer reads
              </Text>
              <Text as="p">{offerFor(shop, terms, 'FRIEND-7KQ4W', 0, 'en').offer}</Text>
              <FormLayout>
                <ValueField
                  label="For their next order"
                  value={terms.advocate}
                  currency={currency}
                  error={errors['advocate']}
                  onChange={(advocate) => set({ advocate })}
                />
                <TextField
                  label="Friends that count in a year"
                  type="number"
                  min={1}
                  value={terms.perAdvocate === null ? '' : String(terms.perAdvocate)}
                  placeholder="any number"
                  autoComplete="off"
                  helpText="More wait for your yes."
                  error={errors['perAdvocate']}
                  onChange={(text) =>
                    set({ perAdvocate: text === '' ? null : Math.max(1, Math.round(Number(text))) })
                  }
                />
              </FormLayout>
            </BlockStack>
          </Box>
        </InlineGrid>
        <InlineStack gap="400">
          <Link url={`/app/mail/${YOUR_CODE}`} removeUnderline>
            Edit the mail with their code
          </Link>
          <Link url={`/app/mail/${REWARD_ISSUED}`} removeUnderline>
            Edit the mail with their reward
          </Link>
        </InlineStack>
      </BlockStack>
    </Card>
  );
}
