/** The tenant as the rest of the app sees it. */
import { readSettings, type ShopSettings } from './settings.ts';

export interface Shop {
  id: bigint;
  /** name.myshopify.com */
  domain: string;
  name: string;
  email: string | null;
  /** ISO 4217 */
  currency: string;
  /** IANA */
  timeZone: string;
  /** BCP 47 */
  locale: string;
  country: string | null;
  url: string | null;
  status: 'installed' | 'uninstalled' | 'erased';
  epoch: number;
  settings: ShopSettings;
}

/** A row of `shop` with snake_case columns, as raw SQL gives it. */
export interface ShopRow {
  id: bigint;
  domain: string;
  name: string;
  email: string | null;
  currency: string;
  time_zone: string;
  locale: string;
  country: string | null;
  url: string | null;
  status: string;
  epoch: number;
  settings: unknown;
}

export const SHOP_COLUMNS =
  'id, domain, name, email, currency, time_zone, locale, country, url, status, epoch, settings';

export function shopOfRow(row: ShopRow): Shop {
  const { time_zone: timeZone, settings, status, ...rest } = row;
  return { ...rest, timeZone, status: status as Shop['status'], settings: readSettings(settings) };
}
