/** What came along with a mail, as it is named, and where in the words it belongs. */
import type { Attached } from './voices.ts';

const MOST_NAME = 120;

/**
 * A name as it can be shown: on one line, without folders, and without what turns letters around ("fdp.exe" read
 * backwards is a known trick). What is too long keeps its end, which says what it is called to be.
 */
export function shownName(name: string | null, type: string): string {
  const clean = (name ?? '')
    .toWellFormed()
    .replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, '')
    .replace(/^.*[\\/]/, '')
    .replace(/\s+/g, ' ')
    .trim();
  const letters = [...clean];
  if (letters.length === 0) return type.startsWith('image/') ? 'picture' : 'file without a name';
  if (letters.length <= MOST_NAME) return clean;
  return `${letters.slice(0, MOST_NAME - 20).join('')}…${letters.slice(-19).join('')}`;
}

/** How programs mark a picture's place in plain text: [cid:ID], [image: NAME]. */
const MARK = /\[(?:cid:([^\]\s]{1,300})|image: ?([^\]\n]{1,300}))\]/g;

type Part = Attached & { cid: string | null };

/**
 * The words with [NAME] where a picture belongs, and the parts, told which of them have such a place. A mark of nothing
 * that came along goes, if no person can have written it.
 */
export function inTheirPlaces(
  text: string,
  parts: readonly Part[],
): { text: string; attached: readonly Attached[] } {
  const placed = new Set<Part>();
  const named = text.replace(MARK, (mark, cid: string | undefined, called: string | undefined) => {
    const fits = (part: Part) =>
      !placed.has(part) && (cid ? part.cid === cid : part.name === shownName(called ?? '', ''));
    const part = parts.find(fits);
    if (!part) return cid ? '' : mark;
    placed.add(part);
    return `[${part.name}]`;
  });
  const others = parts.filter((part) => !placed.has(part));
  // Those with a place in the order of their places.
  return {
    text: named.trim(),
    attached: [
      ...[...placed].map((part) => attachedOf(part, true)),
      ...others.map((part) => attachedOf(part)),
    ],
  };
}

const attachedOf = ({ fileId, name, type, bytes, why }: Part, isInline?: true): Attached => ({
  fileId,
  name,
  type,
  ...(bytes === undefined ? {} : { bytes }),
  ...(why ? { why } : {}),
  ...(isInline ? { isInline } : {}),
});
