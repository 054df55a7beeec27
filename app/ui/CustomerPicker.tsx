import { useFetcher } from '@remix-run/react';
import { Autocomplete, Icon } from '@shopify/polaris';
import { SearchIcon } from '@shopify/polaris-icons';
import { useEffect, useRef, useState } from 'react';

export interface Person {
  id: string;
  name: string;
}

interface CustomerPickerProps {
  label: string;
  person: Person | null;
  onPick: (person: Person) => void;
  /** Where nobody need be chosen. */
  onClear?: () => void;
}

/** Milliseconds after the last key. */
const PAUSE = 250;

/** Finds one customer by name or address, as one types. */
export function CustomerPicker({ label, person, onPick, onClear }: CustomerPickerProps) {
  /** Null while nobody is being looked for: then the field shows who was chosen. */
  const [typed, setTyped] = useState<string | null>(null);
  const { data, load, state } = useFetcher<{ people: Person[] }>();
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  const people = data?.people ?? [];
  const look = (text: string) => load(`/app/sequences/people?${new URLSearchParams({ q: text.trim() })}`);
  return (
    <Autocomplete
      options={people.map(({ id, name }) => ({ value: id, label: name }))}
      selected={person ? [person.id] : []}
      loading={state !== 'idle' && people.length === 0}
      emptyState={data ? <div style={{ padding: 12 }}>Nobody like that</div> : undefined}
      onSelect={([id]) => {
        setTyped(null);
        const chosen = people.find((each) => each.id === id);
        if (chosen) onPick(chosen);
      }}
      textField={
        <Autocomplete.TextField
          label={label}
          autoComplete="off"
          value={typed ?? person?.name ?? ''}
          placeholder="Name or e-mail"
          prefix={<Icon source={SearchIcon} />}
          clearButton={onClear !== undefined && person !== null}
          onClearButtonClick={() => {
            setTyped(null);
            onClear?.();
          }}
          onFocus={() => {
            setTyped('');
            look('');
          }}
          onBlur={() => setTyped(null)}
          onChange={(value) => {
            setTyped(value);
            clearTimeout(timer.current);
            timer.current = setTimeout(() => look(value), PAUSE);
          }}
        />
      }
    />
  );
}
