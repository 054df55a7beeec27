/** A story in the shape that pages of the admin send to the browser. */
import type { FilesOrigin } from '../files/file.ts';
import { rightsNow } from '../stories/rights.ts';
import type { Story } from '../stories/stories.server.ts';
import { pictureView, type PictureView } from './pictureView.ts';

export interface StoryPicture extends PictureView {
  role: string;
}

export type StoryView = ReturnType<typeof storyView>;

export function storyView(
  story: Story & { customerName?: string | null; productTitle?: string | null },
  origin: FilesOrigin,
  now: Date,
) {
  const { id, customerId, kind, title, text, answers, name, state, uses, askedUses, at } = story;
  return {
    id,
    customerId,
    kind,
    title,
    text,
    answers,
    name,
    state,
    uses,
    askedUses,
    at,
    customerName: story.customerName ?? null,
    productTitle: story.productTitle ?? null,
    rights: rightsNow(story, now),
    until: story.rightsUntil,
    articleId: story.articleId === null ? null : String(story.articleId),
    files: story.files.map(({ role, file }): StoryPicture => ({ role, ...pictureView(file, origin) })),
  };
}
