/** Where the bytes lie. Adapters (adapters/files) pass one contract test: tests/contracts/files.test.ts. */

/** Bytes from `start` up to and with `end`, as in HTTP. */
export interface ByteRange {
  start: number;
  end: number;
}

export interface StoredBytes {
  /** Of the whole object, also when a part of it was asked for. */
  size: number;
  body: AsyncIterable<Uint8Array>;
}

/** Keys are our own: a-z, 0-9, '-', '.', and '/' between folders. */
export interface FileStorage {
  /** Writes an object, or writes it again. */
  put(key: string, bytes: Uint8Array, type: string): Promise<void>;
  /** Writes an object from pieces, each of at least 5 MiB but the last; nothing is there until all are. */
  putPieces(key: string, pieces: AsyncIterable<Uint8Array>, type: string): Promise<void>;
  /** Null when there is no such object. A range that begins behind its end is an empty body. */
  get(key: string, range?: ByteRange): Promise<StoredBytes | null>;
  /** Removes every object whose key begins with `folder/`; nothing there is no error. */
  removeFolder(folder: string): Promise<void>;
}

/** Thrown when a storage does not answer, or says no. */
export class StorageError extends Error {}

/** Content types of what is kept, by ending. Nothing else is ever stored for the public. */
export const TYPES: Readonly<Record<string, string>> = {
  jpg: 'image/jpeg',
  png: 'image/png',
  mp4: 'video/mp4',
  pdf: 'application/pdf',
  txt: 'text/plain',
  csv: 'text/csv',
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  pptx: 'application/vnd.openxmlformats-officedocument.presentationml.presentation',
  odt: 'application/vnd.oasis.opendocument.text',
  ods: 'application/vnd.oasis.opendocument.spreadsheet',
  odp: 'application/vnd.oasis.opendocument.presentation',
};

/** Folder of a file that is served, and of an upload under way. */
export const publicFolder = (name: string): string => `public/${name.slice(0, 2)}/${name}`;
export const incomingFolder = (uploadId: string): string => `incoming/${uploadId}`;
