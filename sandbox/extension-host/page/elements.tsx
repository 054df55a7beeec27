/** Registers every `s-*` element that Shopify's surfaces have; those without a drawing say so on the page. */
import tables from '../elements/elements.json';
import type { ElementTable } from '../protocol.ts';
import { actions } from './actions.tsx';
import { define, type Drawing } from './base.ts';
import { fields } from './fields.tsx';
import { layout } from './layout.tsx';
import { text } from './text.tsx';

const drawings: Record<string, Drawing> = { ...layout, ...text, ...actions, ...fields };

export function defineElements(): void {
  const { admin, checkout, 'customer-account': account } = tables.surfaces;
  const all: ElementTable = merged(merged(admin, checkout), account);
  for (const [tag, spec] of Object.entries(all)) define(tag, spec, drawings[tag] ?? undrawn(tag));
}

/** A page defines an element once: with the properties of every surface that has it. */
function merged(table: ElementTable, more: ElementTable): ElementTable {
  const both = Object.entries(more).map(([tag, spec]) => [
    tag,
    { ...spec, props: { ...table[tag]?.props, ...spec.props } },
  ]);
  return { ...table, ...(Object.fromEntries(both) as ElementTable) };
}

const undrawn = (tag: string): Drawing => ({
  css: ':host{display:block;border:1px dashed #999;padding:6px;color:#6b6b6b;font-size:12px}',
  draw: () => (
    <>
      {`<${tag}> is not drawn by the sandbox `}
      <slot />
    </>
  ),
});
