/** Documents as people attach them, and what pretends to be one. */

/** A ZIP file with its entries not packed. */
export function aZip(entries: Readonly<Record<string, string>>, comment = ''): Buffer {
  const heads: Buffer[] = [];
  const directory: Buffer[] = [];
  let at = 0;
  for (const [name, text] of Object.entries(entries)) {
    const [called, bytes] = [Buffer.from(name), Buffer.from(text)];
    const head = Buffer.alloc(30);
    head.writeUInt32LE(0x04034b50, 0);
    head.writeUInt32LE(bytes.length, 18);
    head.writeUInt32LE(bytes.length, 22);
    head.writeUInt16LE(called.length, 26);
    const entry = Buffer.alloc(46);
    entry.writeUInt32LE(0x02014b50, 0);
    entry.writeUInt32LE(bytes.length, 20);
    entry.writeUInt32LE(bytes.length, 24);
    entry.writeUInt16LE(called.length, 28);
    entry.writeUInt32LE(at, 42);
    heads.push(head, called, bytes);
    directory.push(entry, called);
    at += head.length + called.length + bytes.length;
  }
  const listed = Buffer.concat(directory);
  const end = Buffer.alloc(22);
  const count = Object.keys(entries).length;
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(count, 8);
  end.writeUInt16LE(count, 10);
  end.writeUInt32LE(listed.length, 12);
  end.writeUInt32LE(at, 16);
  end.writeUInt16LE(comment.length, 20);
  return Buffer.concat([...heads, listed, end, Buffer.from(comment)]);
}

const TYPES = { '[Content_Types].xml': '<Types/>', '_rels/.rels': '<Relationships/>' };

export const aPdf = (): Buffer =>
  Buffer.from('%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n');

export const aWordDocument = (more: Readonly<Record<string, string>> = {}): Buffer =>
  aZip({ ...TYPES, 'word/document.xml': '<w:document/>', ...more });

export const aWorkbook = (more: Readonly<Record<string, string>> = {}): Buffer =>
  aZip({ ...TYPES, 'xl/workbook.xml': '<workbook/>', ...more });

export const anOpenDocument = (kind: string, more: Readonly<Record<string, string>> = {}): Buffer =>
  aZip({
    mimetype: `application/vnd.oasis.opendocument.${kind}`,
    'content.xml': '<office:document-content/>',
    ...more,
  });
