import {
  Badge,
  BlockStack,
  Button,
  Card,
  DropZone,
  InlineGrid,
  InlineStack,
  ProgressBar,
  Text,
} from '@shopify/polaris';
import { useState } from 'react';
import { uploadFile } from './uploadFile.ts';
import { refusalInWords } from './uploadWords.ts';

interface EventDropProps {
  token: string;
  /** Ids of the files that have come. */
  onSent: (ids: string[]) => void;
}

/** Many pictures at once, one after the other; what cannot be taken is named. */
export function EventDrop({ token, onSent }: EventDropProps) {
  const [state, setState] = useState<{ done: number; of: number } | null>(null);
  const [problems, setProblems] = useState<string[]>([]);
  const send = async (files: File[]) => {
    const [ids, wrong] = [[] as string[], [] as string[]];
    for (const [at, file] of files.entries()) {
      setState({ done: at, of: files.length });
      const end = await uploadFile(token, file);
      if (end.state === 'stored') ids.push(end.fileId);
      else wrong.push(`${file.name}: ${refusalInWords(end.refusal)}`);
    }
    setState(null);
    setProblems(wrong);
    if (ids.length > 0) onSent(ids);
  };
  return (
    <BlockStack gap="300">
      <DropZone
        label="Pictures of the day"
        accept="image/jpeg,image/png,image/webp,image/avif"
        type="image"
        disabled={state !== null}
        onDrop={(all) => void send(all)}
      >
        <DropZone.FileUpload actionTitle="Upload pictures" actionHint="JPEG, PNG or WebP, up to 25 MB each" />
      </DropZone>
      {state === null ? null : (
        <BlockStack gap="100">
          <Text as="p" id="event-progress">{`${state.done + 1} of ${state.of} on its way…`}</Text>
          <ProgressBar
            progress={Math.round((100 * state.done) / state.of)}
            size="small"
            ariaLabelledBy="event-progress"
          />
        </BlockStack>
      )}
      {problems.map((problem) => (
        <Text as="p" tone="critical" key={problem}>
          {problem}
        </Text>
      ))}
    </BlockStack>
  );
}

interface EventAlbumProps {
  pictures: readonly { id: string; isHidden: boolean; people: number; small: string }[];
  onRemove: (id: string) => void;
}

/** The pictures as they are, and how many have found themselves in each. */
export function EventAlbum({ pictures, onRemove }: EventAlbumProps) {
  return (
    <InlineGrid columns={{ xs: 2, sm: 3, lg: 4 }} gap={{ xs: '200', sm: '400' }}>
      {pictures.map(({ id, isHidden, people, small }, at) => (
        <Card key={id} padding="200">
          <BlockStack gap="200">
            <img
              src={small}
              alt={`Number ${at + 1} of the day`}
              loading="lazy"
              style={{ width: '100%', aspectRatio: '4 / 3', objectFit: 'cover', borderRadius: 8 }}
            />
            <InlineStack align="space-between" blockAlign="center">
              {isHidden ? (
                <Badge tone="warning">Not to be shown</Badge>
              ) : (
                <Text as="span" tone="subdued">
                  {people === 0 ? 'Nobody yet' : people === 1 ? 'One person' : `${people} people`}
                </Text>
              )}
              <Button
                variant="plain"
                tone="critical"
                accessibilityLabel={`Remove picture ${at + 1}`}
                onClick={() => onRemove(id)}
              >
                Remove
              </Button>
            </InlineStack>
          </BlockStack>
        </Card>
      ))}
    </InlineGrid>
  );
}
