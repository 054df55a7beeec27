/** Secrets at rest: AES-256-GCM, with the id of the key in front so that keys can be rotated. */
import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto';

const ALGORITHM = 'aes-256-gcm';
const IV_BYTES = 12;
const TAG_BYTES = 16;

export interface Seal {
  /** @param purpose what the secret is and whose: a sealed text opens for that purpose only */
  seal(secret: string, purpose: string): string;
  /** @returns null when no known key opens it: changed, moved to another row, or its key is gone */
  open(sealed: string, purpose: string): string | null;
}

/** @param keys 32 bytes each; the first one seals, all of them open */
export function sealWith(keys: readonly [Buffer, ...Buffer[]]): Seal {
  const byId = new Map(keys.map((key) => [keyId(key), key]));
  const current = keyId(keys[0]);
  return {
    seal(secret, purpose) {
      const iv = randomBytes(IV_BYTES);
      const cipher = createCipheriv(ALGORITHM, keys[0], iv).setAAD(Buffer.from(purpose));
      const text = Buffer.concat([cipher.update(secret, 'utf8'), cipher.final()]);
      return `${current}.${Buffer.concat([iv, text, cipher.getAuthTag()]).toString('base64url')}`;
    },
    open(sealed, purpose) {
      const [id = '', encoded = ''] = sealed.split('.', 2);
      const key = byId.get(id);
      const bytes = Buffer.from(encoded, 'base64url');
      if (!key || bytes.length < IV_BYTES + TAG_BYTES) return null;
      return opened(key, bytes, purpose);
    },
  };
}

function opened(key: Buffer, bytes: Buffer, purpose: string): string | null {
  const decipher = createDecipheriv(ALGORITHM, key, bytes.subarray(0, IV_BYTES))
    .setAAD(Buffer.from(purpose))
    .setAuthTag(bytes.subarray(-TAG_BYTES));
  const text = decipher.update(bytes.subarray(IV_BYTES, -TAG_BYTES));
  try {
    return Buffer.concat([text, decipher.final()]).toString('utf8');
  } catch {
    // Node gives this error no code of its own; final() fails for no other reason than a tag that does not match.
    return null;
  }
}

/** Names a key without telling anything of it. */
const keyId = (key: Buffer) => createHash('sha256').update(key).digest('hex').slice(0, 8);
