/** The metafield that holds a customer's code for friends. Implements what referrals asks for. */
import type { CodeFields } from '../../referrals/referrals.server.ts';
import type { Admin } from './admin-client.server.ts';
import { triedOf } from './deeds.server.ts';
import { METAFIELDS_DELETE, METAFIELDS_SET } from './documents/deeds.ts';
import { gidOf } from './node-values.ts';

const PATIENCE = { patience: 5_000 };
const CUSTOMER = { on: 'customer' } as const;
/** Declared in shopify.app.toml as customer.metafields.app.referral_code. */
const FIELD = { namespace: '$app', key: 'referral_code' };

export function codeFields(admin: Admin): CodeFields {
  return {
    async set(domain, codes) {
      const metafields = codes.map(({ shopifyId, code }) => ({
        ...FIELD,
        ownerId: gidOf('Customer', shopifyId),
        type: 'single_line_text_field',
        value: code,
      }));
      return triedOf(await admin(domain).query(METAFIELDS_SET, { metafields }, PATIENCE), CUSTOMER);
    },
    async clear(domain, shopifyIds) {
      const metafields = shopifyIds.map((id) => ({ ...FIELD, ownerId: gidOf('Customer', id) }));
      return triedOf(await admin(domain).query(METAFIELDS_DELETE, { metafields }, PATIENCE), CUSTOMER);
    },
  };
}
