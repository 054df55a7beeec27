/** Turns the keywords of layout properties into CSS. The scale is ours: Shopify's depends on the merchant's branding. */
import type { Props } from './base.ts';

const SPACE: Record<string, string> = {
  none: '0',
  'small-500': '2px',
  'small-400': '4px',
  'small-300': '6px',
  'small-200': '8px',
  'small-100': '12px',
  small: '12px',
  base: '16px',
  large: '20px',
  'large-100': '20px',
  'large-200': '24px',
  'large-300': '32px',
  'large-400': '40px',
  'large-500': '48px',
};
const RADIUS: Record<string, string> = {
  none: '0',
  'small-100': '3px',
  small: '4px',
  base: '8px',
  large: '12px',
  'large-100': '16px',
  max: '999px',
};
const WIDTH: Record<string, string> = {
  none: '0',
  base: '1px',
  large: '2px',
  'large-100': '3px',
  'large-200': '4px',
};
const BACKGROUND: Record<string, string> = { base: '#fff', subdued: '#f6f6f7', transparent: 'transparent' };

/** Colour of each tone, dark enough for text on white. */
export const TONE: Record<string, string> = {
  info: '#1166c8',
  success: '#0a7a3c',
  warning: '#8a5a00',
  critical: '#b3261e',
  neutral: '#333',
  custom: '#1166c8',
};

type Translate = (value: string) => [name: string, value: string][];

const same =
  (name: string, scale: Record<string, string> = {}): Translate =>
  (value) => [[name, scaled(value, scale)]];
const kebab = (name: string) => name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
const scaled = (value: string, scale: Record<string, string>) =>
  value
    .split(' ')
    .map((word) => scale[word] ?? word)
    .join(' ');

const TRANSLATE: Record<string, Translate> = {
  padding: same('padding', SPACE),
  gap: same('gap', SPACE),
  rowGap: same('row-gap', SPACE),
  columnGap: same('column-gap', SPACE),
  background: same('background', BACKGROUND),
  borderWidth: same('border-width', WIDTH),
  borderStyle: same('border-style'),
  borderRadius: same('border-radius', RADIUS),
  overflow: same('overflow'),
  direction: (value) => [
    ['flex-direction', value === 'inline' ? 'row' : 'column'],
    ['flex-wrap', value === 'inline' ? 'wrap' : 'nowrap'],
  ],
  border(value) {
    const [width = 'base', , style = 'solid'] = value.split(' ');
    return value === 'none' ? [['border', '0']] : [['border', `${WIDTH[width] ?? '1px'} ${style} #d6d6d6`]];
  },
};
for (const side of ['Block', 'BlockStart', 'BlockEnd', 'Inline', 'InlineStart', 'InlineEnd']) {
  TRANSLATE[`padding${side}`] = same(kebab(`padding${side}`), SPACE);
}
for (const name of [
  'blockSize',
  'inlineSize',
  'minBlockSize',
  'minInlineSize',
  'maxBlockSize',
  'maxInlineSize',
  'alignItems',
  'alignContent',
  'justifyContent',
  'justifyItems',
  'placeItems',
  'placeContent',
  'gridTemplateColumns',
  'gridTemplateRows',
  'gridColumn',
  'gridRow',
]) {
  TRANSLATE[name] = same(kebab(name));
}

/**
 * A style sheet for `selector` from an element's properties. Responsive values
 * (`@container (inline-size > 480px) one, other`) become container queries; as at Shopify, they take their second
 * value where no `s-query-container` stands around them.
 */
export function styleSheet(selector: string, base: string, props: Props): string {
  let plain = base;
  let conditional = '';
  for (const [name, translate] of Object.entries(TRANSLATE)) {
    const given = props[name] as string | number | undefined;
    if (given === undefined || given === '') continue;
    const { condition, met, otherwise } = readResponsive(String(given));
    plain += declarations(translate(otherwise));
    if (condition) conditional += `@container ${condition}{${selector}{${declarations(translate(met))}}}`;
  }
  return `${selector}{${plain}}${conditional}${hostDisplay(props.display)}`;
}

/** What is not displayed takes no place: the element itself goes, not only what it draws. */
function hostDisplay(display = 'auto'): string {
  const { condition, met, otherwise } = readResponsive(display);
  const rule = (value: string) => `:host{display:${value === 'none' ? 'none' : 'block'}!important}`;
  if (condition) return `${rule(otherwise)}@container ${condition}{${rule(met)}}`;
  return otherwise === 'none' ? rule('none') : '';
}

function declarations(list: [string, string][]): string {
  return list.map(([name, value]) => `${name}:${value};`).join('');
}

function readResponsive(value: string): { condition?: string; met: string; otherwise: string } {
  const match = /^@container\s+([\w-]+\s+)?(\(.+?\))\s+([^,]+),\s*(.+)$/.exec(value);
  if (!match) return { met: value, otherwise: value };
  const [, name = 's-default ', query, met, otherwise] = match as unknown as string[];
  return { condition: `${name}${query}`, met: met!, otherwise: otherwise! };
}

const ROLES: Record<string, string> = {
  main: 'main',
  header: 'banner',
  footer: 'contentinfo',
  section: 'region',
  aside: 'complementary',
  navigation: 'navigation',
  'ordered-list': 'list',
  'unordered-list': 'list',
  'list-item': 'listitem',
  separator: 'separator',
  status: 'status',
  alert: 'alert',
  none: 'none',
  presentation: 'none',
};

/** ARIA attributes that the accessibility properties stand for. */
export function ariaOf(props: Props): Record<string, string | undefined> {
  return {
    role: ROLES[String(props.accessibilityRole)],
    'aria-label': props.accessibilityLabel,
    'aria-hidden': props.accessibilityVisibility === 'hidden' ? 'true' : undefined,
    class: props.accessibilityVisibility === 'exclusive' ? 'b hide' : 'b',
  };
}

/** Colour and alignment of text elements. */
export function textStyle(props: Props): string {
  const colour = TONE[String(props.tone)] ?? (props.color === 'subdued' ? '#6b6b6b' : 'inherit');
  return `color:${colour}${props.textAlign ? `;text-align:${props.textAlign}` : ''}`;
}
