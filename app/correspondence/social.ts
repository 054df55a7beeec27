/**
 * Networks on which people speak of a shop, as they are asked: whose account it is, who has mentioned it since, and an answer
 * under a post. Adapters follow this; what is said here holds for every network.
 */

/** An account of the shop's own, and the leave to use it. */
export interface SocialAccess {
  /** Where the network is asked: "mastodon.social", no scheme, no path. */
  host: string;
  token: string;
}

/**
 * Why nothing came of it. `signed-out`: the leave is over. `may-not`: the leave does not reach so far. `gone`: what was to be
 * answered is not there any more. `not-public`: the address is none that everybody can reach.
 */
export type SocialRefusal = 'signed-out' | 'may-not' | 'gone' | 'too-long' | 'not-taken' | 'not-public';

/**
 * `later`: it may work another time; `seconds`: not before, where the network says so; `perhaps`: what was to be posted may
 * have been taken, as nobody has said that it was not.
 */
export type Told<Answer> =
  | ({ outcome: 'told' } & Answer)
  | { outcome: 'later'; seconds: number | null; perhaps?: true }
  | { outcome: 'refused'; reason: SocialRefusal };

export interface SocialProfile {
  /** As people write it: "@linden@mastodon.social" */
  handle: string;
  url: string;
}

/** A post that speaks of the shop. */
export interface SocialPost {
  /** The network's name for it. */
  id: string;
  author: { name: string | null; handle: string };
  /** Plain text, whatever markup the network has. */
  text: string;
  url: string;
  language: string | null;
  inReplyTo: string | null;
  at: Date;
}

export interface SocialAnswer {
  /** Of the entry: told twice, a network posts it once. */
  id: string;
  /** Id of the post that it answers. */
  to: string;
  text: string;
  /** BCP 47 */
  language: string | null;
}

export interface SocialNetwork {
  whoIs(access: SocialAccess): Promise<Told<SocialProfile>>;
  /**
   * Posts that came after a place, oldest first; null asks for the place alone, so that the past stays where it is.
   * `place` is where to go on from; `isAll`: nothing more is there now.
   */
  mentions(
    access: SocialAccess,
    since: string | null,
  ): Promise<Told<{ posts: SocialPost[]; place: string | null; isAll: boolean }>>;
  /** Under the post, as openly as it was written. */
  answer(access: SocialAccess, answer: SocialAnswer): Promise<Told<{ id: string; url: string }>>;
}

export const NETWORKS = ['mastodon'] as const;
export type NetworkName = (typeof NETWORKS)[number];

/** "https://Mastodon.social/@linden" and "mastodon.social" are one host; null for what is none. */
export function hostOf(typed: string): string | null {
  const text = typed.trim();
  const url = URL.parse(text.includes('://') ? text : `https://${text.replace(/^@?[^@/]*@/, '')}`);
  if (url?.protocol !== 'https:' || url.port !== '' || url.username !== '' || url.password !== '')
    return null;
  return url.hostname.includes('.') ? url.hostname : null;
}

/** How a post is named among voices; ids count on one host only. */
export const postName = (network: NetworkName, host: string, id: string): string =>
  `mention:${network}:${host}/${id}`;

/** The host and id in such a name; null for posts that others told of, which nobody here can answer. */
export function readPostName(name: string): { network: NetworkName; host: string; id: string } | null {
  const match = /^mention:([a-z0-9-]+):([a-z0-9.-]+)\/([\w-]{1,100})$/.exec(name);
  const network = NETWORKS.find((each) => each === match?.[1]);
  return match && network ? { network, host: match[2]!, id: match[3]! } : null;
}

/** Pause before an account is asked again, in seconds, after so many failures in a row. */
export const pauseAfter = (failures: number, told: number | null): number =>
  Math.max(told ?? 0, failures === 0 ? 60 : Math.min(3600, 60 * 2 ** failures));
