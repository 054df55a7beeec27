/** QR codes as drawings of one path: nothing is fetched, nothing runs. */
import QRCode from 'qrcode';
import { html, type Markup } from './hostedPage.ts';

/** @param label what it is, for those who cannot see it */
export function qrCode(content: string, label: string): Markup {
  const { modules } = QRCode.create(content, { errorCorrectionLevel: 'M' });
  const { size } = modules;
  let path = '';
  for (let y = 0; y < size; y++)
    for (let x = 0; x < size; x++) if (modules.get(y, x)) path += `M${x} ${y}h1v1h-1z`;
  // Four squares of white around it, as readers want.
  return html`<svg
    class="qr"
    viewBox="-4 -4 ${size + 8} ${size + 8}"
    width="180"
    height="180"
    role="img"
    aria-label="${label}"
    shape-rendering="crispEdges"
  >
    <rect x="-4" y="-4" width="${size + 8}" height="${size + 8}" fill="#fff" />
    <path d="${path}" fill="#000" />
  </svg>`;
}
