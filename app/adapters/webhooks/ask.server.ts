/**
 * Asks a service that the merchant has chosen for a draft of an answer: one POST, signed as the webhooks are, and as
 * guarded; the answer is `{ "text" }` within twenty seconds and 64 KB. What does not answer so has not answered.
 */
import { lookup as resolveName } from 'node:dns/promises';
import https from 'node:https';
import { z } from 'zod';
import { realNow } from '../../clock.server.ts';
import { newId } from '../../ids.ts';
import { isPublicAddress, objectionTo } from '../../sequences/public-address.ts';
import type { DraftAsked } from '../../wording/draft.ts';
import { guarded } from './guarded.server.ts';
import type { PostSettings } from './post.server.ts';
import { signedHeaders } from './signature.ts';

export type AskForDraft = (shopId: bigint, url: string, asked: DraftAsked) => Promise<string | null>;

const TIMEOUT_MS = 20_000;
const MOST_BYTES = 64 * 1024;

const answerSchema = z.object({
  text: z
    .string()
    .transform((text) => text.replaceAll('\0', '').toWellFormed().trim())
    .pipe(z.string().min(1).max(20_000)),
});

export function draftService(settings: PostSettings): AskForDraft {
  const { key, isPublic = isPublicAddress, request = https.request, timeoutMs = TIMEOUT_MS } = settings;
  const resolve = settings.resolve ?? ((host) => resolveName(host, { all: true, verbatim: true }));
  return async (shopId, url, asked) => {
    if (objectionTo(url, isPublic)) return null;
    const body = JSON.stringify(asked);
    const at = realNow();
    const id = newId(new Date(at));
    const options: https.RequestOptions = {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        accept: 'application/json',
        'user-agent': 'Everafter-Drafts/1',
        'content-length': Buffer.byteLength(body),
        ...signedHeaders({ key, shopId }, { id, seconds: Math.floor(at / 1000), body }),
      },
      agent: false,
      lookup: guarded(resolve, isPublic),
      signal: AbortSignal.timeout(timeoutMs),
    };
    return textOf(await exchange(request, new URL(url), options, body));
  };
}

/** Null for everything but a 200 of a reasonable size. */
function exchange(
  request: typeof https.request,
  url: URL,
  options: https.RequestOptions,
  body: string,
): Promise<string | null> {
  return new Promise((settle) => {
    const sent = request(url, options, (response) => {
      const chunks: Buffer[] = [];
      let bytes = 0;
      response.on('data', (chunk: Buffer) => {
        bytes += chunk.length;
        chunks.push(chunk);
        if (bytes > MOST_BYTES) sent.destroy();
      });
      response.on('end', () =>
        settle(response.statusCode === 200 ? Buffer.concat(chunks).toString('utf8') : null),
      );
      response.on('error', () => settle(null));
    });
    sent.on('error', () => settle(null));
    sent.on('close', () => settle(null));
    sent.end(body);
  });
}

function textOf(body: string | null): string | null {
  if (body === null) return null;
  try {
    const parsed = answerSchema.safeParse(JSON.parse(body));
    return parsed.success ? parsed.data.text : null;
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}
