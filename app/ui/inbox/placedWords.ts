/** Words with the pictures that belong between them. */
import type { AttachmentView } from './attachmentView.ts';

export type Placed = { text: string } | { attachment: AttachmentView };

/**
 * The words in pieces, an inline attachment where they say [NAME]; of two of one name the first stands at the first. What
 * has lost its place (its words were cut) stands after the words, with all others.
 */
export function placedWords(
  text: string,
  attachments: readonly AttachmentView[],
): { pieces: Placed[]; after: AttachmentView[] } {
  const pieces: Placed[] = [];
  const after: AttachmentView[] = [];
  let rest = text;
  for (const attachment of attachments) {
    const mark = `[${attachment.name}]`;
    const at = attachment.isInline ? rest.indexOf(mark) : -1;
    if (at < 0) {
      after.push(attachment);
      continue;
    }
    if (rest.slice(0, at).trim() !== '') pieces.push({ text: rest.slice(0, at).trimEnd() });
    pieces.push({ attachment });
    rest = rest.slice(at + mark.length).replace(/^\s*\n/, '');
  }
  if (rest.trim() !== '') pieces.push({ text: rest });
  return { pieces, after };
}
