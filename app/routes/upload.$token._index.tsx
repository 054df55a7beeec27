/** POST /upload/TOKEN: a file is announced (tus 1.0, creation). Its address takes the pieces. */
import type { ActionFunctionArgs } from '@remix-run/node';
import { now } from '../clock.server.ts';
import { beginUpload } from '../files/files.server.ts';
import { tooOften } from '../limits.server.ts';
import { refusedUpload, TUS, tusOptions } from '../uploadAnswers.server.ts';
import { app } from '../wiring.server.ts';

export const loader = () => new Response(null, { status: 405, headers: { ...TUS, allow: 'POST' } });

export async function action({ request, params }: ActionFunctionArgs) {
  if (request.method === 'OPTIONS') return tusOptions();
  const at = now();
  const token = params['token'] ?? '';
  const who = app().uploads.read(token, at);
  if (!who) return new Response(null, { status: 404, headers: TUS });
  const limited = await tooOften(request, 'answer', who.shopId);
  if (limited) return limited;
  const size = request.headers.get('upload-length') ?? '';
  if (!/^\d{1,12}$/.test(size))
    return Response.json({ error: 'Upload-Length: how many bytes it has' }, { status: 400, headers: TUS });
  const begun = await beginUpload(app().files, who, Number(size), at);
  if (begun.outcome === 'refused') return refusedUpload(begun.refusal);
  return new Response(null, { status: 201, headers: { ...TUS, location: `/upload/${token}/${begun.id}` } });
}
