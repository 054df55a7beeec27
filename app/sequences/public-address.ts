/**
 * Which addresses everybody can reach, so that nobody has the app knock at doors inside its own network (SSRF). Names say
 * nothing about that: what counts is the address that is connected to.
 */
import ipaddr from 'ipaddr.js';

/** All of IPv6 that is given out for the public net; mapped, translated and site-local forms lie outside. */
const GLOBAL_UNICAST = ipaddr.IPv6.parseCIDR('2000::/3');

/** @param address as a resolver or a URL writes it: four decimal numbers, or IPv6 without brackets */
export function isPublicAddress(address: string): boolean {
  if (ipaddr.IPv4.isValidFourPartDecimal(address)) return ipaddr.IPv4.parse(address).range() === 'unicast';
  if (!ipaddr.IPv6.isValid(address)) return false;
  const parsed = ipaddr.IPv6.parse(address);
  return !parsed.zoneId && parsed.match(GLOBAL_UNICAST) && parsed.range() === 'unicast';
}

/** Names that a local network keeps for itself: RFC 6761, 6762, 8375, 9476 and the ones of clouds. */
const LOCAL_NAME = /(^|\.)(localhost|local|internal|intranet|lan|home\.arpa|onion|alt)\.?$/;

/** The address that a URL's host is, as `new URL` has read it (octal, hexadecimal and short forms included). */
function literalOf({ hostname }: URL): string | null {
  const bare = hostname.startsWith('[') ? hostname.slice(1, -1) : hostname;
  return ipaddr.isValid(bare) ? bare : null;
}

/** What can be said against an address without asking a resolver; null: nothing. */
export function objectionTo(
  text: string,
  isPublic: (address: string) => boolean = isPublicAddress,
): 'not-https' | 'with-password' | 'not-public' | null {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url?.protocol !== 'https:') return 'not-https';
  if (url.username !== '' || url.password !== '') return 'with-password';
  const literal = literalOf(url);
  if (literal !== null) return isPublic(literal) ? null : 'not-public';
  return LOCAL_NAME.test(url.hostname) || !url.hostname.replace(/\.$/, '').includes('.')
    ? 'not-public'
    : null;
}
