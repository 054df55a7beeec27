/** One drawing: what stands on the table and the colours around it. Drawn on 400 by 400, the table's edge at 268. */
export interface Scene {
  wall: string;
  table: string;
  /** How strong the light behind the thing is, 0 to 1; 0.28 unless told. */
  halo?: number;
  body: string;
}

/** The whole picture as an SVG document. `title` is for those who listen. */
export function picture(scene: Scene, title: string): string {
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 400 400" role="img" aria-label="${attribute(title)}">` +
    `<rect width="400" height="400" fill="${scene.wall}"/>` +
    `<circle cx="200" cy="176" r="138" fill="#fff" opacity="${scene.halo ?? 0.28}"/>` +
    `<path d="M0 268h400v132H0z" fill="${scene.table}"/>` +
    `<path d="M0 268h400v5H0z" fill="#000" opacity=".06"/>${scene.body}</svg>`
  );
}

/** The soft shadow that a thing throws on the table. */
export function shadow(cx: number, cy: number, rx: number, ry = rx / 6): string {
  return `<ellipse cx="${cx}" cy="${cy}" rx="${rx}" ry="${ry}" fill="#000" opacity=".16"/>`;
}

/** A vertical or slanted run of colours, to be used as `url(#id)`. Ids are unique to the drawing: pictures may stand in one page. */
export function gradient(
  id: string,
  stops: [number, string][],
  direction: 'across' | 'down' = 'across',
): string {
  const end = direction === 'across' ? 'x2="1" y2="0"' : 'x2="0" y2="1"';
  const list = stops.map(([at, colour]) => `<stop offset="${at}" stop-color="${colour}"/>`).join('');
  return `<defs><linearGradient id="${id}" x1="0" y1="0" ${end}>${list}</linearGradient></defs>`;
}

/** Three lines of steam above a point. */
export function steam(x: number, y: number, colour = '#fff'): string {
  const line = (dx: number, height: number) =>
    `<path d="M${x + dx} ${y}c-10-${height / 4} 10-${height / 2} 0-${height}" />`;
  return `<g fill="none" stroke="${colour}" stroke-width="6" stroke-linecap="round" opacity=".75">${line(-22, 40)}${line(0, 56)}${line(22, 40)}</g>`;
}

function attribute(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/"/g, '&quot;').replace(/</g, '&lt;');
}
