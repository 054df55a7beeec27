/** What an SPF record says of a mail server, followed through everything that it includes (RFC 7208). */
import { single, type Look } from './dns-records.ts';

/**
 * Whether the server that is known by `include:…` may send. `through`: by a record that is included, `by` its name.
 * `macro`: an include depends on who sends, and cannot be followed ahead.
 */
export type SpfWay =
  | { found: 'named' }
  | { found: 'through'; by: string }
  | { found: 'missing' | 'shut-out' | 'too-many' | 'unreachable' | 'macro' }
  /** An include leads to no record, or to several: mail servers then believe nothing of it. */
  | { found: 'broken'; by: string };

/** More look-ups than these, and mail servers give up (4.6.4). */
export const MOST_LOOKUPS = 10;

/** The SPF records among these. */
export const spfIn = (records: readonly string[]): string[] =>
  records.filter((text) => /^v=spf1( |$)/i.test(text.trim()));

/** @param needed as the domain of the mail server includes it: `_spf.example.com` */
export function followSpf(record: string, needed: string, look: Look): Promise<SpfWay> {
  return follow(record, { needed: needed.toLowerCase(), look, left: MOST_LOOKUPS });
}

interface Walk {
  needed: string;
  look: Look;
  /** Look-ups that may still be made, over all records. */
  left: number;
}

const COSTS_A_LOOKUP = /^(include:|a([:/]|$)|mx([:/]|$)|ptr(:|$)|exists:|redirect=)/;

async function follow(record: string, walk: Walk): Promise<SpfWay> {
  const terms = record.trim().toLowerCase().split(/\s+/).slice(1);
  const all = terms.findIndex((term) => /^[-~?+]?all$/.test(term));
  // What comes after `all` counts for nothing, and a redirect only where there is none.
  const ways = (all < 0 ? terms : terms.slice(0, all)).filter((term) => !term.startsWith('redirect='));
  const redirect = all < 0 ? terms.filter((term) => term.startsWith('redirect=')) : [];
  let missing: SpfWay = { found: 'missing' };
  for (const term of [...ways, ...redirect]) {
    const qualifier = /^[-~?+]/.exec(term)?.[0] ?? '+';
    const what = term.replace(/^[-~?+]/, '');
    if (!COSTS_A_LOOKUP.test(what)) continue;
    if (walk.left-- === 0) return { found: 'too-many' };
    const target = /^(?:include:|redirect=)(.+)$/.exec(what)?.[1];
    if (target === undefined) continue;
    const way = await leadsTo(target, walk);
    if (way.found === 'missing') continue;
    if (way.found === 'macro') missing = way;
    else
      return qualifier === '+' || (way.found !== 'named' && way.found !== 'through')
        ? through(way, target, walk)
        : { found: 'shut-out' };
  }
  return missing;
}

/** Found further down, it is found through the record that stands here. */
const through = (way: SpfWay, target: string, { needed }: Walk): SpfWay => {
  const isBelow = way.found === 'through' || (way.found === 'named' && target !== needed);
  return isBelow ? { found: 'through', by: target } : way;
};

async function leadsTo(target: string, walk: Walk): Promise<SpfWay> {
  if (target === walk.needed) return { found: 'named' };
  if (target.includes('%')) return { found: 'macro' };
  const answer = await walk.look(target);
  if (answer.outcome === 'unreachable') return { found: 'unreachable' };
  const record = single(spfIn(answer.records));
  return record === null ? { found: 'broken', by: target } : follow(record, walk);
}
