import type { Shop, State } from '../../state/shop.ts';

/** The zone in which most people of a country live; enough for a sandbox to say what time it was there. */
const ZONES: Record<string, string> = {
  IE: 'Europe/Dublin',
  GB: 'Europe/London',
  DE: 'Europe/Berlin',
  AT: 'Europe/Vienna',
  CH: 'Europe/Zurich',
  FR: 'Europe/Paris',
  BE: 'Europe/Brussels',
  ES: 'Europe/Madrid',
  IT: 'Europe/Rome',
  NL: 'Europe/Amsterdam',
  PT: 'Europe/Lisbon',
  SE: 'Europe/Stockholm',
  DK: 'Europe/Copenhagen',
  NO: 'Europe/Oslo',
  PL: 'Europe/Warsaw',
  US: 'America/New_York',
  CA: 'America/Toronto',
  MX: 'America/Mexico_City',
  BR: 'America/Sao_Paulo',
  JP: 'Asia/Tokyo',
  AU: 'Australia/Sydney',
  NZ: 'Pacific/Auckland',
};

const PROVINCES: Record<string, string> = {
  'US CA': 'America/Los_Angeles',
  'US OR': 'America/Los_Angeles',
  'US WA': 'America/Los_Angeles',
  'US TX': 'America/Chicago',
  'US IL': 'America/Chicago',
  'CA BC': 'America/Vancouver',
  'CA AB': 'America/Edmonton',
};

/** Whose mail it is, and the zone they live in; null for an address that no shop knows. */
export function livesIn(state: State, address: string): { shop: Shop; name: string; zone: string } | null {
  const wanted = address.toLowerCase();
  for (const shop of state.shops) {
    const customer = shop.customers.find(
      ({ email, phone }) => email?.toLowerCase() === wanted || phone === address,
    );
    if (!customer) continue;
    const [home] = customer.addresses;
    const zone =
      (home && (PROVINCES[`${home.country} ${home.province}`] ?? ZONES[home.country])) ?? shop.timezone;
    const name = [customer.firstName, customer.lastName].filter(Boolean).join(' ') || address;
    return { shop, name, zone };
  }
  return null;
}
