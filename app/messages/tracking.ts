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
const WEB = /^https?:/i;

const decode = (value: string) =>
  value.replace(/&(?:#(\d+)|amp);/g, (_entity, code) => (code ? String.fromCodePoint(Number(code)) : '&'));
const encode = (value: string) => value.replace(/[&"<>]/g, (char) => `&#${char.charCodeAt(0)};`);

export interface Leading {
  /** Null: links lead where they say. */
  lead: ((url: string) => string) | null;
  /** Links that begin so are ours already. */
  ownOrigin: string;
}

/** All links of a mail, looked at once: what leads away from us goes through `lead`; `broken` is one that leads nowhere. */
export function withLinks(html: string, { lead, ownOrigin }: Leading): { html: string } | { broken: string } {
  let broken: string | null = null;
  const led = html.replace(HREF, (whole, href: string) => {
    const url = decode(href);
    if (!SCHEMES.test(url)) broken ??= url || 'empty';
    else if (lead && WEB.test(url) && !url.startsWith(ownOrigin)) return `href="${encode(lead(url))}"`;
    return whole;
  });
  return broken === null ? { html: led } : { broken };
}

/** The picture of one pixel, at the very end. */
export const withPixel = (html: string, url: string): string =>
  html.replace(
    /<\/body>/i,
    `<img src="${encode(url)}" width="1" height="1" alt="" style="display:block;width:1px;height:1px;"></body>`,
  );
