import { TextField } from '@shopify/polaris';
import { useState } from 'react';
import { decimalOf, minorDigits } from '../shops/money.ts';

interface AmountFieldProps {
  label: string;
  helpText?: string;
  labelHidden?: boolean;
  /** Minor units; NaN while what is typed is no amount. */
  value: number;
  currency: string;
  error: string | undefined;
  onChange: (minor: number) => void;
}

/** Minor units of "12.50"; NaN for what is no amount of this currency. */
function minorOf(text: string, currency: string): number {
  const digits = minorDigits(currency);
  const [, units, rest = ''] = /^(\d{1,9})(?:[.,](\d*))?$/.exec(text.trim()) ?? [];
  if (units === undefined || rest.length > digits) return Number.NaN;
  return Number(units) * 10 ** digits + Number(rest.padEnd(digits, '0') || '0');
}

/** A sum of money, as one writes it. */
export function AmountField({ value, currency, onChange, ...rest }: AmountFieldProps) {
  const [typed, setTyped] = useState<string | null>(null);
  const shown = typed !== null && Object.is(minorOf(typed, currency), value) ? typed : plain(value, currency);
  return (
    <TextField
      {...rest}
      inputMode="decimal"
      prefix={currency}
      value={shown}
      autoComplete="off"
      onChange={(text) => {
        setTyped(text);
        onChange(minorOf(text, currency));
      }}
    />
  );
}

/** "5" for a whole amount, as somebody would write it. */
const plain = (value: number, currency: string) =>
  Number.isNaN(value) ? '' : decimalOf(value, currency).replace(/[.]0+$/, '');
