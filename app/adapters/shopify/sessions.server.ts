/** Where the library keeps its sessions: one table, tokens sealed, a short cache in front. */
import { Session } from '@shopify/shopify-api';
import type { Db, SqlTx } from '../../db.server.ts';
import { realNow } from '../../clock.server.ts';
import type { Seal } from './sealing.ts';

/** Milliseconds that a session is believed without looking; another process may have changed it. */
const CACHE_FOR = 10_000;
const CACHE_SIZE = 5_000;

/** Structurally the library's `SessionStorage`, with what the rest of this folder needs beside it. */
export interface Sessions {
  storeSession(session: Session): Promise<boolean>;
  loadSession(id: string): Promise<Session | undefined>;
  deleteSession(id: string): Promise<boolean>;
  deleteSessions(ids: string[]): Promise<boolean>;
  findSessionsByShop(shop: string): Promise<Session[]>;
  /** The offline session as it stands in the database, inside the caller's transaction. */
  readOffline(tx: SqlTx, domain: string): Promise<Session | null>;
  /** Replaces both tokens of a session that still exists; one that was deleted meanwhile stays deleted. */
  replaceTokens(tx: SqlTx, session: Session): Promise<boolean>;
  /** Forgets what is cached of a shop; the table is not touched. */
  drop(domain: string): void;
}

export const offlineId = (domain: string) => `offline_${domain}`;

interface SessionRow {
  id: string;
  shop: string;
  state: string;
  is_online: boolean;
  scope: string | null;
  expires: Date | null;
  access_token: string;
  refresh_token: string | null;
  refresh_token_expires: Date | null;
}

const COLUMNS =
  'id, shop, state, is_online, scope, expires, access_token, refresh_token, refresh_token_expires';
const LOAD = `select ${COLUMNS} from shopify_session where id = $1`;
const OF_SHOP = `select ${COLUMNS} from shopify_session where shop = $1 order by expires desc nulls first limit 25`;
const DELETE = `delete from shopify_session where id = any($1::text[]) returning shop`;
const STORE = `
  insert into shopify_session (${COLUMNS}, updated_at) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
  on conflict (id) do update set state = excluded.state, scope = excluded.scope, expires = excluded.expires,
    access_token = excluded.access_token, refresh_token = excluded.refresh_token,
    refresh_token_expires = excluded.refresh_token_expires, updated_at = excluded.updated_at`;
const REPLACE = `
  update shopify_session set access_token = $2, refresh_token = $3, expires = $4, refresh_token_expires = $5,
    scope = coalesce($6, scope), updated_at = $7 where id = $1 returning id`;

export function sessionsIn(db: Db, seal: Seal): Sessions {
  const cache = new Map<string, { until: number; session: Session }>();
  const remember = (session: Session) => {
    if (cache.size >= CACHE_SIZE) cache.clear();
    cache.set(session.id, { until: realNow() + CACHE_FOR, session });
  };
  const drop = (domain: string) => {
    for (const [id, { session }] of cache) if (session.shop === domain) cache.delete(id);
  };
  const deleteSessions = async (ids: string[]) => {
    await db.sqlAcrossShops(DELETE, [ids]);
    for (const id of ids) cache.delete(id);
    return true;
  };
  return {
    async storeSession(session) {
      cache.delete(session.id);
      await db.sqlAcrossShops(STORE, rowOf(session, seal));
      return true;
    },
    async loadSession(id) {
      const known = cache.get(id);
      if (known && known.until > realNow()) return known.session;
      cache.delete(id);
      const [row] = await db.sqlAcrossShops<SessionRow>(LOAD, [id]);
      const session = row && sessionOf(row, seal);
      if (session) remember(session);
      return session;
    },
    deleteSession: (id) => deleteSessions([id]),
    deleteSessions,
    async findSessionsByShop(shop) {
      return (await db.sqlAcrossShops<SessionRow>(OF_SHOP, [shop])).map((row) => sessionOf(row, seal));
    },
    async readOffline(tx, domain) {
      const [row] = await tx.sql<SessionRow>(LOAD, [offlineId(domain)]);
      return row ? sessionOf(row, seal) : null;
    },
    async replaceTokens(tx, session) {
      const { id, accessToken, refreshToken, expires, refreshTokenExpires, scope } = session;
      const sealed = [
        sealToken(seal, id, 'access', accessToken) ?? '',
        sealToken(seal, id, 'refresh', refreshToken),
      ];
      const values = [id, ...sealed, expires, refreshTokenExpires, scope, new Date(realNow())];
      const rows = await tx.sql(REPLACE, values);
      drop(session.shop);
      return rows.length > 0;
    },
    drop,
  };
}

const sealToken = (seal: Seal, id: string, kind: string, token: string | undefined) =>
  token ? seal.seal(token, `${id}:${kind}`) : null;

function rowOf(session: Session, seal: Seal): unknown[] {
  const { id, shop, state, isOnline, scope, expires, refreshTokenExpires } = session;
  return [
    id,
    shop,
    state,
    isOnline,
    scope,
    expires,
    sealToken(seal, id, 'access', session.accessToken) ?? '',
    sealToken(seal, id, 'refresh', session.refreshToken),
    refreshTokenExpires,
    new Date(realNow()),
  ];
}

/** A token that no key opens is left out: the session counts as expired, and is exchanged or refreshed anew. */
function sessionOf(row: SessionRow, seal: Seal): Session {
  const accessToken = seal.open(row.access_token, `${row.id}:access`);
  const refreshToken = row.refresh_token && seal.open(row.refresh_token, `${row.id}:refresh`);
  return new Session({
    id: row.id,
    shop: row.shop,
    state: row.state,
    isOnline: row.is_online,
    ...(row.scope === null ? {} : { scope: row.scope }),
    ...(row.expires ? { expires: row.expires } : {}),
    ...(accessToken ? { accessToken } : {}),
    ...(refreshToken ? { refreshToken } : {}),
    ...(row.refresh_token_expires ? { refreshTokenExpires: row.refresh_token_expires } : {}),
  });
}
