/** Money as the Admin API writes it. */

import { graphqlDecimal } from '../state/money.ts';
import type { Amount } from '../state/values.ts';

export function money(minor: number, currency: string) {
  return { amount: graphqlDecimal(minor, currency), currencyCode: currency };
}

export function bag(amount: Amount, of: { currency: string; presentmentCurrency: string }) {
  return {
    shopMoney: money(amount.shop, of.currency),
    presentmentMoney: money(amount.presentment, of.presentmentCurrency),
  };
}
