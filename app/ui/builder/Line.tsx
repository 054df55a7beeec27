import { TextField } from '@shopify/polaris';

interface LineProps {
  label: string;
  value: string;
  /** Letters that a plan may hold there. */
  most: number;
  help?: string;
  lines?: number;
  onChange: (value: string) => void;
}

/** A line of text of a step, or several. */
export function Line({ label, value, most, help, lines, onChange }: LineProps) {
  return (
    <TextField
      label={label}
      value={value}
      maxLength={most}
      helpText={help}
      autoComplete="off"
      {...(lines ? { multiline: lines } : {})}
      onChange={onChange}
    />
  );
}
