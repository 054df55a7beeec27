/** Reading messages: what a customer got, and what is still to come. */
import type { SqlTx } from '../db.server.ts';
import type { Message, MessageChannel, MessageClass, MessageState, Reason } from './message.ts';

interface Row {
  id: string;
  customer_id: string;
  enrollment_id: string | null;
  order_id: bigint | null;
  channel: MessageChannel;
  class: MessageClass;
  template_key: string;
  state: MessageState;
  due_at: Date | null;
  planned_at: Date;
  sent_at: Date | null;
  subject: string | null;
  reason: Reason;
}

const OF_CUSTOMER = `
  select id, customer_id, enrollment_id, order_id, channel, class, template_key, state, due_at, planned_at, sent_at,
    subject, reason
  from message where shop_id = $1 and customer_id = $2 order by coalesce(due_at, sent_at, planned_at) desc, id desc
  limit 200`;

/** See the door. */
export async function messagesOf(tx: SqlTx, shopId: bigint, customerId: string): Promise<Message[]> {
  const rows = await tx.sql<Row>(OF_CUSTOMER, [shopId, customerId]);
  return rows.map((row) => ({
    id: row.id,
    customerId: row.customer_id,
    enrollmentId: row.enrollment_id,
    orderId: row.order_id,
    channel: row.channel,
    class: row.class,
    templateKey: row.template_key,
    state: row.state,
    dueAt: row.due_at,
    plannedAt: row.planned_at,
    sentAt: row.sent_at,
    subject: row.subject,
    reason: row.reason,
  }));
}
