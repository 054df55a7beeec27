/** Files in a bucket of S3, or of anything that speaks its API: R2, B2, MinIO, Ceph. */
import { AwsClient } from 'aws4fetch';
import { StorageError, type ByteRange, type FileStorage, type StoredBytes } from '../../files/storage.ts';

export interface S3Settings {
  /** https://s3.eu-central-1.amazonaws.com; the bucket is named in the path. */
  endpoint: string;
  region: string;
  bucket: string;
  accessKeyId: string;
  secretAccessKey: string;
}

/** A piece of eight megabytes over a slow line. */
const TIMEOUT_MS = 60_000;

export function s3Storage(settings: S3Settings): FileStorage {
  const bucket = bucketOf(settings);
  return {
    put: async (key, body, type) =>
      void (await bucket.good('PUT', `/${key}`, { body, headers: { 'content-type': type } })),
    putPieces: (key, pieces, type) => putPieces(bucket, key, pieces, type),
    get: (key, range) => get(bucket, key, range),
    async removeFolder(folder) {
      const prefix = encodeURIComponent(`${folder}/`);
      for (;;) {
        const listed = await (await bucket.good('GET', `?list-type=2&prefix=${prefix}`)).text();
        for (const key of contentsOf(listed, 'Key')) await bucket.good('DELETE', `/${key}`);
        if (!listed.includes('<IsTruncated>true')) return;
      }
    },
  };
}

interface Asked {
  body?: Uint8Array | string;
  headers?: Record<string, string>;
}

/** Requests to one bucket. */
interface Bucket {
  /** @throws StorageError when nobody answers */
  ask(method: string, where: string, asked?: Asked): Promise<Response>;
  /** @throws StorageError as well when the answer is no */
  good(method: string, where: string, asked?: Asked): Promise<Response>;
}

function bucketOf({ endpoint, bucket, region, ...keys }: S3Settings): Bucket {
  const client = new AwsClient({ ...keys, region, service: 's3', retries: 3 });
  const base = `${endpoint.replace(/\/$/, '')}/${bucket}`;
  const ask: Bucket['ask'] = async (method, where, asked) => {
    const init = { ...asked, method, signal: AbortSignal.timeout(TIMEOUT_MS) } as RequestInit;
    try {
      return await client.fetch(`${base}${where}`, init);
    } catch (error) {
      throw new StorageError(`the storage does not answer: ${String(error)}`);
    }
  };
  return {
    ask,
    async good(method, where, asked) {
      const response = await ask(method, where, asked);
      if (response.ok) return response;
      const [code] = contentsOf(await response.text(), 'Code');
      throw new StorageError(`${method} ${where.split('?', 1)[0]}: ${response.status} ${code ?? ''}`);
    },
  };
}

/** A multipart upload, given up when anything goes wrong on the way. */
async function putPieces(
  { ask, good }: Bucket,
  key: string,
  pieces: AsyncIterable<Uint8Array>,
  type: string,
): Promise<void> {
  const started = await good('POST', `/${key}?uploads=`, { headers: { 'content-type': type } });
  const id = encodeURIComponent(contentsOf(await started.text(), 'UploadId')[0] ?? '');
  try {
    const parts: string[] = [];
    for await (const body of pieces) {
      const number = parts.length + 1;
      const sent = await good('PUT', `/${key}?partNumber=${number}&uploadId=${id}`, { body });
      const etag = sent.headers.get('etag') ?? '';
      parts.push(`<Part><PartNumber>${number}</PartNumber><ETag>${etag}</ETag></Part>`);
    }
    const body = `<CompleteMultipartUpload>${parts.join('')}</CompleteMultipartUpload>`;
    const ended = await good('POST', `/${key}?uploadId=${id}`, { body });
    // S3 begins to answer 200 before it knows.
    if ((await ended.text()).includes('<Error>')) throw new StorageError(`${key} was not put together`);
  } catch (error) {
    await ask('DELETE', `/${key}?uploadId=${id}`).catch(() => {});
    throw error;
  }
}

async function get({ ask }: Bucket, key: string, range?: ByteRange): Promise<StoredBytes | null> {
  // Always a range: its answer says how long the whole is, also where a proxy compresses.
  const headers = { range: range ? `bytes=${range.start}-${range.end}` : 'bytes=0-' };
  const response = await ask('GET', `/${key}`, { headers });
  const total = /\/(\d+)$/.exec(response.headers.get('content-range') ?? '')?.[1];
  if (response.status === 206 && response.body)
    return { size: Number(total), body: response.body as unknown as AsyncIterable<Uint8Array> };
  await response.body?.cancel();
  if (response.status === 404) return null;
  if (response.status === 416) return { size: Number(total ?? 0), body: nothing() };
  throw new StorageError(`GET ${key}: ${response.status}`);
}

/** The contents of every such element. Keys and ids are ours or S3's, and hold nothing that XML escapes. */
const contentsOf = (xml: string, name: string): string[] =>
  [...xml.matchAll(new RegExp(`<${name}>([^<]*)</${name}>`, 'g'))].map(([, content]) => content!);

async function* nothing(): AsyncGenerator<Uint8Array> {}
