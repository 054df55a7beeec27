/** Money as integer minor units and a currency. */

const digitsOf = new Map<string, number>();

/** Digits behind the point: 2 for EUR, 0 for JPY, 3 for KWD. */
export function minorDigits(currency: string): number {
  let digits = digitsOf.get(currency);
  if (digits === undefined) digitsOf.set(currency, (digits = askDigits(currency)));
  return digits;
}

/** A formatter takes longer to make than an order to read. */
function askDigits(currency: string): number {
  try {
    return (
      new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ??
      2
    );
  } catch {
    return 2;
  }
}

/** "€10", "€10.50", "¥1,500": whole amounts without a point. */
export function formatMoney(minor: bigint | number, currency: string, locale: string): string {
  const digits = minorDigits(currency);
  const value = Number(minor) / 10 ** digits;
  const whole = Number.isInteger(value);
  return new Intl.NumberFormat(locale, {
    style: 'currency',
    currency,
    minimumFractionDigits: whole ? 0 : digits,
    maximumFractionDigits: digits,
  }).format(value);
}

/** "10.50" as the Admin API wants amounts. */
export function decimalOf(minor: bigint | number, currency: string): string {
  const digits = minorDigits(currency);
  const text = String(minor).padStart(digits + 1, '0');
  return digits === 0 ? text : `${text.slice(0, -digits)}.${text.slice(-digits)}`;
}
