import fc from 'fast-check';
import { expect, test } from 'vitest';
import { documentOf, documentUrl } from '../../../app/files/document.ts';
import { aPdf, aWordDocument, aWorkbook, aZip, anOpenDocument } from '../../papers.ts';

const text = (words: string, code: BufferEncoding = 'utf8') => Buffer.from(words, code);

test.each([
  ['a PDF', aPdf(), 'pdf'],
  ['words', text('The lid came broken, and so did the box.\nAna'), 'txt'],
  ['words in an old code', text('Schöne Grüße', 'latin1'), 'txt'],
  ['words in UTF-16', Buffer.concat([Buffer.from([0xff, 0xfe]), text('Grüße 日本', 'utf16le')]), 'txt'],
  ['words that begin as a program does', text('MZ-400 is the part that broke'), 'txt'],
  ['words that begin as an archive does', text('PK 12 is missing'), 'txt'],
  ['a table', text('order,sum\n1001,12.50\n1002,-3.00\n'), 'csv'],
  ['a table of two lines', text('order;sum;day\r\n1001;12,50;Mon\r\n'), 'csv'],
  ['a table with commas in words', text('who,said\n"Ana","Well, no"\n"Jo","Yes, yes, yes"\n'), 'csv'],
  ['a table with a formula', text('who,said\nAna,=HYPERLINK("https://x.example")\nJo,b\n'), 'txt'],
  ['a table with a hidden formula', text('who,said\nAna," +cmd|x"\nJo,b\n'), 'txt'],
  ['two sentences', text('Well, no.\nYes, of course.'), 'txt'],
  ['a Word document', aWordDocument(), 'docx'],
  ['a workbook with a table in it', aWorkbook({ 'xl/embeddings/Microsoft_Excel_Sheet1.xlsx': 'x' }), 'xlsx'],
  ['slides', aZip({ '[Content_Types].xml': '', 'ppt/presentation.xml': '' }), 'pptx'],
  ['an open text', anOpenDocument('text'), 'odt'],
  ['an open spreadsheet', anOpenDocument('spreadsheet'), 'ods'],
  [
    'a workbook with a comment behind',
    aZip({ '[Content_Types].xml': '', 'xl/workbook.xml': '' }, 'by Ana'),
    'xlsx',
  ],
])('%s is kept as what it is', (_name, bytes, ending) => {
  expect(documentOf(bytes)).toEqual({ ending });
});

test.each([
  ['a program of Windows', text('MZ\x90\0\x03\0\0\0', 'latin1'), 'program'],
  ['a program of Linux', text('\x7fELF\x02\x01\x01\0\0', 'latin1'), 'program'],
  ['a link of Windows', text('L\0\0\0\x01\x14\x02\0\0\0\0\0', 'latin1'), 'program'],
  ['a script', text('#!/bin/sh\nrm -rf ~\n'), 'program'],
  ['a batch', text('@echo off\r\ndel *.*'), 'program'],
  ['a web page', text('<!DOCTYPE html><script>alert(1)</script>'), 'markup'],
  ['a web page behind blanks', text('\ufeff \n\n<html><body onload=alert(1)>'), 'markup'],
  ['a web page in UTF-16', Buffer.concat([Buffer.from([0xff, 0xfe]), text('<html>', 'utf16le')]), 'markup'],
  ['a drawing', text('<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'), 'markup'],
  ['XML', text('<?xml version="1.0"?><x/>'), 'markup'],
  ['an archive', aZip({ 'invoice.exe': 'MZ' }), 'archive'],
  [
    'an archive that says it is a document',
    aZip({ 'a/mimetype': 'application/vnd.oasis.opendocument.text' }),
    'archive',
  ],
  ['an app of Android', aZip({ 'AndroidManifest.xml': '', 'classes.dex': '' }), 'archive'],
  ['half a document', aWordDocument().subarray(0, -30), 'archive'],
  ['a document with something behind it', Buffer.concat([aWordDocument(), text('MZ')]), 'archive'],
  ['a RAR', text('Rar!\x1a\x07\x01\0', 'latin1'), 'archive'],
  ['a document with macros', aWordDocument({ 'word/vbaProject.bin': 'x' }), 'macros'],
  ['a document with macros named otherwise', aWordDocument({ 'word/VBAPROJECT2.BIN': 'x' }), 'macros'],
  ['a workbook with sheets of macros', aWorkbook({ 'xl/macrosheets/sheet1.xml': '' }), 'macros'],
  ['a workbook with another program’s object', aWorkbook({ 'xl/embeddings/oleObject1.bin': '' }), 'macros'],
  ['an open document with a script', anOpenDocument('text', { 'Scripts/python/x.py': '' }), 'macros'],
  ['an old Word document', text('\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\0\0', 'latin1'), 'old-office'],
  ['rich text', text('{\\rtf1\\ansi hello}'), 'old-office'],
  ['bytes', text('\x01\x02\x03\xff\0', 'latin1'), 'unknown'],
])('%s is not kept', (_name, bytes, refusal) => {
  expect(documentOf(bytes)).toEqual({ refusal });
});

test('whatever bytes come, they are looked at to an end', () => {
  const start = fc.constantFrom('PK\x03\x04', '%PDF-', 'MZ', '<', '');
  fc.assert(
    fc.property(start, fc.uint8Array({ maxLength: 400 }), (begin, rest) => {
      const looked = documentOf(Buffer.concat([text(begin, 'latin1'), rest]));
      expect(Object.keys(looked)).toHaveLength(1);
    }),
  );
  fc.assert(
    fc.property(fc.nat(200), fc.nat(255), (at, byte) => {
      const document = aWordDocument();
      document[document.length - 1 - (at % document.length)] = byte;
      expect(Object.keys(documentOf(document))).toHaveLength(1);
    }),
  );
});

test('fifteen megabytes made to keep patterns busy do not', () => {
  for (const piece of ['\t', ' ', '"', ',"', '\n', ', ', '<', ';=', '-']) {
    // Of this process, not of the clock: others use the machine too.
    const began = process.cpuUsage();
    documentOf(Buffer.alloc(15_000_000, piece));
    expect(process.cpuUsage(began).user).toBeLessThan(5_000_000);
  }
});

test.each([
  ['Rechnung für März 2026.pdf', 'rechnung-fur-marz-2026.pdf'],
  ['invoice.exe', 'invoice.pdf'],
  ['"; filename=evil.exe', 'filename-evil.pdf'],
  ['../../x\r\nSet-Cookie: a', 'x-set-cookie-a.pdf'],
  ['日本語', 'document.pdf'],
  ['x'.repeat(500), `${'x'.repeat(60)}.pdf`],
])('what was called %j is downloaded as %j', (called, name) => {
  const url = documentUrl('https://f.test', { name: 'a'.repeat(32), ending: 'pdf' }, called);
  expect(url).toBe(`https://f.test/files/${'a'.repeat(32)}/${name}`);
});
