import { BlockStack, Card, ChoiceList, Select, Text, TextField } from '@shopify/polaris';
import { STAGES } from '../../customers/customer.ts';
import type { Audience } from '../../feedback/audience.ts';
import { PLACES, type Place, type Survey } from '../../feedback/survey.ts';
import { ProductsField } from './ProductsField.tsx';
import { useTyped } from './useTyped.ts';
import { AGAIN, againOf, againValue, audienceInWords, PLACE_WORDS } from './surveyWords.ts';

interface WhereAndWhomProps {
  survey: Survey;
  /** The link for everybody; null while it leads nowhere. */
  link: string | null;
  /** Of products that are chosen, by Shopify's id. */
  titles: Readonly<Record<string, string>>;
  onChange: (survey: Survey, about: string) => void;
}

/** Where it is asked, of whom, and how soon again. */
export function WhereAndWhom({ survey, link, titles, onChange }: WhereAndWhomProps) {
  const { audience } = survey;
  const set = (change: Partial<Audience>, about: string) =>
    onChange({ ...survey, audience: { ...audience, ...change } }, about);
  const inBlock = survey.places.includes('thank-you') || survey.places.includes('order-status');
  return (
    <>
      <Card>
        <BlockStack gap="300">
          <Text as="h2" variant="headingMd">
            Where it is asked
          </Text>
          <ChoiceList
            title="Where it is asked"
            titleHidden
            allowMultiple
            choices={PLACES.map((value) => ({
              value,
              label: PLACE_WORDS[value].label,
              helpText: PLACE_WORDS[value].help,
            }))}
            selected={survey.places}
            onChange={(places) => onChange({ ...survey, places: places as Place[] }, 'places')}
          />
          {survey.places.includes('page') ? (
            <TextField
              label="The link"
              autoComplete="off"
              readOnly
              value={link ?? ''}
              placeholder="There is one once it is published and on."
              selectTextOnFocus
            />
          ) : null}
        </BlockStack>
      </Card>
      {inBlock ? (
        <Card>
          <BlockStack gap="300">
            <Text as="h2" variant="headingMd">
              Whom it asks on those pages
            </Text>
            <Text as="p" tone="subdued">{`Now: ${audienceInWords(audience)}.`}</Text>
            <Select
              label="Orders"
              options={[
                { label: 'Every order', value: 'any' },
                { label: 'First orders only', value: 'first' },
                { label: 'Later orders only', value: 'later' },
              ]}
              value={audience.orders}
              onChange={(orders) => set({ orders: orders as Audience['orders'] }, 'orders')}
            />
            <ListField
              label="Countries"
              placeholder="DE, AT, CH"
              words={audience.countries}
              fits={/^[A-Z]{2}$/}
              tidy={(word) => word.toUpperCase()}
              onChange={(countries) => set({ countries }, 'countries')}
            />
            <ListField
              label="Languages of the reader"
              placeholder="en, de"
              words={audience.languages}
              fits={/^[a-z]{2,3}$/}
              tidy={(word) => word.toLowerCase()}
              onChange={(languages) => set({ languages }, 'languages')}
            />
            <ProductsField
              ids={audience.products}
              titles={titles}
              onChange={(products) => set({ products }, 'products')}
            />
            <ChoiceList
              title="How close they are; none chosen: all"
              allowMultiple
              choices={STAGES.map((value) => ({ value, label: value }))}
              selected={audience.stages}
              onChange={(stages) => set({ stages: stages as Audience['stages'] }, 'stages')}
            />
            <Select
              label="Who has answered is asked"
              helpText="Who has not answered is asked again with the next order, three times at most in a year."
              options={AGAIN}
              value={againValue(survey)}
              onChange={(value) => onChange({ ...survey, again: againOf(value) }, 'again')}
            />
          </BlockStack>
        </Card>
      ) : null}
    </>
  );
}

interface ListFieldProps {
  label: string;
  placeholder: string;
  words: readonly string[];
  fits: RegExp;
  tidy: (word: string) => string;
  onChange: (words: string[]) => void;
}

/** Words with commas between; what does not fit yet is said, and kept while it is typed. */
function ListField({ label, placeholder, words, fits, tidy, onChange }: ListFieldProps) {
  const [typed, setTyped] = useTyped(words);
  const all = typed
    .split(',')
    .map((word) => tidy(word.trim()))
    .filter(Boolean);
  const strange = all.find((word) => !fits.test(word));
  return (
    <TextField
      label={label}
      placeholder={placeholder}
      autoComplete="off"
      value={typed}
      error={strange ? `“${strange}” is none of them.` : undefined}
      onChange={(text) => {
        setTyped(text);
        const read = text.split(',').map((word) => tidy(word.trim()));
        onChange(read.filter((word) => fits.test(word)));
      }}
    />
  );
}
