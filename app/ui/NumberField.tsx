import { TextField } from '@shopify/polaris';

interface NumberFieldProps {
  label: string;
  helpText?: string;
  /** NaN while the field is empty: it is refused when it is saved, not taken for nothing. */
  value: number;
  min: number;
  max: number;
  error: string | undefined;
  onChange: (value: number) => void;
}

/** A whole number between two bounds. */
export function NumberField({ value, error, onChange, ...rest }: NumberFieldProps) {
  return (
    <TextField
      {...rest}
      type="number"
      value={Number.isNaN(value) ? '' : String(value)}
      autoComplete="off"
      onChange={(text) => onChange(text === '' ? Number.NaN : Number(text))}
      error={error}
    />
  );
}
