/** The app's web pixel in a shop. Implements what referrals asks for. */
import type { PixelAtShopify, PixelTold } from '../../referrals/pixel.ts';
import type { Admin } from './admin-client.server.ts';
import type { AdminResult } from './admin-client.ts';
import { PIXEL_FIND, PIXEL_CREATE, PIXEL_WITHDRAW, PIXEL_UPDATE } from './documents/pixels.ts';
import { isNotNow, later } from './not-now.ts';

const PATIENCE = { patience: 10_000 };

export function pixelAtShopify(admin: Admin): PixelAtShopify {
  return {
    async put(domain, address) {
      const client = admin(domain);
      const settings = { address };
      const created = await client.query(PIXEL_CREATE, { settings }, PATIENCE);
      if (!hasCode(created, 'TAKEN')) return toldOf(created, (data) => data.webPixelCreate.webPixel?.id);
      // One pixel an app and shop: what is there becomes what it should be.
      const found = await client.query(PIXEL_FIND, {}, PATIENCE);
      const id = found.outcome === 'ok' ? found.data.webPixel?.id : undefined;
      if (id === undefined) return toldOf(found, () => undefined);
      const updated = await client.query(PIXEL_UPDATE, { id, settings }, PATIENCE);
      return toldOf(updated, (data) => data.webPixelUpdate.webPixel?.id);
    },
    async remove(domain, id) {
      const removed = await admin(domain).query(PIXEL_WITHDRAW, { id }, PATIENCE);
      return hasCode(removed, 'NOT_FOUND') ? { outcome: 'done', id: null } : toldOf(removed, () => null);
    },
  };
}

const hasCode = (result: AdminResult<unknown>, code: string): boolean =>
  result.outcome === 'user-errors' && result.errors.some((error) => error.code === code);

function toldOf<Data>(result: AdminResult<Data>, idOf: (data: Data) => string | null | undefined): PixelTold {
  if (isNotNow(result)) return later(result);
  switch (result.outcome) {
    case 'ok':
      return { outcome: 'done', id: idOf(result.data) ?? null };
    case 'refused':
      return {
        outcome: 'failed',
        problem: result.codes.includes('ACCESS_DENIED') ? 'no-leave' : 'refused',
      };
    case 'user-errors':
      return { outcome: 'failed', problem: hasCode(result, 'NO_EXTENSION') ? 'no-extension' : 'refused' };
  }
}
