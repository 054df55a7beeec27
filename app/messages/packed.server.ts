/**
 * The HTML of a mail as it is kept, so that a repetition can say the same: packed by us, for PostgreSQL's own
 * compression takes several times as long, and most of what a mail costs.
 */
import { deflateRawSync, inflateRawSync } from 'node:zlib';

/** A small window: mails repeat themselves within it, and a large one costs more to lay out than it saves. */
const QUICKLY = { level: 1, windowBits: 12, memLevel: 5 };

/** @returns base64 of raw deflate */
export const packed = (html: string): string => deflateRawSync(html, QUICKLY).toString('base64');

/** Also reads what was kept before anything was packed, which begins as HTML does. */
export const unpacked = (kept: string): string =>
  kept === '' || kept.startsWith('<') ? kept : inflateRawSync(Buffer.from(kept, 'base64')).toString();
