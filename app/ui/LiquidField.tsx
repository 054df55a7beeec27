import { ActionList, Popover, TextField } from '@shopify/polaris';
import { useId, useState } from 'react';
import { FIELDS, type FieldName } from '../messages/fields.ts';

interface LiquidFieldProps {
  label: string;
  value: string;
  onChange: (value: string) => void;
  help?: string | undefined;
  lines?: number;
  /** Letters at most. */
  most?: number;
}

/** Not every customer has one: then nothing stands in its place, in whatever language. */
const MAY_MISS: ReadonlySet<FieldName> = new Set(['customer.first_name', 'customer.last_name']);
const written = (field: FieldName) =>
  MAY_MISS.has(field) ? `{% if ${field} %}{{ ${field} }}{% endif %}` : `{{ ${field} }}`;

/** A text in which what is known of the customer can be filled in, where the cursor stands. */
export function LiquidField({ label, value, onChange, help, lines, most }: LiquidFieldProps) {
  const id = useId();
  const [isOpen, setOpen] = useState(false);
  const insert = (field: FieldName) => {
    const input = document.getElementById(id) as HTMLInputElement | null;
    const at = input?.selectionStart ?? value.length;
    onChange(value.slice(0, at) + written(field) + value.slice(input?.selectionEnd ?? at));
    setOpen(false);
  };
  return (
    <Popover
      active={isOpen}
      onClose={() => setOpen(false)}
      fullWidth
      preferredAlignment="left"
      activator={
        <TextField
          id={id}
          label={label}
          labelAction={{ content: 'Fill in', onAction: () => setOpen((before) => !before) }}
          value={value}
          onChange={onChange}
          autoComplete="off"
          helpText={help}
          multiline={lines ?? false}
          {...(most ? { maxLength: most } : {})}
        />
      }
    >
      <Popover.Pane maxHeight="280px">
        <ActionList
          actionRole="menuitem"
          items={Object.entries(FIELDS).map(([field, says]) => ({
            content: says,
            helpText: field,
            onAction: () => insert(field as FieldName),
          }))}
        />
      </Popover.Pane>
    </Popover>
  );
}
