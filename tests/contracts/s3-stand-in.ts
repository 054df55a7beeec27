/**
 * An S3 with one bucket, in memory, over HTTP: objects, ranges, lists of two keys at a time, multipart uploads. It works
 * signatures out by itself (SigV4, from Amazon's description) and refuses what was signed with another key.
 */
import { createHash, createHmac } from 'node:crypto';
import http, { type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { S3Settings } from '../../app/adapters/files/s3.server.ts';

/** S3 takes no smaller piece of a multipart upload but the last. */
const MIN_PART = 5 * 1024 * 1024;
const KEYS_A_PAGE = 2;
const SECRET = 'stand-in-secret';

interface Kept {
  bytes: Buffer;
  type: string;
}

export interface S3StandIn {
  settings: S3Settings;
  objects: Map<string, Kept>;
  /** Uploads that were begun and neither ended nor given up. */
  open: Map<string, Map<number, Buffer>>;
  /** Answers the next requests with 503. */
  fail(times: number): void;
  close(): Promise<void>;
}

export async function s3StandIn(): Promise<S3StandIn> {
  const objects = new Map<string, Kept>();
  const open = new Map<string, Map<number, Buffer>>();
  const types = new Map<string, string>();
  let failures = 0;
  const answer = async (request: IncomingMessage, response: ServerResponse) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const body = Buffer.concat(chunks);
    const url = new URL(request.url!, 'http://s3');
    const key = decodeURIComponent(url.pathname.replace(/^\/bucket\/?/, ''));
    const query = url.searchParams;
    const say = (status: number, text: string | Buffer = '', headers: Record<string, string> = {}) =>
      void response.writeHead(status, headers).end(text);
    const wrong = (status: number, code: string) => say(status, `<Error><Code>${code}</Code></Error>`);
    if (failures > 0) {
      failures--;
      return wrong(503, 'SlowDown');
    }
    if (!isSigned(request, url)) return wrong(403, 'SignatureDoesNotMatch');
    const upload = query.get('uploadId');
    if (request.method === 'GET' && query.get('list-type') === '2') {
      const found = [...objects.keys()].filter((each) => each.startsWith(query.get('prefix') ?? ''));
      const shown = found.slice(0, KEYS_A_PAGE).map((each) => `<Contents><Key>${each}</Key></Contents>`);
      const more = found.length > KEYS_A_PAGE;
      return say(200, `<R>${shown.join('')}<IsTruncated>${more}</IsTruncated></R>`);
    }
    if (request.method === 'GET') return get(objects.get(key), request.headers.range, say, wrong);
    if (request.method === 'POST' && query.has('uploads')) {
      const id = `id ${open.size}/${key}`;
      open.set(id, new Map());
      types.set(id, request.headers['content-type'] ?? '');
      return say(200, `<R><UploadId>${id}</UploadId></R>`);
    }
    if (upload !== null) {
      const parts = open.get(upload);
      if (!parts) return wrong(404, 'NoSuchUpload');
      if (request.method === 'DELETE') {
        open.delete(upload);
        return say(204);
      }
      if (request.method === 'PUT') {
        parts.set(Number(query.get('partNumber')), body);
        return say(200, '', { etag: etagOf(body) });
      }
      const named = [...body.toString().matchAll(/<PartNumber>(\d+)<\/PartNumber><ETag>([^<]+)</g)];
      const pieces = named.map(([, number, etag]) => ({ bytes: parts.get(Number(number)), etag }));
      if (pieces.some(({ bytes, etag }) => !bytes || etagOf(bytes) !== etag))
        return wrong(400, 'InvalidPart');
      // As S3 does it: the status was sent before it knew.
      if (pieces.slice(0, -1).some(({ bytes }) => bytes!.length < MIN_PART))
        return say(200, '<Error><Code>EntityTooSmall</Code></Error>');
      objects.set(key, { bytes: Buffer.concat(pieces.map(({ bytes }) => bytes!)), type: types.get(upload)! });
      open.delete(upload);
      return say(200, '<R/>');
    }
    if (request.method === 'PUT') {
      objects.set(key, { bytes: body, type: request.headers['content-type'] ?? '' });
      return say(200, '', { etag: etagOf(body) });
    }
    if (request.method === 'DELETE') {
      objects.delete(key);
      return say(204);
    }
    return wrong(405, 'MethodNotAllowed');
  };
  const server = http.createServer((request, response) => void answer(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    settings: {
      endpoint,
      region: 'eu-test-1',
      bucket: 'bucket',
      accessKeyId: 'AKTEST',
      secretAccessKey: SECRET,
    },
    objects,
    open,
    fail: (times) => void (failures = times),
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

const etagOf = (bytes: Buffer) => `"${createHash('md5').update(bytes).digest('hex')}"`;

type Say = (status: number, text?: string | Buffer, headers?: Record<string, string>) => void;

function get(
  kept: Kept | undefined,
  range: string | undefined,
  say: Say,
  wrong: (s: number, c: string) => void,
) {
  if (!kept) return wrong(404, 'NoSuchKey');
  const { bytes, type } = kept;
  const [, first, last] = /^bytes=(\d+)-(\d*)$/.exec(range ?? '') ?? [];
  if (first === undefined) return say(200, bytes, { 'content-type': type });
  if (Number(first) >= bytes.length)
    return say(416, '<Error><Code>InvalidRange</Code></Error>', {
      'content-range': `bytes */${bytes.length}`,
    });
  const end = Math.min(last ? Number(last) : Infinity, bytes.length - 1);
  say(206, bytes.subarray(Number(first), end + 1), {
    'content-range': `bytes ${first}-${end}/${bytes.length}`,
  });
}

function isSigned(request: IncomingMessage, url: URL): boolean {
  const said = /Credential=([^,]+), SignedHeaders=([^,]+), Signature=(\w+)/.exec(
    request.headers.authorization ?? '',
  );
  if (!said) return false;
  const [, credential = '', names = '', signature = ''] = said;
  const [, day = '', region = '', service = '', end = ''] = credential.split('/');
  const encode = (text: string) =>
    encodeURIComponent(text).replace(
      /[!'()*]/g,
      (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`,
    );
  const query = [...url.searchParams].map(([name, value]) => `${encode(name)}=${encode(value)}`).sort();
  const headers = names.split(';').map((name) => `${name}:${String(request.headers[name]).trim()}\n`);
  const canonical = [
    request.method,
    url.pathname,
    query.join('&'),
    headers.join(''),
    names,
    request.headers['x-amz-content-sha256'],
  ].join('\n');
  const hash = createHash('sha256').update(canonical).digest('hex');
  const scope = [day, region, service, end].join('/');
  const text = ['AWS4-HMAC-SHA256', request.headers['x-amz-date'], scope, hash].join('\n');
  const mac = (key: Buffer | string, of: string) => createHmac('sha256', key).update(of).digest();
  const key = [day, region, service, end].reduce<Buffer | string>(
    (from, part) => mac(from, part),
    `AWS4${SECRET}`,
  );
  return mac(key, text).toString('hex') === signature;
}
