/** Papers that are kept beside pictures and videos, by what their bytes are: what a name says of them counts for nothing. */
import { plainEntry, zipEntries } from './zip.ts';

/** What documents are kept as, whatever they were called. */
export const DOCUMENT_ENDINGS = ['pdf', 'txt', 'csv', 'docx', 'xlsx', 'pptx', 'odt', 'ods', 'odp'] as const;
type DocumentEnding = (typeof DOCUMENT_ENDINGS)[number];

/** A document as it is kept: byte for byte as it came, under a name that nobody can guess. */
export interface StoredDocument {
  id: string;
  /** 128 bits of chance; part of its address. */
  name: string;
  ending: string;
  bytes: number;
}

/**
 * Why one is not taken. program: it runs. markup: a web page, SVG, XML. archive: files within a file. macros: an office
 * document with programs in it. old-office: a kind of office document that cannot be told to have none.
 * full, too-many: as of pictures.
 */
export type DocumentRefusal =
  | 'empty'
  | 'too-large'
  | 'program'
  | 'markup'
  | 'archive'
  | 'macros'
  | 'old-office'
  | 'unknown'
  | 'full'
  | 'too-many';

export const MAX_DOCUMENT_BYTES = 15 * 1024 * 1024;

/** Characters of a document's name in its address. */
export const MOST_CALLED = 60;

/**
 * Where a document is downloaded: named after what its sender called it, as far as that is plain, and ending as what it is.
 * @param called its sender's name for it; any text
 */
export function documentUrl(
  origin: string,
  { name, ending }: Pick<StoredDocument, 'name' | 'ending'>,
  called: string,
): string {
  const plain = called
    .slice(0, 200)
    .replace(/\.[a-z0-9]{1,5}$/i, '')
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replace(/[^a-z0-9]+/gi, '-')
    .slice(0, MOST_CALLED)
    .replace(/^-|-$/g, '')
    .toLowerCase();
  return `${origin}/files/${name}/${plain || 'document'}.${ending}`;
}

type DocumentLook = { ending: DocumentEnding } | { refusal: DocumentRefusal };

const PROGRAMS = [
  'MZ',
  '\x7fELF',
  '\xca\xfe\xba\xbe',
  '\xcf\xfa\xed\xfe',
  '\xce\xfa\xed\xfe',
  '\0asm',
  'L\0\0\0\x01\x14\x02\0',
];
const ARCHIVES = ['Rar!', "7z\xbc\xaf'\x1c", '\x1f\x8b', 'BZh', '\xfd7zXZ', 'MSCF', '(\xb5/\xfd'];
const OLD_OFFICE = ['\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1'];
const ZIP = ['PK\x03\x04', 'PK\x05\x06'];

/** @param bytes all of it, at most MAX_DOCUMENT_BYTES, at least one */
export function documentOf(bytes: Uint8Array): DocumentLook {
  const head = latin1(bytes.subarray(0, 1024));
  const begins = (starts: readonly string[]) => starts.some((start) => head.startsWith(start));
  if (begins(['%PDF-'])) return { ending: 'pdf' };
  if (begins(ZIP)) return officeOf(bytes);
  if (begins(OLD_OFFICE)) return { refusal: 'old-office' };
  const text = textOf(bytes);
  if (text !== null) return wordsOf(text);
  if (begins(PROGRAMS)) return { refusal: 'program' };
  return { refusal: begins(ARCHIVES) ? 'archive' : 'unknown' };
}

function wordsOf(text: string): DocumentLook {
  if (/^(#!|@echo )/i.test(text)) return { refusal: 'program' };
  if (text.startsWith('{\\rtf')) return { refusal: 'old-office' };
  if (/^\s*<[a-z!?/]/i.test(text)) return { refusal: 'markup' };
  return { ending: isTable(text) ? 'csv' : 'txt' };
}

/** Where office programs keep what runs: macros, controls, other programs' objects. */
const RUNS =
  /(^|\/)(vbaProject[^/]*\.bin|vbaData\.xml|macrosheets\/|activeX\/|embeddings\/oleObject[^/]*|Basic\/|Scripts\/|ObjectReplacements\/.*\.exe$)|\.(exe|dll|js|vbs|ps1|bat|cmd|jar)$/i;

const OPEN_DOCUMENT: Readonly<Record<string, DocumentEnding>> = {
  'application/vnd.oasis.opendocument.text': 'odt',
  'application/vnd.oasis.opendocument.spreadsheet': 'ods',
  'application/vnd.oasis.opendocument.presentation': 'odp',
};

/** Office documents are ZIP files with a certain content; all other ZIP files are archives. */
function officeOf(bytes: Uint8Array): DocumentLook {
  const entries = zipEntries(bytes);
  if (!entries) return { refusal: 'archive' };
  const names = new Set(entries.map(({ name }) => name));
  const kind = entries.find(({ name }) => name === 'mimetype');
  const ending = kind
    ? OPEN_DOCUMENT[plainEntry(bytes, kind)]
    : !names.has('[Content_Types].xml')
      ? undefined
      : names.has('word/document.xml')
        ? 'docx'
        : names.has('xl/workbook.xml')
          ? 'xlsx'
          : names.has('ppt/presentation.xml')
            ? 'pptx'
            : undefined;
  if (!ending) return { refusal: 'archive' };
  return entries.some(({ name }) => RUNS.test(name)) ? { refusal: 'macros' } : { ending };
}

/** The words of a text file in any of the usual codes, as far as rules look; null for what is none. */
function textOf(bytes: Uint8Array): string | null {
  const [first, second] = bytes;
  const isWide = (first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff);
  const text = isWide
    ? new TextDecoder(first === 0xff ? 'utf-16le' : 'utf-16be').decode(bytes)
    : latin1(bytes).replace(/^\xef\xbb\xbf/, '');
  // eslint-disable-next-line no-control-regex -- no text has them
  return /[\0-\x08\x0b\x0e-\x1a\x1c-\x1f\x7f]/.test(text) || text === '' ? null : text;
}

const MOST_LINES = 20;
const MOST_OF_LINE = 2000;

/**
 * Lines of as many cells each. One with a formula in it stays a text: a spreadsheet that opens it would compute what a
 * stranger has written.
 */
function isTable(text: string): boolean {
  const lines = text.split(/\r\n?|\n/).filter((line) => line.trim() !== '');
  if (lines.length < 2 || lines.some(hasFormula)) return false;
  const looked = lines
    .slice(0, MOST_LINES)
    .map((line) => line.slice(0, MOST_OF_LINE).replace(/"(?:[^"]|"")*"/g, ''));
  return [';', '\t', ','].some((separator) => {
    const cells = looked.map((line) => line.split(separator).length);
    const isEven = cells[0]! > 1 && cells.every((count) => count === cells[0]);
    return isEven && (cells[0]! > 2 || lines.length > 2 || separator !== ',');
  });
}

const hasFormula = (line: string) => /(^|[;,\t]) {0,3}"? {0,3}(=|@|[+-](?![\d.,\s]))/.test(line);

const latin1 = (bytes: Uint8Array): string =>
  Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
