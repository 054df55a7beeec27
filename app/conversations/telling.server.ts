/** What the customer's story says of a conversation: that it began, was answered and settled, and whether it helped. */
import { addTimeline } from '../customers/customers.server.ts';
import type { TimelineEntry, TimelineLines } from '../customers/timeline.ts';
import type { SqlTx } from '../db.server.ts';
import type { Conversation } from './conversation.ts';
import type { VoiceKind } from './voice.ts';

type Lines = TimelineLines['conversation'];
type Told = { [Code in keyof Lines]: { code: Code; data: Omit<Lines[Code], 'conversationId'> } }[keyof Lines];
type Of = Pick<Conversation, 'shopId' | 'id' | 'customerId' | 'orderId'>;

/** Kinds that no other line of the story tells of. */
const UNTOLD: readonly VoiceKind[] = ['mail', 'text', 'mention', 'referral-complaint'];

/** In the caller's transaction; of whom nobody knows there is no story. */
export async function tellStory(
  tx: SqlTx,
  told: readonly { of: Of; line: Told }[],
  now: Date,
): Promise<void> {
  const lines = told.flatMap(({ of: { shopId, id, customerId, orderId }, line }) =>
    customerId === null
      ? []
      : [
          {
            shopId,
            customerId,
            orderId,
            at: now,
            kind: 'conversation',
            code: line.code,
            data: { conversationId: id, ...line.data },
          } as TimelineEntry,
        ],
  );
  await addTimeline(tx, lines, now);
}

/** That conversations have begun, where no other line says it. */
export const tellBegun = (tx: SqlTx, begun: readonly Conversation[], now: Date): Promise<void> =>
  tellStory(
    tx,
    begun.flatMap((of) =>
      UNTOLD.includes(of.kind)
        ? [{ of, line: { code: 'conversation-opened' as const, data: { about: of.kind } } }]
        : [],
    ),
    now,
  );

export const tellSolved = (tx: SqlTx, solved: readonly Of[], by: string, now: Date): Promise<void> =>
  tellStory(
    tx,
    solved.map((of) => ({ of, line: { code: 'conversation-solved' as const, data: { by } } })),
    now,
  );
