/** Elements that place others. */
import type { Drawing, SElement } from './base.ts';
import { ariaOf, styleSheet } from './styles.ts';

const block = ':host{display:block;min-width:0}';

/** A box that takes all layout properties, with its own way of laying out. */
function box(display: string): Drawing {
  return {
    css: block,
    draw: (_, props) => (
      <>
        <style>{styleSheet('.b', `display:${display};`, props)}</style>
        <div {...ariaOf(props)}>
          <slot />
        </div>
      </>
    ),
  };
}

/** How many sections stand around an element: headings step down by themselves. */
function depth(element: Element): number {
  const outer = element.parentElement?.closest('s-section');
  return outer ? 1 + depth(outer) : 0;
}
const headingTag = (level: number) => `h${Math.min(2 + level, 5)}` as 'h2';

const headingCss = `${block}h2,h3,h4,h5{margin:0;font-weight:600;line-height:1.35;overflow-wrap:anywhere}
h2{font-size:1.15em}h3{font-size:1.05em}h4{font-size:1em}h5{font-size:.93em}`;

export const layout: Record<string, Drawing> = {
  's-box': box('block'),
  's-stack': box('flex;flex-direction:column'),
  's-grid': box('grid'),
  's-grid-item': {
    ...box('block'),
    draw(element, props) {
      element.style.gridColumn = props.gridColumn ?? '';
      element.style.gridRow = props.gridRow ?? '';
      return box('block').draw(element, props);
    },
  },
  's-scroll-box': box('block;overflow:auto'),
  's-query-container': {
    css: ':host{display:block;container-type:inline-size;container-name:s-default}',
    draw(element, props) {
      element.style.containerName = props.containerName ? `s-default ${props.containerName}` : '';
      return <slot />;
    },
  },
  's-page': {
    css: `${block}h1{margin:0 0 16px;font-size:24px}p{margin:-8px 0 16px;color:#666}`,
    draw: (_, props) => (
      <>
        {props.heading && <h1>{props.heading}</h1>}
        {props.subheading && <p>{props.subheading}</p>}
        <slot />
      </>
    ),
  },
  's-section': {
    css: `${headingCss}h2,h3,h4,h5{margin-bottom:12px}`,
    draw(element, props) {
      const Heading = headingTag(depth(element));
      return (
        <section aria-label={props.accessibilityLabel ?? props.heading}>
          {props.heading && <Heading>{props.heading}</Heading>}
          <slot />
        </section>
      );
    },
  },
  's-admin-block': {
    css: `${headingCss}h2{margin-bottom:12px}`,
    draw: (_, props) => (
      <section aria-label={props.heading}>
        {props.heading && <h2>{props.heading}</h2>}
        <slot />
      </section>
    ),
  },
  's-divider': { css: `${block}hr{border:0;border-top:1px solid #d6d6d6;margin:0}`, draw: () => <hr /> },
  's-heading': {
    css: headingCss,
    draw(element: SElement, props) {
      const Heading = headingTag(depth(element));
      const hidden = props.accessibilityRole === 'presentation' || props.accessibilityRole === 'none';
      return (
        <Heading role={hidden ? 'presentation' : undefined}>
          <slot />
        </Heading>
      );
    },
  },
  's-unordered-list': {
    css: `${block}ul{margin:0;padding-inline-start:1.2em}`,
    draw: () => (
      <ul>
        <slot />
      </ul>
    ),
  },
  's-ordered-list': {
    css: `${block}ol{margin:0;padding-inline-start:1.4em}`,
    draw: () => (
      <ol>
        <slot />
      </ol>
    ),
  },
  's-list-item': {
    css: ':host{display:list-item}',
    draw: () => <slot />,
    connected: (element) => element.setAttribute('role', 'listitem'),
  },
  's-details': {
    css: `${block}summary{cursor:pointer;display:flex;align-items:center;gap:8px;list-style:none;min-height:24px}
summary::-webkit-details-marker{display:none}
summary::before{content:'';flex:none;width:.45em;height:.45em;border:solid currentColor;border-width:0 1.5px 1.5px 0;
transform:rotate(-45deg);transition:transform .15s}[open]>summary::before{transform:rotate(45deg)}.body{padding-top:12px}`,
    draw: (element, props) => (
      <details
        open={props.open ?? element.local.open ?? props.defaultOpen}
        onToggle={(event) => {
          const { open } = event.currentTarget as HTMLDetailsElement;
          element.local.open = open;
          element.emit('toggle', { open });
        }}
      >
        {/* oxlint-disable-next-line jsx-a11y/control-has-associated-label -- the slot has the text */}
        <summary>
          <slot name="summary" />
        </summary>
        <div class="body">
          <slot />
        </div>
      </details>
    ),
  },
  's-summary': {
    draw: () => <slot />,
    connected: (element) => {
      element.slot = 'summary';
    },
  },
};
