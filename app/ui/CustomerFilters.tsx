import { useNavigation } from '@remix-run/react';
import { InlineGrid, Select, TextField } from '@shopify/polaris';
import { useTypedSearch } from './useTypedSearch.ts';

const STAGE_OPTIONS = [
  { label: 'Every stage', value: '' },
  { label: 'Strangers', value: 'stranger' },
  { label: 'Acquaintances', value: 'acquaintance' },
  { label: 'Friends', value: 'friend' },
  { label: 'Family', value: 'family' },
];
const CONSENT_OPTIONS = [
  { label: 'With or without consent', value: '' },
  { label: 'May be written to by e-mail', value: 'email' },
];

/** Search and filters of the list of customers. Keeps what is typed to itself: a key must not draw the list again. */
export function CustomerFilters() {
  const { text, type, set, params } = useTypedSearch('q');
  const busy = useNavigation().state === 'loading';
  return (
    <div style={{ padding: 'var(--p-space-300)' }}>
      <InlineGrid columns={{ xs: 1, md: ['twoThirds', 'oneThird'] }} gap="200">
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
        <InlineGrid columns={2} gap="200">
          <Select
            label="Stage"
            labelHidden
            options={STAGE_OPTIONS}
            value={params.get('stage') ?? ''}
            onChange={(value) => set('stage', value)}
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
