/** Paths of the icons that our extensions use, drawn for a 20 × 20 box. */
export const icons: Record<string, string> = {
  check: 'M4.5 10.5l3.7 3.7 7.3-8',
  'check-circle': 'M10 2.5a7.5 7.5 0 100 15 7.5 7.5 0 000-15zM6.8 10.2l2.3 2.3 4.2-4.7',
  clipboard: 'M7 4H5.5v13h9V4H13M7.5 2.5h5v3h-5z',
  delivery:
    'M2.5 5h9v8.5h-9zM11.5 8h3.5l2.5 2.5v3h-6zM5.5 15.5a1 1 0 100-2 1 1 0 000 2zM14.5 15.5a1 1 0 100-2 1 1 0 000 2z',
  discount:
    'M5 15L15 5M6.5 7.7a1.2 1.2 0 100-2.4 1.2 1.2 0 000 2.4zM13.5 14.7a1.2 1.2 0 100-2.4 1.2 1.2 0 000 2.4z',
  email: 'M3 5h14v10H3zM3.3 5.5L10 11l6.7-5.5',
  'gift-card':
    'M3 8h14v9H3zM2.5 5h15v3h-15zM10 5v12M10 5C8 5 6 4.5 6 3.2s3-1 4 1.8c1-2.8 4-3 4-1.8S12 5 10 5',
  external: 'M11.5 3.5h5v5M16.5 3.5L9 11M14.5 11v5.5h-11v-11H9',
  info: 'M10 2.5a7.5 7.5 0 100 15 7.5 7.5 0 000-15zM10 9.2v4.3M10 6.5v.1',
  mobile: 'M6 2.5h8v15H6zM9 15h2',
  settings:
    'M3 6.5h8M15 6.5h2M13 4.5a2 2 0 100 4 2 2 0 000-4zM3 13.5h2M9 13.5h8M7 11.5a2 2 0 100 4 2 2 0 000-4z',
  star: 'M10 2.7l2.2 4.7 5.1.6-3.8 3.5 1 5-4.5-2.5-4.5 2.5 1-5L2.7 8l5.1-.6z',
  'star-filled': 'M10 2.7l2.2 4.7 5.1.6-3.8 3.5 1 5-4.5-2.5-4.5 2.5 1-5L2.7 8l5.1-.6z',
  x: 'M5 5l10 10M15 5L5 15',
};
