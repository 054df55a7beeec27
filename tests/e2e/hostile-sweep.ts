/**
 * Texts and pictures that mean harm, in every field that somebody types into, and every page that shows them, opened in a
 * browser: what runs, what becomes an element, what a policy had to stop.
 */
import pg from 'pg';
import type { BrowserContext, Page } from 'playwright-core';
import { uploadTokens } from '../../app/files/upload.ts';
import { MARK, type HostileImage } from '../hostile-images.ts';
import type { Stack } from '../stack.ts';

/** Free texts by table: what people and other systems say. Ids, states and codes are nobody's to type. */
const TEXTS: Record<string, readonly string[]> = {
  conversation: ['person_name', 'person_address', 'subject', 'preview', 'link', 'assignee'],
  conversation_entry: ['name', 'address', 'subject', 'text', 'link'],
  tag: ['name'],
  saved_view: ['name'],
  macro: ['name', 'body'],
  customer: ['first_name', 'last_name', 'city', 'zip', 'province'],
  answer: ['comment'],
  template: ['subject', 'preheader'],
  message: ['subject'],
  orders: ['name', 'city', 'service', 'status_url'],
  order_line: ['title'],
  shipment: ['carrier', 'tracking_number', 'tracking_url'],
  product: ['title', 'product_type', 'vendor', 'image_url', 'url'],
  review: ['title', 'text', 'author_name', 'reply'],
  review_photo: ['source_url'],
  product_question: ['text', 'author_name'],
  question_answer: ['text', 'author_name'],
  review_import: ['name', 'error'],
  sequence: ['name'],
  staff_member: ['name'],
  api_token: ['name'],
  story: ['title', 'text', 'name'],
  story_event: ['name'],
  program: ['name'],
  referral_step: ['note'],
  gesture: ['note', 'happened'],
  shop: ['name'],
};

/** Columns that hold an address which somebody else has given: one each, that would run where it is followed. */
const ADDRESSES: Record<string, readonly string[]> = {
  conversation: ['link'],
  conversation_entry: ['link'],
  orders: ['status_url'],
  shipment: ['tracking_url'],
  product: ['image_url', 'url'],
  review_photo: ['source_url'],
};

/** Documents, and the names under which free texts stand in them: by language, or one of these. */
const DOCUMENTS: readonly [table: string, column: string, names: string][] = [
  ['timeline_entry', 'data', 'text label title product order carrier event subject answer'],
  ['survey', 'content', 'name'],
  ['survey_version', 'content', 'name'],
  ['answer', 'answers', 'words'],
  ['template', 'blocks', 'text label heading'],
  ['product_clock', 'care_guide', 'title text'],
  ['review_attribute', 'label', ''],
  ['story', 'answers', 'question answer'],
  ['brand_voice', 'content', 'text question answer'],
  ['conversation_entry', 'attachments', 'name'],
  ['shop', 'settings', 'name'],
  ['program', 'terms', 'title to'],
  ['program', 'shares', 'whatsapp email subject text copy'],
  ['referral', 'promised', 'title to'],
  ['reward', 'value', 'to'],
  ['reward', 'reason', 'note'],
  ['gesture', 'present', 'title tag'],
  ['gesture', 'tasks', 'text'],
  ['gesture', 'why', 'order'],
  ['loyalty_settings', 'content', 'tag'],
];
const LANGUAGES = ['en', 'de', 'fr', 'es'];
/** What shortest limits of documents leave room for. */
const SHORT = 40;

/** Rows of a table that are planted, and texts that stand in one field. */
const ROWS = 40;
const IN_ONE = 12;

export async function plant(databaseUrl: string, payloads: readonly string[]): Promise<number> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  let next = 0;
  const some = (count: number) =>
    Array.from({ length: count }, () => payloads[next++ % payloads.length]!.replaceAll('\0', '')).join('\n');
  const short = payloads.filter((text) => text.length <= SHORT && !text.includes('\0'));
  const running = payloads.filter((text) => /^\s*(jav\s*ascript|vbscript|data):/i.test(text));
  const poison = (value: unknown, names: readonly string[], name = ''): unknown => {
    if (Array.isArray(value)) return value.map((each) => poison(each, names, name));
    if (typeof value === 'object' && value !== null)
      return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, poison(each, names, key)]));
    const isFree = names.includes(name) || LANGUAGES.includes(name);
    return typeof value === 'string' && isFree ? short[next++ % short.length] : value;
  };
  let fields = 0;
  try {
    for (const [table, columns] of Object.entries(TEXTS)) {
      const { rows } = await client.query<{ at: string }>(
        `select ctid::text as at from ${table} limit ${ROWS}`,
      );
      for (const { at } of rows) {
        const values = columns.map((column) =>
          ADDRESSES[table]?.includes(column) ? running[next++ % running.length] : some(IN_ONE),
        );
        const set = columns.map((column, i) => `${column} = $${i + 1}`).join(', ');
        await client.query(`update ${table} set ${set} where ctid = '${at}'::tid`, values);
        fields += columns.length;
      }
      if (rows.length === 0) throw new Error(`${table}: nothing to plant in`);
    }
    for (const [table, column, names] of DOCUMENTS) {
      const { rows } = await client.query<{ at: string; doc: unknown }>(
        `select ctid::text as at, ${column} as doc from ${table} limit ${ROWS}`,
      );
      for (const { at, doc } of rows) {
        await client.query(`update ${table} set ${column} = $1::jsonb where ctid = '${at}'::tid`, [
          JSON.stringify(poison(doc, names.split(' '))),
        ]);
        fields += 1;
      }
    }
  } finally {
    await client.end();
  }
  return fields;
}

