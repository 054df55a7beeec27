/** What is taken off an order. */
import { z } from 'zod';
import { formatMoney } from './money.ts';
import { closestTag, type Texts } from './translations.ts';

/** A part of the order, or a sum in minor units of a currency. */
export const discountValueSchema = z.union([
  z.strictObject({ percent: z.number().int().min(1).max(100) }),
  z.strictObject({
    amount: z.number().int().min(1).max(1_000_000_000),
    currency: z.string().regex(/^[A-Z]{3}$/),
  }),
]);
export type DiscountValue = z.infer<typeof discountValueSchema>;

const OFF: Texts = {
  en: '{value} off',
  de: '{value} Rabatt',
  fr: '{value} de réduction',
  es: '{value} de descuento',
  'pt-BR': '{value} de desconto',
  ja: '{value}オフ',
};

/** "15 % off", "10 € Rabatt": a part of a sentence, in the first of the wished languages that there is. */
export function offText(value: DiscountValue, ...wishes: (string | null)[]): string {
  const tag = closestTag(Object.keys(OFF), ...wishes)!;
  return OFF[tag]!.replace('{value}', 'amount' in value ? money(value, tag) : percent(value, tag));
}

const money = (value: { amount: number; currency: string }, tag: string) =>
  formatMoney(value.amount, value.currency, tag);

const percent = (value: { percent: number }, tag: string) =>
  new Intl.NumberFormat(tag, { style: 'percent' }).format(value.percent / 100);
