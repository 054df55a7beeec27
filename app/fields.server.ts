/** What a request of the admin says, read so that junk is answered (400, 404, 413) and never stumbled over. */
import { isUuid } from './cursor.ts';
import { readForm, storableJson, withoutNul } from './limits.server.ts';

/** Texts and care guides in four languages are the largest that is posted. */
const MAX_FORM_BYTES = 1024 * 1024;

/** The fields of a posted form; a missing one is an empty text. */
export interface Fields {
  text(name: string): string;
  texts(name: string): string[];
  /** @throws Response 400 where the field is no JSON */
  json(name: string): unknown;
}

/** @throws Response 413 */
export async function fieldsOf(request: Request): Promise<Fields> {
  const form = await readForm(request, MAX_FORM_BYTES);
  if (!form) throw new Response('The form is empty or too large', { status: request.body ? 413 : 400 });
  const text = (name: string) => form.get(name) ?? '';
  return {
    text,
    texts: (name) => form.getAll(name),
    json(name) {
      try {
        return storableJson(text(name));
      } catch (error) {
        if (!(error instanceof SyntaxError)) throw error;
        throw new Response(`The field ${name} is no JSON`, { status: 400 });
      }
    },
  };
}

/** The question after the address, without what the database does not keep. */
export const queryOf = (request: Request): URLSearchParams =>
  new URLSearchParams(withoutNul(new URL(request.url).search));

/**
 * An id of our own, from an address or a form.
 * @throws Response 404 with `missing` where it can be none
 */
export function idOrMissing(text: string | undefined, missing: string): string {
  if (!text || !isUuid(text)) throw new Response(missing, { status: 404 });
  return text;
}

/** @throws Response 400 */
export function unknownIntent(): never {
  throw new Response('Unknown intent', { status: 400 });
}
