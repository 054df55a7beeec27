/**
 * What the blocks of the theme cost a product page: Lighthouse's score for performance on the same page with and without
 * them, in turn, in the real browser with its own throttling of a phone; the difference of the medians, in points.
 */
import { randomUUID } from 'node:crypto';
import { launch } from 'chrome-launcher';
import lighthouse from 'lighthouse';
import { openDb } from '../../../app/db.server.ts';
import { findBrowser } from '../../../scripts/browser.mjs';
import { insertRow } from '../../database/rows.ts';
import { startStack, type Stack } from '../../stack.ts';

const REVIEWS = 200;

/** @param runs visits of each of the two pages */
export async function widgetPoints(runs: number): Promise<{ widget_lighthouse_points: number }> {
  const stack = await startStack();
  try {
    const page = await reviewedProduct(stack);
    await score(page);
    const [bare, dressed]: [number[], number[]] = [[], []];
    for (let run = 0; run < runs; run++) {
      // In turn, so that whatever else the machine does meets both.
      bare.push(await score(`${page}?blocks=none`));
      dressed.push(await score(page));
    }
    // The median hides a machine that was busy; whoever reads it sees how much.
    console.log('Lighthouse without and with the blocks:', bare.join(' '), '·', dressed.join(' '));
    return { widget_lighthouse_points: median(bare) - median(dressed) };
  } finally {
    await stack.stop();
  }
}

/** A product with its stars at Shopify, a page of reviews with pictures' places, and questions. */
async function reviewedProduct(stack: Stack): Promise<string> {
  await stack.post('/control/scopes', { scopes: ['write_products'] });
  const [product] = await stack.get<{ handle: string }[]>('/control/products');
  await stack.post('/control/settle');
  const db = openDb({ url: stack.databaseUrl, max: 2 });
  try {
    const [row] = await db.sqlAcrossShops<{ shop_id: bigint; id: bigint }>(
      'select shop_id, id from product where handle = $1',
      [product!.handle],
    );
    const about = { shop_id: row!.shop_id, product_id: row!.id };
    const at = new Date();
    const shown = { state: 'published', at, published_at: at, author_name: 'Ana S.' };
    for (let n = 0; n < REVIEWS; n++) {
      const said = { stars: 1 + (n % 5), title: `Review ${n}`, text: 'It does what it should. '.repeat(12) };
      await insertRow(db, 'review', { ...about, ...shown, ...said, source: 'import', attributes: {} });
    }
    for (let n = 0; n < 10; n++) {
      const id = randomUUID();
      await insertRow(db, 'product_question', { ...about, ...shown, id, text: `Question ${n}?` });
      const answer = { question_id: id, by: 'merchant', text: 'Yes, it does. '.repeat(8) };
      await insertRow(db, 'question_answer', { shop_id: about.shop_id, ...shown, ...answer });
    }
    await db.sqlAcrossShops(
      `insert into product_rating (shop_id, product_id, count, stars, due_at) values ($1, $2, $3, $4, $5)
       on conflict (shop_id, product_id) do update set count = $3, stars = $4, due_at = $5`,
      [about.shop_id, about.product_id, REVIEWS, REVIEWS * 3, new Date(0)],
    );
  } finally {
    await db.close();
  }
  await stack.post('/control/settle');
  const page = `${stack.url}/store/linden/products/${product!.handle}`;
  const text = await (await fetch(page)).text();
  if (!text.includes('everafter-list" data-everafter-list'))
    throw new Error('The product page shows no list of reviews: Shopify was not told of its stars');
  return page;
}

/** 0…100, as Lighthouse rounds it. */
async function score(url: string): Promise<number> {
  const chromePath = findBrowser();
  if (!chromePath) throw new Error('No Chromium found: install chromium, or set CHROMIUM_PATH.');
  const chrome = await launch({
    chromePath,
    chromeFlags: ['--headless=new', '--no-sandbox', '--disable-gpu'],
  });
  try {
    const told = await lighthouse(url, {
      port: chrome.port,
      onlyCategories: ['performance'],
      logLevel: 'silent',
    });
    const found = told?.lhr.categories['performance']?.score;
    if (typeof found !== 'number')
      throw new Error(`Lighthouse gave ${url} no score: ${told?.lhr.runtimeError?.message ?? 'no reason'}`);
    return Math.round(found * 100);
  } finally {
    chrome.kill();
  }
}

const median = (values: number[]) =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
