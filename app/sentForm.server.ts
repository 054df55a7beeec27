/** A form that a shopper has sent, with the files inside it and the ids of those that came before it. */
import { now } from './clock.server.ts';
import { isUuid } from './cursor.ts';
import { receiveFile, type Settled } from './files/files.server.ts';
import type { Uploader } from './files/upload.ts';
import { readForm } from './limits.server.ts';
import { readMultipart, type FormPart } from './multipart.server.ts';
import { app } from './wiring.server.ts';

export type ReceivedFile = FormPart<Extract<Settled, { outcome: 'stored' | 'refused' }>>;

export interface SentForm {
  fields: URLSearchParams;
  files: ReceivedFile[];
}

/** Null: it is none, or too large. */
export async function readSentForm(
  request: Request,
  who: Uploader,
  maxBytes?: number,
): Promise<SentForm | null> {
  if (!request.headers.get('content-type')?.startsWith('multipart/form-data')) {
    const fields = await readForm(request, maxBytes);
    return fields && { fields, files: [] };
  }
  return readMultipart(request, (body) => receiveFile(app().files, who, body, now()));
}

/** Files that came before the form, by the field they belong to. */
export const sentBeforehand = (fields: URLSearchParams): { field: string; id: string }[] =>
  [...fields].flatMap(([name, id]) =>
    name.startsWith('sent-') && isUuid(id) ? [{ field: name.slice('sent-'.length), id }] : [],
  );
