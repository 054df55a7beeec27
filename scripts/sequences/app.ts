/** The app as the command asks it. */

/** A problem as the app says it; app/programs.server.ts has the other end. */
export interface WiredProblem {
  level: 'error' | 'warning';
  line: number;
  column: number;
  step: string | null;
  code: string;
  message: string;
}

/** Why something could not be done at all; its message is for the person. */
export class CannotDo extends Error {}

export interface Answer {
  status: number;
  body: unknown;
}

export interface Asking {
  get(path: string): Promise<Answer>;
  send(method: 'POST' | 'PUT', path: string, body: unknown): Promise<Answer>;
}

/** Answers that mean something to those who ask; every other one is told. */
const MEANT = new Set([200, 202, 404, 409, 422]);

/** @param url origin of the app */
export function appAt(url: string, token: string): Asking {
  const ask = async (path: string, init: RequestInit): Promise<Answer> => {
    const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
    const response = await fetch(new URL(path, url), { ...init, headers }).catch((error: Error) => {
      throw new CannotDo(`${url} does not answer: ${String(error.cause ?? error.message)}`);
    });
    const wait = Number(response.headers.get('retry-after') ?? 0);
    if (response.status === 429 && wait > 0) {
      await new Promise((resolve) => setTimeout(resolve, wait * 1000));
      return ask(path, init);
    }
    const text = await response.text();
    const isJson = response.headers.get('content-type')?.startsWith('application/json');
    const body: unknown = isJson ? JSON.parse(text) : text;
    if (MEANT.has(response.status) && (isJson || response.ok)) return { status: response.status, body };
    const said = isJson ? (body as { error?: string }).error : undefined;
    throw new CannotDo(`${url} says ${response.status}${said ? `: ${said}` : ''}`);
  };
  return {
    get: (path) => ask(path, {}),
    send: (method, path, body) => ask(path, { method, body: JSON.stringify(body) }),
  };
}
