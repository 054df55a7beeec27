import { useFetcher } from '@remix-run/react';
import { Autocomplete } from '@shopify/polaris';
import { useEffect, useRef, useState } from 'react';

export interface Person {
  id: string;
  name: string | null;
  locale: string | null;
}

interface PersonPickerProps {
  person: Person;
  onPick: (id: string) => void;
}

interface Found {
  customers: { id: string; name: string | null; email: string | null }[];
}

/** Milliseconds after the last key before customers are looked for. */
const PAUSE = 200;

/** Whose data a mail is shown with: found as one types, as on the customers page. */
export function PersonPicker({ person, onPick }: PersonPickerProps) {
  const [typed, setTyped] = useState<string | null>(null);
  const { data, load, state } = useFetcher<Found>();
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  const look = (text: string) => load(`/app/customers?${new URLSearchParams({ index: '', q: text })}`);
  const type = (text: string) => {
    setTyped(text);
    clearTimeout(timer.current);
    timer.current = setTimeout(() => look(text.trim()), PAUSE);
  };
  const options = (data?.customers ?? []).map(({ id, name, email }) => ({
    value: id,
    label: [name, name === email ? null : email].filter(Boolean).join(', ') || 'No name',
  }));
  return (
    <Autocomplete
      options={options}
      selected={[person.id]}
      loading={state !== 'idle' && !data}
      emptyState="Nobody like that"
      onSelect={([id]) => {
        setTyped(null);
        if (id) onPick(id);
      }}
      textField={
        <Autocomplete.TextField
          label="Shown with the data of"
          value={typed ?? person.name ?? 'No name'}
          autoComplete="off"
          onChange={type}
          onFocus={() => {
            setTyped('');
            look('');
          }}
          onBlur={() => setTyped(null)}
        />
      }
    />
  );
}
