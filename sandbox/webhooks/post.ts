/** One attempt to hand a webhook over: a second to connect, five for the whole answer. */

import http from 'node:http';
import https from 'node:https';

const CONNECT_MS = 1000;
const TOTAL_MS = 5000;

export interface PostResult {
  /** Null when there was no answer. */
  status: number | null;
  ms: number;
  error: string | null;
  /** The first part of the answer, for whoever looks at deliveries. */
  answer: string;
}

export function post(
  url: string,
  headers: Record<string, string>,
  body: string | Buffer,
): Promise<PostResult> {
  const bytes = typeof body === 'string' ? Buffer.from(body) : body;
  const started = performance.now();
  return new Promise((resolve) => {
    const end = (status: number | null, error: string | null, answer = '') => {
      clearTimeout(connecting);
      clearTimeout(whole);
      resolve({ status, ms: Math.round(performance.now() - started), error, answer });
    };
    const client = url.startsWith('https:') ? https : http;
    // A socket of its own for every attempt: a kept one that the app has just closed would look like a failure.
    const request = client.request(url, {
      method: 'POST',
      agent: false,
      headers: { ...headers, 'content-length': String(bytes.length) },
    });
    const give = (why: string) => request.destroy(new Error(why));
    const connecting = setTimeout(() => give('no connection within a second'), CONNECT_MS);
    const whole = setTimeout(() => give('no answer within five seconds'), TOTAL_MS);
    request.on('socket', (socket) => socket.once('connect', () => clearTimeout(connecting)));
    request.on('error', (error) => end(null, error.message || String(error)));
    request.on('response', (response) => {
      let answer = '';
      response.setEncoding('utf8');
      response.on('data', (chunk: string) => {
        if (answer.length < 2000) answer += chunk;
      });
      response.on('error', (error) => end(null, error.message));
      response.on('end', () => end(response.statusCode ?? null, null, answer.slice(0, 2000)));
    });
    request.end(bytes);
  });
}
