/** Why a parcel is taken as arrived, in words for staff. */
import type { ArrivalReason } from '../customers/timeline.ts';

const NAMES = new Intl.DisplayNames('en', { type: 'region' });

/** "Spain"; what is no country stays as it is. */
export const countryName = (code: string): string =>
  /^[A-Z]{2}$/.test(code) ? (NAMES.of(code) ?? code) : code || 'an unknown country';

const days = (count: number, kind: string) => `${count} ${kind}${count === 1 ? '' : 's'}`;

/** "parcels of DHL to Spain take 4 working days for 8 of 10" */
export function whyArrived({ rule, days: count, carrier, country }: ArrivalReason): string {
  const ofWhom = carrier ? `parcels of ${carrier}` : 'parcels without a carrier’s name';
  const way = `${ofWhom} to ${countryName(country ?? '')} take ${days(count ?? 0, 'working day')} for 8 of 10`;
  switch (rule) {
    case 'learned':
      return way;
    case 'everywhere':
      return `${way}, in all shops`;
    case 'default':
      return `${days(count ?? 0, 'day')}, as your settings have it; nothing is learned of this way yet`;
    case 'estimate':
      return 'a day after the carrier’s own estimate';
    case 'moving':
      return 'three days after the last sign of it';
    case 'at-once':
      return 'nothing has to travel';
  }
}
