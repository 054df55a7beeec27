/** Tags and metafields of customers and orders at Shopify. Implements what sequences ask for. */
import type { DeedOwner, ShopifyDeeds, Tried } from '../../sequences/deed.ts';
import type { Admin } from './admin-client.server.ts';
import type { AdminResult, UserError } from './admin-client.ts';
import { METAFIELDS_SET, TAGS_ADD } from './documents/deeds.ts';
import { gidOf } from './node-values.ts';
import { isNotNow, later } from './not-now.ts';

/** Milliseconds that a worker waits for a shop's budget before it puts a deed off. */
const PATIENCE = 5_000;

export function shopifyDeeds(admin: Admin): ShopifyDeeds {
  return {
    async addTags(domain, owner, tags) {
      const ask = { id: gid(owner), tags };
      return triedOf(await admin(domain).query(TAGS_ADD, ask, { patience: PATIENCE }), owner);
    },
    async setMetafield(domain, owner, { namespace, key, value }) {
      const type = value.includes('\n') ? 'multi_line_text_field' : 'single_line_text_field';
      const metafields = [{ ownerId: gid(owner), namespace, key, type, value }];
      return triedOf(
        await admin(domain).query(METAFIELDS_SET, { metafields }, { patience: PATIENCE }),
        owner,
      );
    },
  };
}

const gid = ({ on, id }: DeedOwner) => gidOf(on === 'customer' ? 'Customer' : 'Order', id);

/** What a call came to. */
export function triedOf(result: AdminResult<unknown>, { on }: Pick<DeedOwner, 'on'>): Tried {
  if (isNotNow(result)) return later(result);
  switch (result.outcome) {
    case 'ok':
      return { outcome: 'done' };
    case 'refused':
      if (!result.codes.includes('ACCESS_DENIED')) return refused(result.codes.join(' '));
      // write_orders is asked for only by those who need it: see optional_scopes in shopify.app.toml.
      return {
        outcome: 'failed',
        reason: { code: on === 'order' ? 'may-not-edit-orders' : 'may-not-edit-customers' },
      };
    case 'user-errors':
      return result.errors.some(isMissing)
        ? { outcome: 'failed', reason: { code: 'not-at-shopify' } }
        : refused(
            result.errors.map(({ code, field }) => [code, field?.join('.')].join(' ').trim()).join(', '),
          );
  }
}

const refused = (said: string): Tried => ({
  outcome: 'failed',
  reason: { code: 'shopify-refused', said: said.slice(0, 200) },
});

/** Shopify names whom it does not know by the field that says who is meant. */
const isMissing = ({ field }: UserError) => ['id', 'ownerId'].includes(field?.at(-1) ?? '');