export interface Seen {
  /** Calls of the canary, and dialogs. */
  ran: string[];
  /** Elements that came of a text, and addresses that would run. */
  became: string[];
  /** What a policy had to stop. */
  stopped: string[];
}

/** Watches every page and frame of a context. */
export async function watch(context: BrowserContext): Promise<Seen> {
  const seen: Seen = { ran: [], became: [], stopped: [] };
  await context.exposeBinding('canary', ({ page }, which: unknown) => {
    seen.ran.push(`${String(which)} on ${page.url()}`);
  });
  await context.exposeBinding('stoppedByPolicy', ({ page }, what: string) => {
    seen.stopped.push(`${what} on ${page.url()}`);
  });
  await context.addInitScript(() => {
    const report = (globalThis as unknown as { stoppedByPolicy(what: string): void }).stoppedByPolicy;
    document.addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI, sample }) =>
      report(`${violatedDirective} ${blockedURI} ${sample}`),
    );
  });
  context.on('page', (page) =>
    page.on('dialog', (dialog) => {
      seen.ran.push(`${dialog.type()} on ${page.url()}`);
      void dialog.dismiss();
    }),
  );
  return seen;
}

/** Elements and addresses that only a text can have made. */
export async function lookFor(page: Page, seen: Seen): Promise<void> {
  for (const frame of page.frames()) {
    const found = await frame
      .evaluate(() => {
        // Blocks of extensions stand in roots of their own.
        const roots: (Document | ShadowRoot)[] = [document];
        for (const root of roots)
          for (const { shadowRoot } of root.querySelectorAll('*')) if (shadowRoot) roots.push(shadowRoot);
        const all = (selector: string) => roots.flatMap((root) => [...root.querySelectorAll(selector)]);
        const made = all('[data-canary]').map((each) => each.outerHTML);
        const addresses = all('[href],[src],[action],[formaction],[srcset],[data]')
          .flatMap((each) =>
            ['href', 'src', 'action', 'formaction', 'data'].map((name) => each.getAttribute(name) ?? ''),
          )
          .filter((address) => /^((java|vb)script|data:text\/html)/i.test(address.replace(/\s/g, '')));
        return [...made, ...addresses].map((each) => each.slice(0, 200));
      })
      .catch(() => []);
    seen.became.push(...found.map((each) => `${each} on ${frame.url()}`));
  }
}

/** Sends every picture in as the staff do; what is taken is shown in the album of an event. */
export async function sendImages(
  stack: Stack,
  { key, shopId, eventId }: { key: Uint8Array; shopId: bigint; eventId: string },
  images: readonly HostileImage[],
): Promise<{ taken: number; leaked: string[] }> {
  const now = new Date((await stack.get<{ now: string }>('/control/clock')).now);
  const token = uploadTokens(key).sign({ shopId, purpose: 'event', customerId: null }, now);
  const tus = { 'tus-resumable': '1.0.0' };
  const client = new pg.Client({ connectionString: stack.databaseUrl });
  await client.connect();
  const leaked: string[] = [];
  let taken = 0;
  for (const { name, bytes } of images) {
    const begun = await fetch(`${stack.appUrl}/upload/${token}`, {
      method: 'POST',
      headers: { ...tus, 'upload-length': String(bytes.length) },
    });
    const place = begun.headers.get('location');
    if (!place) continue;
    const body = new Uint8Array(bytes);
    const headers = { ...tus, 'content-type': 'application/offset+octet-stream', 'upload-offset': '0' };
    await fetch(stack.appUrl + place, { method: 'PATCH', headers, body });
    const end = await fetch(stack.appUrl + place);
    const told = (await end.json()) as { state: string; fileId?: string; url?: string };
    if (end.status >= 500 || !['stored', 'refused'].includes(told.state))
      leaked.push(`${name}: ${end.status}`);
    if (told.state !== 'stored') continue;
    taken += 1;
    const served = Buffer.from(await (await fetch(told.url!)).arrayBuffer()).toString('latin1');
    if (served.includes(MARK) || /GPS|Exif|<script|<\?xpacket/.test(served)) leaked.push(name);
    await client.query('update stored_file set used_by = $2 where id = $1', [
      told.fileId,
      `event:${eventId}`,
    ]);
    await client.query(
      'insert into story_event_picture (shop_id, event_id, file_id, at) values ($1, $2, $3, now())',
      [shopId, eventId, told.fileId],
    );
  }
  await client.end();
  return { taken, leaked };
}
