import { app } from '../wiring.server.ts';

/** For `npm run dev`, where no web.server.ts stands in front of Remix. */
export async function loader() {
  await app().db.sqlAcrossShops('select 1');
  return Response.json({ ok: true });
}
