import { BlockStack, InlineStack, Link, Text } from '@shopify/polaris';
import { useState } from 'react';
import { Picture } from '../Pictures.tsx';
import type { AttachmentView } from './attachmentView.ts';
import { placedWords } from './placedWords.ts';

interface EntryWordsProps {
  text: string;
  attachments: readonly AttachmentView[];
}

/** More than this is folded. */
const SHOWN = 2000;

/** Plain text, as it was said, its pictures where they belong, whatever else came along below. */
export function EntryWords({ text, attachments }: EntryWordsProps) {
  const [all, setAll] = useState(false);
  if (text === '' && attachments.length === 0) return null;
  const isLong = text.length > SHOWN;
  const { pieces, after } = placedWords(isLong && !all ? `${text.slice(0, SHOWN)}…` : text, attachments);
  const pictures = after.filter(({ kind }) => kind === 'picture');
  const others = after.filter(({ kind }) => kind !== 'picture');
  return (
    <BlockStack gap="200">
      {pieces.map((piece, index) =>
        'text' in piece ? (
          <div key={index} dir="auto" style={{ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }}>
            {piece.text}
          </div>
        ) : (
          <BroughtAlong key={index} attachment={piece.attachment} />
        ),
      )}
      {isLong ? (
        <Link onClick={() => setAll(!all)}>
          {all ? 'Show less' : `Show all ${text.length.toLocaleString('en')} characters`}
        </Link>
      ) : null}
      {pictures.length > 0 ? (
        <InlineStack gap="200">
          {pictures.map((attachment, index) => (
            <BroughtAlong key={index} attachment={attachment} />
          ))}
        </InlineStack>
      ) : null}
      {others.map((attachment, index) => (
        <BroughtAlong key={index} attachment={attachment} />
      ))}
    </BlockStack>
  );
}

/** A picture opens large; a paper is downloaded from the files' own address, never opened here. */
function BroughtAlong({ attachment }: { attachment: AttachmentView }) {
  const { kind, name } = attachment;
  if (kind === 'picture')
    return (
      <div>
        <Picture picture={attachment.picture} alt={name} />
      </div>
    );
  return (
    <Text as="p" variant="bodySm" tone={kind === 'missing' ? 'subdued' : undefined} breakWord>
      {kind === 'paper' ? (
        <Link url={attachment.url} external>
          <span dir="auto">{name}</span>
        </Link>
      ) : (
        <span dir="auto">{name}</span>
      )}
      {`, ${attachment.about}`}
    </Text>
  );
}
