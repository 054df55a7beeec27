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
  onPerson: (person: Person | null) => void;
}

/** Milliseconds after the last key. */
const PAUSE = 250;

/** Finds one customer by name or address. */
export function CustomerPicker({ label, person, onPerson }: CustomerPickerProps) {
  const [text, setText] = useState(person?.name ?? '');
  const fetcher = useFetcher<{ people: Person[] }>();
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  const people = fetcher.data?.people ?? [];
  const search = (value: string, pause = PAUSE) => {
    clearTimeout(timer.current);
    timer.current = setTimeout(
      () => fetcher.load(`/app/sequences/people?q=${encodeURIComponent(value.trim())}`),
      pause,
    );
  };
  return (
    <Autocomplete
      options={people.map(({ id, name }) => ({ value: id, label: name }))}
      selected={person ? [person.id] : []}
      loading={fetcher.state !== 'idle' && people.length === 0}
      emptyState={fetcher.data ? <div style={{ padding: 12 }}>Nobody like that</div> : undefined}
      onSelect={([id]) => {
        const chosen = people.find((each) => each.id === id) ?? null;
        onPerson(chosen);
        setText(chosen?.name ?? '');
      }}
      textField={
        <Autocomplete.TextField
          label={label}
          autoComplete="off"
          value={text}
          placeholder="Name or e-mail"
          prefix={<Icon source={SearchIcon} />}
          clearButton={person !== null}
          onClearButtonClick={() => {
            setText('');
            onPerson(null);
          }}
          onFocus={() => {
            if (!fetcher.data) search(text, 0);
          }}
          onChange={(value) => {
            setText(value);
            search(value);
          }}
        />
      }
    />
  );
}
