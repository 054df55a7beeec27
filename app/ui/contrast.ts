/** Colours that merchants choose, made readable (WCAG 2.2 AA). */

/** Black or white, whichever reads better on `color`. */
export function inkOn(color: string): '#ffffff' | '#16181d' {
  return contrast(color, '#ffffff') >= 4.5 ? '#ffffff' : '#16181d';
}

/** `color` as text on white: darkened until it can be read. */
export function readableOnWhite(color: string): string {
  let channels = channelsOf(color);
  while (contrast(hexOf(channels), '#ffffff') < 4.5) channels = channels.map((c) => Math.floor(c * 0.92));
  return hexOf(channels);
}

/** Contrast ratio of two #rrggbb colours, 1…21. */
function contrast(one: string, other: string): number {
  const [dark, light] = [luminance(one), luminance(other)].sort((a, b) => a - b) as [number, number];
  return (light + 0.05) / (dark + 0.05);
}

const channelsOf = (color: string) => [1, 3, 5].map((at) => parseInt(color.slice(at, at + 2), 16));
const hexOf = (channels: number[]) => `#${channels.map((c) => c.toString(16).padStart(2, '0')).join('')}`;

function luminance(color: string): number {
  const [red, green, blue] = channelsOf(color).map((channel) => {
    const part = channel / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  }) as [number, number, number];
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
