/**
 * Requests of a merchant's own programs, by a token made in the settings: who asks, whether they may, and how often. Every
 * use is kept in the access log.
 */
import type { z } from 'zod';
import { now } from './clock.server.ts';
import { readJson, tooOften } from './limits.server.ts';
import { mayDo, shopIn, type TokenScope } from './shops/api-token.ts';
import type { Shop } from './shops/shop.ts';
import { recordAccess, shopById, useApiToken } from './shops/shops.server.ts';
import { textProblemInWords } from './ui/textWords.ts';
import type { TextProblem } from './sequences/text/text.ts';
import { app } from './wiring.server.ts';

interface Asking {
  scope: TokenScope;
  /** As the access log calls it: sequence.pushed */
  action: string;
}

const said = (status: number, error: string, headers: Record<string, string> = {}) =>
  Response.json({ error }, { status, headers });

const UNKNOWN = () =>
  said(401, 'This token is not known. Make one in Settings, Developers.', { 'www-authenticate': 'Bearer' });

/** A whole request: `work` is called for a program of an installed shop that may do this. */
export async function answerProgram(
  request: Request,
  { scope, action }: Asking,
  work: (shop: Shop) => Promise<Response>,
): Promise<Response> {
  const [, token = ''] = /^Bearer (\S+)$/.exec(request.headers.get('authorization') ?? '') ?? [];
  const shopId = shopIn(token);
  const used = shopId === null ? null : await use(shopId, token, action);
  if (!used) return (await tooOften(request, 'program', 0n)) ?? UNKNOWN();
  const limited = await tooOften(request, 'program', used.shop.id);
  if (limited) return limited;
  if (!mayDo(used.scope, scope)) return said(403, 'This token only reads. Make one that also writes.');
  try {
    return await work(used.shop);
  } catch (error) {
    if (error instanceof Response) return error;
    throw error;
  }
}

const use = (shopId: bigint, token: string, action: string) =>
  app().db.inShop(shopId, async (tx) => {
    const found = await useApiToken(tx, token, now());
    const shop = found && (await shopById(tx, shopId));
    if (!found || !shop) return null;
    await recordAccess(tx, { actor: `token:${found.id}`, action }, now());
    return { shop, scope: found.scope };
  });

/** @throws Response 405 */
export function onlyBy(method: string, request: Request): void {
  if (request.method !== method)
    throw Response.json({ error: `Use ${method}.` }, { status: 405, headers: { allow: method } });
}

/** Problems as they go over the wire, each with its sentence. */
export const wiredProblems = (problems: readonly TextProblem[]) =>
  problems.map((problem) => ({
    level: problem.level,
    line: problem.line,
    column: problem.column,
    step: problem.step,
    code: problem.code,
    message: textProblemInWords(problem),
  }));

export const refused = (problems: readonly TextProblem[]): Response =>
  Response.json(
    { outcome: 'problems', error: 'There are problems in the text.', problems: wiredProblems(problems) },
    { status: 422 },
  );

/** A hundred files of the largest kind there is are never sent at once. */
const MAX_BYTES = 2 * 1024 * 1024;

/** What a program sends. @throws Response 413, 422 */
export async function readAsked<Output>(request: Request, schema: z.ZodType<Output>): Promise<Output> {
  const body = await readJson(request, MAX_BYTES);
  if (body === null) throw said(request.body ? 413 : 422, 'The body is no JSON, or larger than 2 MB.');
  const parsed = schema.safeParse(body);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw said(422, `${issue?.path.join('.')}: ${issue?.message}`);
}
