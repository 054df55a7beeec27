/** Where it may be noticed that a mail was opened or a link followed, and how links are led through us for that. */

/** Countries where a picture that reports back needs consent of its own, which nobody has asked for (ePrivacy 5(3)). */
const PIXEL_NEEDS_CONSENT = new Set(
  'AT BE BG HR CY CZ DK EE FI FR DE GR HU IE IT LV LT LU MT NL PL PT RO SK SI ES SE IS LI NO GB CH BR'.split(
    ' ',
  ),
);

export interface TrackingFacts {
  settings: { opens: boolean; clicks: boolean };
  country: string | null;
}

/** An unknown country counts as one that wants consent. */
export const mayTrackOpens = ({ settings, country }: TrackingFacts): boolean =>
  settings.opens && country !== null && !PIXEL_NEEDS_CONSENT.has(country);

/** Following a link is the reader's own act, and its address says where it leads first. */
export const mayTrackClicks = ({ settings }: TrackingFacts): boolean => settings.clicks;

/** `href="…"` as filled-in HTML has it. */
const HREF = /href="([^"]*)"/g;
const SCHEMES = /^(https?:\/\/[^\s/]|mailto:|tel:)/i;

const decode = (value: string) =>
  value.replace(/&(?:#(\d+)|amp);/g, (_entity, code) => (code ? String.fromCodePoint(Number(code)) : '&'));
const encode = (value: string) => value.replace(/[&"<>]/g, (char) => `&#${char.charCodeAt(0)};`);

/** The first link that leads nowhere; null when all are whole. */
export function brokenLink(html: string): string | null {
  for (const [, href = ''] of html.matchAll(HREF)) {
    const url = decode(href);
    if (!SCHEMES.test(url)) return url || 'empty';
  }
  return null;
}

/** Every link of the mail that leads away from us goes through `lead`. */
export function ledThrough(html: string, lead: (url: string) => string, ownOrigin: string): string {
  return html.replace(HREF, (whole, href: string) => {
    const url = decode(href);
    if (!/^https?:/i.test(url) || url.startsWith(ownOrigin)) return whole;
    return `href="${encode(lead(url))}"`;
  });
}

/** The picture of one pixel, at the very end. */
export const withPixel = (html: string, url: string): string =>
  html.replace(
    /<\/body>/i,
    `<img src="${encode(url)}" width="1" height="1" alt="" style="display:block;width:1px;height:1px;"></body>`,
  );
