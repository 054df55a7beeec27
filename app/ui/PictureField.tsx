import {
  BlockStack,
  DropZone,
  InlineError,
  InlineStack,
  ProgressBar,
  Text,
  Thumbnail,
} from '@shopify/polaris';
import { ImageIcon } from '@shopify/polaris-icons';
import { useState } from 'react';
import { uploadFile } from './uploadFile.ts';
import { refusalInWords } from './uploadWords.ts';

interface PictureFieldProps {
  /** Where the picture is now: an address, a field, or nothing. */
  src: string;
  onUploaded: (src: string) => void;
}

/** A picture from this computer: sent in, kept, and named by its new address. */
export function PictureField({ src, onUploaded }: PictureFieldProps) {
  const [progress, setProgress] = useState<number | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const send = async (file: File | undefined) => {
    if (!file) return setProblem(refusalInWords('unknown'));
    setProblem(null);
    setProgress(0);
    const end = await sendIn(file, setProgress);
    setProgress(null);
    if ('problem' in end) setProblem(end.problem);
    else onUploaded(end.src);
  };
  const isShown = /^https?:/.test(src);
  return (
    <BlockStack gap="200">
      <InlineStack gap="300" blockAlign="center" wrap={false}>
        <Thumbnail
          source={isShown ? src : ImageIcon}
          alt={isShown ? 'The picture as it is' : 'No picture yet'}
        />
        <div style={{ flex: 1 }}>
          <DropZone
            label="Upload a picture"
            labelHidden
            accept="image/jpeg,image/png,image/webp,image/gif,image/avif"
            type="image"
            allowMultiple={false}
            variableHeight
            disabled={progress !== null}
            onDropAccepted={([file]) => void send(file)}
            onDropRejected={() => setProblem(refusalInWords('unknown'))}
          >
            <DropZone.FileUpload
              actionTitle="Upload a picture"
              actionHint="JPEG, PNG, WebP or GIF, up to 25 MB"
            />
          </DropZone>
        </div>
      </InlineStack>
      {progress === null ? null : (
        <InlineStack gap="200" blockAlign="center">
          <ProgressBar progress={Math.round(progress * 100)} size="small" ariaLabelledBy="picture-progress" />
          <Text as="span" id="picture-progress" tone="subdued">
            Sending the picture…
          </Text>
        </InlineStack>
      )}
      {problem ? <InlineError message={problem} fieldID="picture" /> : null}
    </BlockStack>
  );
}

/** A token, the picture, and that it is to stay. */
async function sendIn(
  file: File,
  onProgress: (part: number) => void,
): Promise<{ src: string } | { problem: string }> {
  const lost = { problem: refusalInWords('unreachable') };
  const asked = await post({ intent: 'token' });
  if (!asked?.token) return lost;
  const end = await uploadFile(asked.token, file, onProgress);
  if (end.state === 'refused') return { problem: refusalInWords(end.refusal) };
  const kept = await post({ intent: 'keep', file: end.fileId });
  return kept ? { src: end.url } : lost;
}

async function post(fields: Record<string, string>): Promise<{ token?: string } | null> {
  try {
    const answer = await fetch('/app/mail-pictures', { method: 'POST', body: new URLSearchParams(fields) });
    return answer.ok ? ((await answer.json()) as { token?: string }) : null;
  } catch {
    return null;
  }
}
