import { TextField } from '@shopify/polaris';
import { minorDigits } from '../../shops/money.ts';

interface SumFieldProps {
  label: string;
  helpText?: string;
  placeholder?: string;
  /** Minor units; null while nothing stands there. */
  amount: number | null;
  currency: string;
  error?: string | undefined;
  onChange: (amount: number | null) => void;
}

/** A sum of money, typed in whole units of its currency. */
export function SumField({ amount, currency, onChange, error, ...rest }: SumFieldProps) {
  const unit = 10 ** minorDigits(currency);
  return (
    <TextField
      {...rest}
      type="number"
      min={0}
      step={1 / unit}
      suffix={currency}
      value={amount === null || Number.isNaN(amount) ? '' : String(amount / unit)}
      autoComplete="off"
      error={error}
      onChange={(text) => onChange(text === '' ? null : Math.round(Number(text) * unit))}
    />
  );
}
