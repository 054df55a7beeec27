/** The link in mails by which a customer says that a parcel has not arrived. Opening it says nothing yet. */
import { readLink, signLink, type LinkKeys } from '../shops/signed-links.ts';

export interface ParcelLink {
  shopId: bigint;
  orderId: bigint;
  /** Null: all parcels of the order. */
  shipmentId: bigint | null;
}

export interface ParcelLinks {
  notArrived(link: ParcelLink): string;
  readNotArrived(token: string): ParcelLink | null;
}

export function parcelLinks({ appUrl, key }: { appUrl: string; key: LinkKeys }): ParcelLinks {
  return {
    notArrived({ shopId, orderId, shipmentId }) {
      const data = {
        s: String(shopId),
        o: String(orderId),
        p: shipmentId === null ? null : String(shipmentId),
      };
      return `${appUrl}/n/${signLink(key, 'not-arrived', data)}`;
    },
    readNotArrived(token) {
      const data = readLink(key, 'not-arrived', token);
      if (!data) return null;
      const { s: shop, o: order, p: parcel } = data;
      return {
        shopId: BigInt(String(shop)),
        orderId: BigInt(String(order)),
        shipmentId: parcel ? BigInt(String(parcel)) : null,
      };
    },
  };
}
