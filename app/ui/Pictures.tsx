import { InlineStack } from '@shopify/polaris';
import type { PictureView } from './pictureView.ts';

/** Small pictures in a row, each a link to the large one; videos play where they stand. */
export function Pictures({ pictures, alt }: { pictures: readonly PictureView[]; alt: string }) {
  if (pictures.length === 0) return null;
  return (
    <InlineStack gap="200">
      {pictures.map(({ id, kind, small, large }) =>
        kind === 'video' ? (
          // What a customer films has no captions of ours.
          // oxlint-disable-next-line jsx-a11y/media-has-caption
          <video key={id} src={large} controls preload="metadata" height={96} style={{ borderRadius: 8 }} />
        ) : (
          <a key={id} href={large} target="_blank" rel="noreferrer">
            <img
              src={small}
              alt={alt}
              width={96}
              height={96}
              loading="lazy"
              style={{ objectFit: 'cover', borderRadius: 8, display: 'block' }}
            />
          </a>
        ),
      )}
    </InlineStack>
  );
}
