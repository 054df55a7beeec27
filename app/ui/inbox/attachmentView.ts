/** What came along with a voice, as the thread shows it: pictures and videos, papers to download, and what was not kept. */
import type { Attachment } from '../../conversations/voice.ts';
import { documentUrl, type StoredDocument } from '../../files/document.ts';
import type { FilesOrigin, StoredFile } from '../../files/file.ts';
import { pictureView, type PictureView } from '../pictureView.ts';

interface Named {
  name: string;
  isInline: boolean;
}

export type AttachmentView =
  | (Named & { kind: 'picture'; picture: PictureView })
  | (Named & { kind: 'paper'; url: string; about: string })
  /** `about` says why. */
  | (Named & { kind: 'missing'; about: string });

interface Files {
  shown: ReadonlyMap<string, StoredFile>;
  papers: ReadonlyMap<string, StoredDocument>;
}

export function attachmentView(
  { fileId, name, bytes, isInline, why }: Attachment,
  files: Files,
  origin: FilesOrigin,
): AttachmentView {
  const named = { name, isInline: isInline ?? false };
  const shown = fileId ? files.shown.get(fileId) : undefined;
  if (shown) return { ...named, kind: 'picture', picture: pictureView(shown, origin) };
  const paper = fileId ? files.papers.get(fileId) : undefined;
  if (paper) {
    const about = `${KINDS[paper.ending] ?? paper.ending}, ${sizeInWords(paper.bytes)}`;
    return { ...named, kind: 'paper', url: documentUrl(origin, paper, name), about };
  }
  const size = bytes === undefined ? '' : `${sizeInWords(bytes)}, `;
  return { ...named, kind: 'missing', about: `${size}${fileId ? GONE : notKeptInWords(why)}` };
}

const KINDS: Readonly<Record<string, string>> = {
  pdf: 'PDF',
  txt: 'text',
  csv: 'table (CSV)',
  docx: 'Word document',
  xlsx: 'Excel workbook',
  pptx: 'PowerPoint slides',
  odt: 'text document (ODT)',
  ods: 'spreadsheet (ODS)',
  odp: 'slides (ODP)',
};

const GONE = 'not here any more';

const WHY: Readonly<Record<string, string>> = {
  empty: 'it is empty',
  'too-large': 'it is too large (documents may have 15 MB)',
  'mail-size': 'the whole mail was larger than 25 MB',
  many: 'thirty files of one mail are kept',
  program: 'programs are never kept',
  markup: 'web pages and drawings (HTML, SVG, XML) may run programs',
  svg: 'web pages and drawings (HTML, SVG, XML) may run programs',
  archive: 'nobody can see what is in an archive',
  macros: 'it is an office document with programs in it',
  'old-office': 'old office documents may have programs in them; ask for a PDF or a newer form',
  heic: 'HEIC photos cannot be shown; ask for a JPEG',
  'video-kind': 'of videos, MP4 and MOV are kept',
  'too-many-pixels': 'the picture has too many pixels',
  broken: 'it is damaged and cannot be opened',
  full: 'the space for files is used up',
  'too-many': 'too many files came on one day',
};

const notKeptInWords = (why: string | undefined): string =>
  `not kept because ${WHY[why ?? ''] ?? 'it is no kind of file that is kept'}`;

/** As a shopkeeper says it: 0.4 KB is said as 1 KB. */
function sizeInWords(bytes: number): string {
  if (bytes < 1_048_576) return `${Math.max(1, Math.round(bytes / 1024))} KB`;
  return `${(bytes / 1_048_576).toFixed(1)} MB`;
}
