/** A picture or a video as pages of the admin show it. */
import { fileUrl, type FilesOrigin, type StoredFile } from '../files/file.ts';

export interface PictureView {
  id: string;
  kind: 'picture' | 'video';
  small: string;
  large: string;
}

export const pictureView = (file: StoredFile, origin: FilesOrigin): PictureView => ({
  id: file.id,
  kind: file.kind,
  small: fileUrl(origin, file, 320),
  large: fileUrl(origin, file, 1600),
});
