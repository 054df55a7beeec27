import { readFileSync } from 'node:fs';
import path from 'node:path';
import { hueOf } from './drawings.ts';

/** The app's own icon; nothing of it is drawn twice. */
const FAVICON = readFileSync(path.resolve(import.meta.dirname, '../../../public/favicon.svg'), 'utf8').trim();

/** The shop's mark: a linden leaf, which has the shape of a heart. Each shop has its own colour. */
export function shopMark(domain: string): string {
  const hue = domain.startsWith('linden') ? 128 : hueOf(domain);
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 48 48" width="40" height="40" aria-hidden="true">
    <circle cx="24" cy="24" r="24" fill="hsl(${hue} 30% 32%)"/>
    <path d="M24 39C10 31 8 20 13 15c4-4 9-2 11 2 2-4 7-6 11-2 5 5 3 16-11 24z" fill="hsl(${hue} 42% 84%)"/>
    <path d="M24 9v28M24 22l-6-5M24 22l6-5M24 29l-7-5M24 29l7-5" fill="none" stroke="hsl(${hue} 30% 32%)" stroke-width="1.8" stroke-linecap="round"/></svg>`;
}

/** The app's mark in the admin: two rings, as the app itself serves it. */
export function appMark(): string {
  const size = 'width="20" height="20" aria-hidden="true"';
  return FAVICON.replace('<svg ', `<svg ${size} `);
}

/** Small line drawings of the five doors and of the admin's menu, 20 by 20. */
export function icon(name: keyof typeof LINES): string {
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 20 20" width="20" height="20" fill="none" stroke="currentColor" stroke-width="1.6" stroke-linecap="round" stroke-linejoin="round" aria-hidden="true">${LINES[name]}</svg>`;
}

const LINES = {
  home: '<path d="M3 9.500L10 4l7 5.500V16a1 1 0 0 1-1 1h-3.500v-4.500h-5V17H4a1 1 0 0 1-1-1z"/>',
  store:
    '<path d="M3.5 8l1-4h11l1 4M3.5 8v8.500h13V8M3.5 8a2.2 2.2 0 0 0 4.3 0 2.2 2.2 0 0 0 4.4 0 2.2 2.2 0 0 0 4.3 0M8 16.500v-4h4v4"/>',
  admin: '<path d="M3 4h14v12H3zM3 7.500h14M7.5 7.500V16"/>',
  mail: '<path d="M3 5h14v10.500H3zM3 6l7 5.500L17 6"/>',
  clock: '<circle cx="10" cy="10" r="7"/><path d="M10 6v4.300l2.8 1.7"/>',
  faults: '<path d="M11 2.500L4.5 11.500H9.500L8.5 17.5 15.5 8.500H10.500z"/>',
  orders: '<path d="M4 7l6-3.500L16 7v7l-6 3.500L4 14zM4 7l6 3.500L16 7M10 10.500v7"/>',
  products: '<path d="M10 3H16.500V9.500L9.5 16.5 3.5 10.500z"/><circle cx="13.3" cy="6.3" r="1"/>',
  customers: '<circle cx="10" cy="6.8" r="3"/><path d="M4 16.500c.6-3.5 3-5 6-5s5.4 1.5 6 5"/>',
  discounts:
    '<path d="M5.5 14.500l9-9"/><circle cx="6.5" cy="6.5" r="1.8"/><circle cx="13.5" cy="13.5" r="1.8"/>',
  settings:
    '<path d="M3 6h9M15 6h2M3 14h2M8 14h9"/><circle cx="13.5" cy="6" r="1.7"/><circle cx="6.5" cy="14" r="1.7"/>',
  cart: '<path d="M2.5 4h2l2 9h8.500l1.8-6.500H5.2"/><circle cx="7.5" cy="16" r="1.2"/><circle cx="13.8" cy="16" r="1.2"/>',
  search: '<circle cx="9" cy="9" r="5.5"/><path d="M13.2 13.200L17 17"/>',
  menu: '<path d="M3 5.500h14M3 10h14M3 14.500h14"/>',
  phone: '<path d="M6 2.500h8v15H6zM9 15h2"/>',
};

/** The shop's mark as the icon of a tab. */
export function tabIcon(domain: string): string {
  return `data:image/svg+xml,${encodeURIComponent(shopMark(domain).replace(/\s+/g, ' '))}`;
}
