import { Readable } from 'node:stream';
import { createReadableStreamFromReadable, type LoaderFunctionArgs } from '@remix-run/node';
import { authenticateAdmin } from '../adapters/shopify/authenticate.server.ts';
import { now } from '../clock.server.ts';
import { answersCsv } from '../feedback/feedback.server.ts';
import { recordAccess } from '../shops/shops.server.ts';
import { queryOf } from '../fields.server.ts';
import { app } from '../wiring.server.ts';

/** All answers to one question as CSV, streamed. */
export async function loader({ request }: LoaderFunctionArgs) {
  const { shop, userId } = await authenticateAdmin(request);
  const surveyKey = queryOf(request).get('survey') ?? 'post-purchase';
  await app().db.inShop(shop.id, (tx) =>
    recordAccess(tx, { actor: userId, action: 'answers.exported' }, now()),
  );
  const rows = answersCsv(app().db, { shopId: shop.id, surveyKey, locale: 'en' });
  return new Response(createReadableStreamFromReadable(Readable.from(rows)), {
    headers: {
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': 'attachment; filename="answers.csv"',
    },
  });
}
