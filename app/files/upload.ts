/** Who may send a file in, and for how long: a token in the address of the upload, signed by us. */
import { readLink, signLink, type LinkKeys } from '../shops/signed-links.ts';
import { PURPOSES, type Purpose } from './file.ts';

/** Whose upload it is. `customerId` null: the staff's. */
export interface Uploader {
  shopId: bigint;
  purpose: Purpose;
  customerId: string | null;
}

export interface UploadTokens {
  /** @returns a token for half a day and less than an hour more from `now`, safe in a URL */
  sign(uploader: Uploader, now: Date): string;
  /** Null when it is not ours, or its time is over. */
  read(token: string, now: Date): Uploader | null;
}

/** A page left open over night still uploads; a link that was passed on does not for long. */
const UPLOAD_HOURS = 12;

export function uploadTokens(key: LinkKeys): UploadTokens {
  return {
    sign({ shopId, purpose, customerId }, now) {
      // Of the hour: asked for twice, it is the same token.
      const until = (Math.ceil(now.getTime() / 3_600_000) + UPLOAD_HOURS) * 3600;
      return signLink(key, 'upload', { s: String(shopId), c: customerId, p: purpose, t: until });
    },
    read(token, now) {
      const data = readLink(key, 'upload', token);
      const purpose = PURPOSES.find((each) => each === data?.['p']);
      if (!data || !purpose || Number(data['t']) * 1000 < now.getTime()) return null;
      return {
        shopId: BigInt(String(data['s'])),
        purpose,
        customerId: data['c'] === null ? null : String(data['c']),
      };
    },
  };
}
