/** Subjects and words of a period and of the one before it, as the inbox has heard them. */
import type { Db, ShopTx } from '../db.server.ts';
import { csvOf } from '../shops/csv.ts';
import { byPeople, ENOUGH_PEOPLE, MOST_THEMES, wordThemes, type SaidText, type Theme } from './themes.ts';

/** Texts of each period that are read, the newest first: enough to know what people speak of. */
const MOST_TEXTS = 10_000;

/** What somebody has said without words, or what a machine has, says nothing of a theme. */
const TEXTS = `
  select coalesce(c.customer_id::text, lower(e.address), c.id::text) as who, left(e.text, 2000) as text,
    coalesce(e.language, c.language) as language, e.score::int as score
  from conversation_entry e join conversation c on c.shop_id = e.shop_id and c.id = e.conversation_id
  where e.shop_id = $1 and e.kind = 'voice' and e.at >= $2 and e.at < $3 and e.text <> ''
  order by e.at desc, e.id limit ${MOST_TEXTS}`;

/** A tag counts where it was put or agreed to, and where a rule suggests it and nobody has said otherwise. */
const SUBJECTS = `
  select g.tag as key, coalesce(t.name, g.tag) as name,
    count(distinct coalesce(c.customer_id, c.id)) filter (where c.heard_at >= $3)::int as people,
    count(distinct coalesce(c.customer_id, c.id)) filter (where c.heard_at < $3)::int as before,
    case when count(c.score) filter (where c.heard_at >= $3) >= ${ENOUGH_PEOPLE}
      then avg(c.score) filter (where c.heard_at >= $3) end::float8 as score
  from conversation_tag g join conversation c on c.shop_id = g.shop_id and c.id = g.conversation_id
  left join tag t on t.shop_id = g.shop_id and t.code = g.tag
  where g.shop_id = $1 and g.heard_at >= $2 and g.heard_at < $4 and c.state <> 'merged'
  group by g.tag, t.name having count(*) filter (where c.heard_at >= $3) > 0`;

export interface ThemesAsk {
  from: Date;
  /** Exclusive. */
  to: Date;
}

/** Subjects first, then words; each with those who said it most. */
export async function themesOf(tx: ShopTx, { from, to }: ThemesAsk): Promise<Theme[]> {
  const earlier = new Date(2 * from.getTime() - to.getTime());
  const subjects = await tx.sql<Omit<Theme, 'kind'>>(SUBJECTS, [tx.shopId, earlier, from, to]);
  const now = await tx.sql<SaidText>(TEXTS, [tx.shopId, from, to]);
  const before = await tx.sql<SaidText>(TEXTS, [tx.shopId, earlier, from]);
  const put = subjects.map((subject): Theme => ({ ...subject, kind: 'subject' }));
  return [...put.toSorted(byPeople).slice(0, MOST_THEMES), ...wordThemes(now, before)];
}

const HEAD = ['Kind', 'Theme', 'People', 'People before', 'Score'];

/** The same as a file. */
export function themesCsv(db: Db, ask: ThemesAsk & { shopId: bigint }): AsyncGenerator<string> {
  return csvOf(HEAD, async () => {
    const themes = await db.inShop(ask.shopId, (tx) => themesOf(tx, ask));
    const rows = themes.map(({ kind, name, people, before, score }) => [
      kind === 'subject' ? 'Subject' : 'Words',
      name,
      people,
      before,
      score === null ? null : Math.round(score * 100) / 100,
    ]);
    return { rows, next: null };
  });
}
