/** The friend's code that stands in the address of a page of the shop. */

const LINK = /\/(?:apps\/friends|discount)\/([^/?#]{3,60})(?:[?#]|$)/;
/** What a friend's link leaves in the shop's address: app/referrals/links.ts. Whoever reads it here believes it as a code. */
const VISIT = /[?&]friend=([\w-]{20,600})\.[\w-]+(?:[&#]|$)/;

/** A friend's link, a link with a discount, or the page that a friend's link led to; null for any other. */
export function codeInLink(landing: string | null): string | null {
  const [, code = ''] = LINK.exec(landing ?? '') ?? [];
  try {
    return decodeURIComponent(code) || codeInVisit(landing ?? '');
  } catch {
    return null;
  }
}

function codeInVisit(landing: string): string | null {
  const [, body] = VISIT.exec(landing) ?? [];
  if (!body) return null;
  const { c: code } = JSON.parse(Buffer.from(body, 'base64url').toString()) as { c?: unknown };
  return typeof code === 'string' && code.length <= 60 ? code : null;
}
