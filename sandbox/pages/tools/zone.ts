import { zoneOf } from '../../../app/customers/zones.ts';
import type { Shop, State } from '../../state/shop.ts';

/** Whose mail it is, and the zone they live in; null for an address that no shop knows. */
export function livesIn(state: State, address: string): { shop: Shop; name: string; zone: string } | null {
  const wanted = address.toLowerCase();
  for (const shop of state.shops) {
    const customer = shop.customers.find(
      ({ email, phone }) => email?.toLowerCase() === wanted || phone === address,
    );
    if (!customer) continue;
    const [home] = customer.addresses;
    const zone = zoneOf(home?.country, home?.province) ?? shop.timezone;
    const name = [customer.firstName, customer.lastName].filter(Boolean).join(' ') || address;
    return { shop, name, zone };
  }
  return null;
}
