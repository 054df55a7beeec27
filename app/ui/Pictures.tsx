import { InlineStack, Modal } from '@shopify/polaris';
import { useState } from 'react';
import type { PictureView } from './pictureView.ts';

/** Small pictures in a row, each opens large; videos play where they stand. */
export function Pictures({ pictures, alt }: { pictures: readonly PictureView[]; alt: string }) {
  if (pictures.length === 0) return null;
  return (
    <InlineStack gap="200">
      {pictures.map((picture) => (
        <Picture key={picture.id} picture={picture} alt={alt} />
      ))}
    </InlineStack>
  );
}

/** One of them. Its own address is saved, never shown (files/serve.server.ts): so it is opened here. */
export function Picture({ picture, alt }: { picture: PictureView; alt: string }) {
  const [open, setOpen] = useState(false);
  const { kind, small, large } = picture;
  if (kind === 'video')
    return (
      // What a customer films has no captions of ours.
      // oxlint-disable-next-line jsx-a11y/media-has-caption
      <video
        src={large}
        controls
        preload="metadata"
        height={96}
        style={{ borderRadius: 8, maxWidth: '100%' }}
      />
    );
  return (
    <>
      <button
        type="button"
        aria-haspopup="dialog"
        aria-label={`Open large: ${alt}`}
        onClick={() => setOpen(true)}
        style={{ padding: 0, border: 0, background: 'none', cursor: 'zoom-in' }}
      >
        <img
          src={small}
          alt={alt}
          width={96}
          height={96}
          loading="lazy"
          style={{ objectFit: 'cover', borderRadius: 8, display: 'block' }}
        />
      </button>
      <Modal
        open={open}
        onClose={() => setOpen(false)}
        title={alt}
        size="large"
        secondaryActions={[{ content: 'Save', url: large, external: true }]}
      >
        <Modal.Section>
          <img
            src={large}
            alt={alt}
            style={{ display: 'block', maxWidth: '100%', maxHeight: '70vh', margin: '0 auto' }}
          />
        </Modal.Section>
      </Modal>
    </>
  );
}
