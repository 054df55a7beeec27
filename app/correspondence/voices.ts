/**
 * What is handed to conversations. The shapes are those that `conversations` takes; they are said again here because
 * modules of one floor know nothing of each other, and the compiler holds them against each other where both meet.
 */

export interface Attached {
  /** Null: it is not kept, for the reason `why`. */
  fileId: string | null;
  name: string;
  type: string;
  bytes?: number;
  isInline?: boolean;
  why?: string;
}

export interface Heard {
  shopId: bigint;
  kind: 'mail' | 'text' | 'mention';
  /** Names it once for all times: heard again it is the same. */
  source: string;
  /** Null: nobody knows whose it is. */
  customerId: string | null;
  from: { name: string | null; address: string | null } | null;
  orderId?: bigint | null;
  text: string;
  subject?: string | null;
  language?: string | null;
  at: Date;
  channel: 'mail' | 'text' | 'social' | 'none';
  link?: string | null;
  attachments?: readonly Attached[];
  /** Names of threads it belongs to, the nearest first. */
  threads?: readonly string[];
  /** Names by which what answers it will be found. */
  names?: readonly string[];
  isAutomatic?: boolean;
}
