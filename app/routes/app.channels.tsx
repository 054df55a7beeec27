import type { ActionFunctionArgs } from '@remix-run/node';
import { authenticateAdmin } from '../adapters/shopify/authenticate.server.ts';
import { now } from '../clock.server.ts';
import { connectSocial, disconnectSocial } from '../correspondence/correspondence.server.ts';
import { NETWORKS } from '../correspondence/social.ts';
import { fieldsOf, unknownIntent } from '../fields.server.ts';
import { recordAccess } from '../shops/shops.server.ts';
import { connectionInWords } from '../ui/channelWords.ts';
import { app } from '../wiring.server.ts';

interface Answer {
  toast?: string;
  error?: string;
  saved?: boolean;
}

/** Connects the shop's own accounts on networks, and lets them go. Who did is kept. */
export async function action({ request }: ActionFunctionArgs): Promise<Answer> {
  const { shop, userId } = await authenticateAdmin(request);
  const fields = await fieldsOf(request);
  const network = NETWORKS.find((each) => each === fields.text('network'));
  if (!network) throw new Response('There is no such network', { status: 404 });
  const { db, social } = app();
  const noted = (action: 'social.connected' | 'social.disconnected') =>
    db.inShop(shop.id, (tx) => recordAccess(tx, { actor: userId, action }, now()));
  switch (fields.text('intent')) {
    case 'connect': {
      const typed = { network, host: fields.text('host'), token: fields.text('token').trim() };
      const connected = await connectSocial(social, shop.id, typed, now());
      if (connected.outcome === 'refused') return { error: connectionInWords(connected.reason) };
      await noted('social.connected');
      return { toast: `${connected.handle} is connected`, saved: true };
    }
    case 'disconnect': {
      const handle = await db.inShop(shop.id, (tx) => disconnectSocial(tx, network));
      if (handle === null) return { toast: 'It was not connected' };
      await noted('social.disconnected');
      return { toast: `${handle} is no longer read` };
    }
    default:
      return unknownIntent();
  }
}
