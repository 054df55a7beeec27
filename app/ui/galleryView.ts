/** A story as the theme's gallery block gets it. The block reads it as text, never as HTML. */
import { fileSrcset, fileUrl, type FilesOrigin } from '../files/file.ts';
import type { Story } from '../stories/stories.server.ts';

/** What `GET SHOP/apps/friends/stories` answers. */
export interface Gallery {
  stories: GalleryItem[];
}

export interface GalleryItem {
  id: string;
  kind: Story['kind'];
  title: string | null;
  caption: string | null;
  /** How its owner wants to be named. */
  name: string | null;
  photos: {
    /** picture | before | after */
    role: string;
    src: string;
    srcset: string;
    width: number | null;
    height: number | null;
  }[];
  /** Addresses of films. */
  videos: string[];
}

/** Longer texts are for pages of their own. */
const MOST_TEXT = 600;

export function galleryItem(
  { id, kind, title, text, answers, name, files }: Story,
  origin: FilesOrigin,
): GalleryItem {
  const [said] = answers;
  const words = text ?? (said ? `${said.question}\n${said.answer}` : null);
  const cut = words && [...words].length > MOST_TEXT ? `${[...words].slice(0, MOST_TEXT).join('')}…` : words;
  return {
    id,
    kind,
    title,
    name,
    caption: cut,
    photos: files
      .filter(({ file }) => file.kind === 'picture')
      .map(({ role, file }) => ({
        role,
        src: fileUrl(origin, file, 800),
        srcset: fileSrcset(origin, file),
        width: file.width,
        height: file.height,
      })),
    videos: files.filter(({ file }) => file.kind === 'video').map(({ file }) => fileUrl(origin, file)),
  };
}
