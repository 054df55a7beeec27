/** A form with files in it, read as it comes: fields are kept, files go to whoever takes them, nothing is held. */
import { unstable_parseMultipartFormData as parseMultipart } from '@remix-run/node';

export interface FormPart<File> {
  /** Name of the field. */
  field: string;
  file: File;
}

/** Of all fields together. */
const MAX_FIELD_BYTES = 256 * 1024;
const MAX_FILES = 12;

/**
 * @param take what becomes of a file; fields of files that nobody chose are left out
 * @returns null when it is no such form, or one that is cut off, too large or has too many files
 */
export async function readMultipart<File>(
  request: Request,
  take: (body: AsyncIterable<Uint8Array>) => Promise<File>,
): Promise<{ fields: URLSearchParams; files: FormPart<File>[] } | null> {
  const fields = new URLSearchParams();
  const files: FormPart<File>[] = [];
  let size = 0;
  try {
    await parseMultipart(request, async ({ name, filename, data }) => {
      if (filename !== undefined) {
        const body = await begun(data);
        if (filename === '' && !body) return undefined;
        if (files.length >= MAX_FILES) throw new TypeError('too many files');
        files.push({ field: name, file: await take(body ?? nothing()) });
        return undefined;
      }
      const chunks: Uint8Array[] = [];
      for await (const chunk of data) {
        size += chunk.length;
        if (size > MAX_FIELD_BYTES) throw new TypeError('too large');
        chunks.push(chunk);
      }
      fields.append(name, Buffer.concat(chunks).toString('utf8').replaceAll('\0', '').toWellFormed());
      return undefined;
    });
  } catch (error) {
    if (isOfForm(error)) return null;
    throw error;
  }
  return { fields, files };
}

/** What the parser says of forms that are none, and of lines that break. */
const isOfForm = (error: unknown): boolean =>
  error instanceof TypeError ||
  (error instanceof Error &&
    /multipart|boundary|malformed|premature|aborted|terminated/i.test(error.message));

/** The body when it has a first byte: a browser sends an empty file where none was chosen. */
async function begun(data: AsyncIterable<Uint8Array>): Promise<AsyncIterable<Uint8Array> | null> {
  const iterator = data[Symbol.asyncIterator]();
  for (;;) {
    const first = await iterator.next();
    if (first.done) return null;
    if (first.value.length > 0) return rest(first.value, iterator);
  }
}

async function* rest(first: Uint8Array, iterator: AsyncIterator<Uint8Array>): AsyncGenerator<Uint8Array> {
  yield first;
  for (let next = await iterator.next(); !next.done; next = await iterator.next()) yield next.value;
}

async function* nothing(): AsyncGenerator<Uint8Array> {}
