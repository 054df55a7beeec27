import { useNavigation } from '@remix-run/react';
import { InlineGrid, Select, TextField } from '@shopify/polaris';
import { useMemo } from 'react';
import { useTypedSearch } from './useTypedSearch.ts';

const STAGE_OPTIONS = [
  { label: 'Every stage', value: '' },
  { label: 'Strangers', value: 'stranger' },
  { label: 'Acquaintances', value: 'acquaintance' },
  { label: 'Friends', value: 'friend' },
  { label: 'Family', value: 'family' },
];
const CONSENT_OPTIONS = [
  { label: 'Any consent', value: '' },
  { label: 'Agreed to e-mail', value: 'email' },
];
/** Days back from now. */
const ORDERED_OPTIONS = [
  { label: 'Ordered any time', value: '' },
  { label: 'In the last 30 days', value: '0-30' },
  { label: '30 to 90 days ago', value: '30-90' },
  { label: 'More than 90 days ago', value: '90-' },
  { label: 'More than a year ago', value: '365-' },
];
const countryNames = new Intl.DisplayNames('en', { type: 'region' });

/** Search and filters of the list of customers. Keeps what is typed to itself: a key must not draw the list again. */
export function CustomerFilters({ countries }: { countries: readonly string[] }) {
  const { text, type, set, params } = useTypedSearch('q');
  const countryOptions = useMemo(() => {
    const named = countries.map((value) => ({ label: countryNames.of(value) ?? value, value }));
    named.sort((a, b) => a.label.localeCompare(b.label, 'en'));
    return [{ label: 'Every country', value: '' }, ...named];
  }, [countries]);
  const busy = useNavigation().state === 'loading';
  return (
    <div style={{ padding: 'var(--p-space-300)' }}>
      <InlineGrid columns={{ xs: 1, md: ['oneThird', 'twoThirds'] }} gap="200">
        <TextField
          label="Search customers"
          labelHidden
          placeholder="Name, e-mail or phone"
          value={text}
          onChange={type}
          autoComplete="off"
          clearButton
          onClearButtonClick={() => type('')}
          loading={busy}
        />
        <InlineGrid columns={{ xs: 2, md: 4 }} gap="200">
          <Select
            label="Stage"
            labelHidden
            options={STAGE_OPTIONS}
            value={params.get('stage') ?? ''}
            onChange={(value) => set('stage', value)}
          />
          <Select
            label="Country"
            labelHidden
            options={countryOptions}
            value={params.get('country') ?? ''}
            onChange={(value) => set('country', value)}
          />
          <Select
            label="Last order"
            labelHidden
            options={ORDERED_OPTIONS}
            value={params.get('ordered') ?? ''}
            onChange={(value) => set('ordered', value)}
          />
          <Select
            label="Consent"
            labelHidden
            options={CONSENT_OPTIONS}
            value={params.get('consent') ?? ''}
            onChange={(value) => set('consent', value)}
          />
        </InlineGrid>
      </InlineGrid>
    </div>
  );
}
