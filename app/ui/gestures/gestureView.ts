/** Gestures in the shape that pages send to the browser: no bigints, reasons as sentences. */
import type { GestureRow } from '../../gestures/gestures.server.ts';
import { PRESENT_NAMES, STATE_NAMES, troubleInWords, whyInWords } from './words.ts';

export interface GestureView {
  id: string;
  customerId: string;
  customer: string;
  kind: GestureRow['kind'];
  /** "A free gift: Linen apron" */
  what: string;
  why: string;
  state: GestureRow['state'];
  /** "Given", or what kept it from being given. */
  stateInWords: string;
  /** Minor units */
  amount: number;
  currency: string;
  note: string;
  happened: string;
  tasks: GestureRow['tasks'];
  order: string | null;
  at: Date;
  doneAt: Date | null;
}

export const gestureView = (row: GestureRow): GestureView => ({
  id: row.id,
  customerId: row.customerId,
  customer: row.customer ?? 'A customer without a name',
  kind: row.kind,
  what: row.title ? `${PRESENT_NAMES[row.kind]}: ${row.title}` : PRESENT_NAMES[row.kind],
  why: whyInWords(row.why),
  state: row.state,
  stateInWords: row.trouble
    ? `${STATE_NAMES[row.state]}: ${troubleInWords(row.trouble)}`
    : STATE_NAMES[row.state],
  amount: Number(row.amount),
  currency: row.currency,
  note: row.note,
  happened: row.happened,
  tasks: row.tasks,
  order: row.order,
  at: row.at,
  doneAt: row.doneAt,
});
