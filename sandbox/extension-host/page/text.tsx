/** Text, pictures and what tells how things stand. */
import QRCode from 'qrcode';
import type { Drawing, Props } from './base.ts';
import { icons } from './icons.ts';
import { ariaOf, styleSheet, textStyle, TONE } from './styles.ts';

const block = ':host{display:block;min-width:0}';
const TEXT_TAGS: Record<string, string> = {
  strong: 'strong',
  emphasis: 'em',
  small: 'small',
  mark: 'mark',
  redundant: 's',
  address: 'address',
};

/** A spinning ring, used by buttons too. */
export const Ring = () => <span class="ring" role="presentation" />;
export const ringCss = `.ring{display:inline-block;width:1.1em;height:1.1em;border:2px solid currentColor;
border-right-color:transparent;border-radius:50%;animation:ring .8s linear infinite}
@keyframes ring{to{transform:rotate(1turn)}}@media(prefers-reduced-motion:reduce){.ring{animation-duration:4s}}`;

export const text: Record<string, Drawing> = {
  's-text': {
    css: `:host{overflow-wrap:anywhere}strong{font-weight:600}small{font-size:.86em}
address{display:inline;font-style:normal}em{font-style:italic}`,
    draw(_, props) {
      const Tag = (TEXT_TAGS[String(props.type)] ?? 'span') as 'span';
      return (
        <Tag {...ariaOf(props)} style={textStyle(props)}>
          <slot />
        </Tag>
      );
    },
  },
  's-paragraph': {
    css: `${block}p{margin:0;overflow-wrap:anywhere}.small{font-size:.86em}`,
    draw: (_, props) => (
      <p class={props.type === 'small' ? 'small' : ''} style={textStyle(props)}>
        <slot />
      </p>
    ),
  },
  's-badge': {
    css: 'span{display:inline-block;padding:1px 8px;border-radius:999px;background:#eee;font-size:.86em}',
    draw: () => (
      <span>
        <slot />
      </span>
    ),
  },
  's-image': {
    css: `${block}img{display:block;max-width:100%}`,
    draw: (_, props) => (
      <>
        <style>{styleSheet('img', '', props)}</style>
        <img
          src={props.src}
          srcset={props.srcSet}
          sizes={props.sizes}
          alt={props.alt ?? ''}
          loading={props.loading}
          style={`width:${props.inlineSize === 'auto' ? 'auto' : '100%'};aspect-ratio:${props.aspectRatio ?? 'auto'};object-fit:${props.objectFit ?? 'contain'}`}
        />
      </>
    ),
  },
  's-icon': {
    css: ':host{display:inline-flex;vertical-align:-.2em}svg{width:1.25em;height:1.25em}',
    draw: (_, props) => (
      <svg
        viewBox="0 0 20 20"
        fill={/filled/.test(String(props.type)) ? 'currentColor' : 'none'}
        stroke="currentColor"
        stroke-width="1.5"
        stroke-linecap="round"
        stroke-linejoin="round"
        style={`color:${TONE[String(props.tone)] ?? 'inherit'}`}
        aria-hidden="true"
      >
        <path d={icons[String(props.type)] ?? 'M3 3h14v14H3z'} />
      </svg>
    ),
  },
  's-qr-code': {
    css: `${block}img{display:block;width:100%;aspect-ratio:1;background:#fff}.framed{border:1px solid #d6d6d6;
border-radius:8px;padding:8px;background:#fff}.base{width:128px}`,
    draw: (element, props) => (
      <div class={`${props.size === 'fill' ? '' : 'base'} ${props.border === 'none' ? '' : 'framed'}`}>
        <QrCode props={props} onError={() => element.emit('error')} />
      </div>
    ),
  },
  's-spinner': {
    css: ringCss,
    draw: (_, props) => (
      <output aria-label={props.accessibilityLabel ?? 'Loading'}>
        <Ring />
      </output>
    ),
  },
  's-progress': {
    css: `${block}progress{width:100%}`,
    draw: (_, props) => (
      <progress value={props.value} max={props.max ?? 1} aria-label={props.accessibilityLabel} />
    ),
  },
  's-skeleton-paragraph': {
    css: `${block}div{border-radius:4px;background:#ececec;color:transparent;user-select:none;
animation:breathe 1.6s ease-in-out infinite alternate}@keyframes breathe{to{background:#f5f5f5}}
@media(prefers-reduced-motion:reduce){div{animation:none}}`,
    draw: (_, props) => <div aria-hidden="true">{props.content || '\u00a0'}</div>,
  },
  's-banner': {
    css: `${block}.b{display:flex;gap:10px;padding:14px 16px;border:1px solid;border-radius:8px;color:#1a1a1a}
strong{display:block;font-weight:600}`,
    draw(_, props) {
      const tone = TONE[String(props.tone)] ? String(props.tone) : 'info';
      return (
        <div
          class="b"
          role={tone === 'critical' ? 'alert' : 'status'}
          style={`background:color-mix(in srgb,${TONE[tone]} 8%,#fff);border-color:color-mix(in srgb,${TONE[tone]} 35%,#fff)`}
        >
          <div>
            {props.heading && <strong>{props.heading}</strong>}
            <slot />
          </div>
        </div>
      );
    },
  },
};

function QrCode({ props, onError }: { props: Props; onError: () => void }) {
  let modules: { size: number; data: ArrayLike<number> };
  try {
    modules = QRCode.create(String(props.content ?? ''), { errorCorrectionLevel: 'M' }).modules;
  } catch {
    onError();
    return null;
  }
  const { size, data } = modules;
  let path = '';
  for (let i = 0; i < size * size; i++) if (data[i]) path += `M${i % size} ${Math.floor(i / size)}h1v1h-1z`;
  const box = `-1 -1 ${size + 2} ${size + 2}`;
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="${box}" shape-rendering="crispEdges"><path d="${path}"/></svg>`;
  return (
    <img src={`data:image/svg+xml,${encodeURIComponent(svg)}`} alt={props.accessibilityLabel ?? 'QR code'} />
  );
}
