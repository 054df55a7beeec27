import type { ActionFunctionArgs } from '@remix-run/node';
import { authenticateAdmin } from '../adapters/shopify/authenticate.server.ts';
import { now } from '../clock.server.ts';
import { fieldsOf, idOrMissing, unknownIntent } from '../fields.server.ts';
import { TOKEN_SCOPES } from '../shops/api-token.ts';
import { makeApiToken, recordAccess, revokeApiToken } from '../shops/shops.server.ts';
import { app } from '../wiring.server.ts';

/** What came of it; `token` is shown now and never again. */
interface Answer {
  token?: string;
  error?: string;
  toast?: string;
}

/** Makes and revokes tokens of the merchant's programs. Who did is kept. */
export async function action({ request }: ActionFunctionArgs): Promise<Answer> {
  const { shop, userId } = await authenticateAdmin(request);
  const fields = await fieldsOf(request);
  return app().db.inShop(shop.id, async (tx) => {
    switch (fields.text('intent')) {
      case 'make': {
        const scope = TOKEN_SCOPES.find((each) => each === fields.text('scope')) ?? 'read';
        const made = await makeApiToken(tx, { name: fields.text('name'), scope, by: userId }, now());
        if (made.outcome === 'nameless') return { error: 'Say what it is for.' };
        if (made.outcome === 'too-many') return { error: `${made.most} are the most. Revoke one first.` };
        await recordAccess(tx, { actor: userId, action: 'token.made' }, now());
        return { token: made.token };
      }
      case 'revoke': {
        const name = await revokeApiToken(tx, idOrMissing(fields.text('id'), 'There is no such token'));
        if (name === null) throw new Response('There is no such token', { status: 404 });
        await recordAccess(tx, { actor: userId, action: 'token.revoked' }, now());
        return { toast: `${name} can no longer ask` };
      }
      default:
        return unknownIntent();
    }
  });
}
