/** The merchant of the demo shop uses the app's admin as a real one would: through its pages, with a real id token. */

import { parse } from 'csv-parse/sync';
import type { RunningSandbox } from '../sandbox.ts';
import { digits } from '../state/ids.ts';
import type { Shop } from '../state/shop.ts';
import { LIVES } from './guides.ts';
import { answerTo } from './words.ts';

const BROWSER =
  'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/537.36 Chrome/140.0 Safari/537.36';

/** One page of the admin, as a form posts to it; what is refused is logged. */
async function post(
  { appUrl, tokens }: RunningSandbox,
  shop: Shop,
  path: string,
  fields: Record<string, string>,
  log: (line: string) => void,
): Promise<void> {
  const answer = await fetch(`${appUrl}${path}.data`, {
    method: 'POST',
    headers: { authorization: `Bearer ${tokens.admin(shop)}`, 'user-agent': BROWSER },
    body: new URLSearchParams(fields),
  });
  if (!answer.ok) log(`POST ${path}: ${answer.status}`);
}

/** Writes down how some products are cared for and how long they last. */
export async function describeProducts(
  sandbox: RunningSandbox,
  shop: Shop,
  log: (line: string) => void,
): Promise<void> {
  for (const product of shop.products) {
    const life = LIVES[product.handle];
    const path = `/app/products/${digits(product.id)}`;
    if (life) await post(sandbox, shop, path, { clock: JSON.stringify(life) }, log);
  }
}

/** Whoever waits, as the list of the inbox exports it. */
interface Waiting {
  ID: string;
  Score: string;
  Language: string;
}

/** Answers everybody who waits, each in their own language, and settles what was said. @returns how many */
export async function answerInbox(
  sandbox: RunningSandbox,
  shop: Shop,
  log: (line: string) => void,
): Promise<number> {
  const { appUrl, tokens } = sandbox;
  const list = await fetch(`${appUrl}/app/csv/conversations?view=to-answer`, {
    headers: { authorization: `Bearer ${tokens.admin(shop)}`, 'user-agent': BROWSER },
  });
  if (!list.ok) {
    log(`GET /app/csv/conversations: ${list.status}`);
    return 0;
  }
  const waiting: Waiting[] = parse(await list.text(), { bom: true, columns: true });
  for (const [nth, { ID: id, Score, Language }] of waiting.entries()) {
    const text = answerTo(Language, Score === '' ? 3 : Number(Score), nth);
    await post(
      sandbox,
      shop,
      '/app/conversations',
      { intent: 'reply', id, text, solve: '1', anyway: '1' },
      log,
    );
  }
  return waiting.length;
}
