/** Where the next page of a list begins: the moment and id of the last row shown. Comes back as anything at all. */

export interface Cursor {
  at: Date;
  id: string;
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Whether the text may be asked for as an id of our own. */
export const isUuid = (text: string): boolean => UUID.test(text);

export const cursorOf = (at: Date, id: string): string => `${at.toISOString()}_${id}`;

/** Null for what is no cursor: the list begins at its beginning. */
export function readCursor(text: string | null | undefined): Cursor | null {
  const [moment = '', id = '', ...rest] = (text ?? '').split('_');
  if (rest.length > 0 || !isUuid(id) || !/^\d{4}-\d\d-\d\dT/.test(moment)) return null;
  const at = new Date(moment);
  return Number.isNaN(at.getTime()) ? null : { at, id };
}
