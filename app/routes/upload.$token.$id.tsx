/** /upload/TOKEN/ID: HEAD says how far it is, PATCH adds to it, GET says what became of it (tus 1.0, core). */
import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node';
import { now } from '../clock.server.ts';
import { fileUrl } from '../files/file.ts';
import { appendUpload, lookAtUpload, settle } from '../files/files.server.ts';
import { tooOften } from '../limits.server.ts';
import { refusedUpload, TUS, tusOptions } from '../uploadAnswers.server.ts';
import { app } from '../wiring.server.ts';

const missing = () => new Response(null, { status: 404, headers: TUS });

export async function loader({ request, params }: LoaderFunctionArgs) {
  const who = app().uploads.read(params['token'] ?? '', now());
  if (!who) return missing();
  const limited = await tooOften(request, 'look', who.shopId);
  if (limited) return limited;
  const id = params['id'] ?? '';
  if (request.method === 'HEAD') {
    const row = await lookAtUpload(app().files, who, id);
    if (!row) return missing();
    const headers: Record<string, string> = { ...TUS, 'upload-offset': String(row.received) };
    if (row.announced !== null) headers['upload-length'] = String(row.announced);
    return new Response(null, { headers });
  }
  const settled = await settle(app().files, who, id, now());
  switch (settled.outcome) {
    case 'gone':
      return missing();
    case 'refused':
      return refusedUpload(settled.refusal);
    case 'open':
      return Response.json({ state: 'open', offset: settled.offset }, { headers: TUS });
    case 'stored': {
      const { file } = settled;
      const origin = app().filesOrigin;
      const url = fileUrl(origin, file, 1600);
      const told = {
        state: 'stored',
        fileId: file.id,
        kind: file.kind,
        url,
        small: fileUrl(origin, file, 320),
      };
      return Response.json({ ...told, sameAs: settled.sameAs }, { headers: TUS });
    }
  }
}

export async function action({ request, params }: ActionFunctionArgs) {
  if (request.method === 'OPTIONS') return tusOptions();
  const who = app().uploads.read(params['token'] ?? '', now());
  if (!who) return missing();
  if (request.method !== 'PATCH')
    return new Response(null, { status: 405, headers: { ...TUS, allow: 'PATCH' } });
  const limited = await tooOften(request, 'look', who.shopId);
  if (limited) return limited;
  const offset = request.headers.get('upload-offset') ?? '';
  if (!/^\d{1,12}$/.test(offset) || !isOffsetStream(request))
    return Response.json(
      { error: 'PATCH takes application/offset+octet-stream and Upload-Offset' },
      { status: 400, headers: TUS },
    );
  const body = (request.body ?? []) as unknown as AsyncIterable<Uint8Array>;
  const added = await appendUpload(app().files, who, params['id'] ?? '', Number(offset), body);
  switch (added.outcome) {
    case 'gone':
      return missing();
    case 'refused':
      return refusedUpload(added.refusal);
    case 'elsewhere':
      return new Response(null, { status: 409, headers: { ...TUS, 'upload-offset': String(added.offset) } });
    case 'appended':
      return new Response(null, { status: 204, headers: { ...TUS, 'upload-offset': String(added.offset) } });
  }
}

const isOffsetStream = (request: Request) =>
  request.headers.get('content-type') === 'application/offset+octet-stream';
