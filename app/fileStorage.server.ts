/** Where photos and videos lie: a disk, or a bucket where one is named. */
import { diskStorage } from './adapters/files/disk.server.ts';
import { s3Storage } from './adapters/files/s3.server.ts';
import type { Config } from './config.server.ts';
import type { FileStorage } from './files/storage.ts';

export function storageOf({ S3_BUCKET: bucket, ...settings }: Config): FileStorage {
  if (!bucket) return diskStorage(settings.FILES_DIR);
  return s3Storage({
    bucket,
    endpoint: settings.S3_ENDPOINT!,
    region: settings.S3_REGION,
    accessKeyId: settings.S3_ACCESS_KEY_ID!,
    secretAccessKey: settings.S3_SECRET_ACCESS_KEY!,
  });
}
