import type { PickItems, PickResources } from '../protocol.ts';
import { open } from './dialog.ts';
import { draw } from './draw.ts';

/** A row of a picker. `value` is what the app gets when it is chosen. */
interface Row {
  id: string;
  heading: string;
  details: string[];
  badges: string[];
  image: string | null;
  disabled: boolean;
  value: unknown;
}

interface Picker {
  heading: string;
  multiple: boolean | number | undefined;
  columns: string[];
  chosen: string[];
  action: string;
  query: string;
  rows(query: string): Promise<Row[]>;
}

/** The dialog of `shopify.resourcePicker`, over the sandbox's own products, variants, collections and customers. */
export function pickResources(options: PickResources, shop: string): Promise<unknown[] | undefined> {
  const kind = options.type === 'variant' ? 'product variant' : options.type;
  const many = options.multiple === true || (typeof options.multiple === 'number' && options.multiple > 1);
  return pick({
    heading: `${options.action === 'select' ? 'Select' : 'Add'} ${kind}${many ? 's' : ''}`,
    multiple: options.multiple,
    columns: [],
    chosen: (options.selectionIds ?? []).map(({ id }) => id),
    action: options.action === 'select' ? 'Select' : 'Add',
    query: options.query ?? '',
    async rows(query) {
      const { draft = true, archived = true, query: hidden = '' } = options.filter ?? {};
      const search = new URLSearchParams({ shop, type: options.type, query, filter: hidden });
      if (!draft) search.set('draft', '0');
      if (!archived) search.set('archived', '0');
      return (await (await fetch(`/admin/data/resources?${search}`)).json()) as Row[];
    },
  });
}

/** The dialog of `shopify.picker`, over the app's own items; answers ids. */
export function pickItems(options: PickItems): Promise<unknown[] | undefined> {
  const rows = options.items.map((item) => ({
    id: item.id,
    heading: item.heading,
    details: (item.data ?? []).map((each) => (each === undefined ? '' : String(each))),
    badges: (item.badges ?? []).map(({ content }) => content),
    image: item.thumbnail?.url ?? null,
    disabled: item.disabled ?? false,
    value: item.id,
  }));
  return pick({
    heading: options.heading,
    multiple: options.multiple,
    columns: (options.headers ?? []).map(({ content }) => content ?? ''),
    chosen: options.items.filter(({ selected }) => selected).map(({ id }) => id),
    action: 'Select',
    query: '',
    rows: (query) =>
      Promise.resolve(rows.filter((row) => row.heading.toLowerCase().includes(query.toLowerCase()))),
  });
}

/** What is chosen so far, and how much may be. */
interface Choice {
  chosen: Set<string>;
  limit: number;
  /** Every row that was ever shown: what is chosen may be on no page of the present search. */
  known: Map<string, Row>;
}

function pick(picker: Picker): Promise<unknown[] | undefined> {
  return new Promise((resolve) => {
    const limit = picker.multiple === true ? Infinity : Number(picker.multiple || 1);
    const choice: Choice = { chosen: new Set(picker.chosen), limit, known: new Map() };
    const dialog = open(picker.heading, () => resolve(undefined));
    const list = draw('ul', { className: 'picker-rows', 'aria-label': picker.heading });
    const count = draw('span', { role: 'status' });
    const done = draw('button', { type: 'button', className: 'primary' }, picker.action);
    const { query } = picker;
    const search = draw('input', {
      type: 'search',
      placeholder: 'Search',
      value: query,
      'aria-label': 'Search',
    });
    const changed = () => {
      reflect(list, choice);
      count.textContent = `${choice.chosen.size}${limit === Infinity ? '' : `/${limit}`} selected`;
      done.disabled = choice.chosen.size === 0 && picker.chosen.length === 0;
    };
    search.oninput = () => void fill(list, picker, search, choice, changed);
    done.onclick = () => {
      resolve([...choice.chosen].flatMap((id) => choice.known.get(id)?.value ?? []));
      dialog.close();
    };
    dialog.classList.add('picker');
    dialog.append(
      draw('div', { className: 'picker-search' }, search),
      picker.columns.length ? draw('p', { className: 'picker-columns' }, picker.columns.join(' · ')) : '',
      list,
      draw(
        'footer',
        {},
        count,
        draw('button', { type: 'button', onclick: () => dialog.close() }, 'Cancel'),
        done,
      ),
    );
    search.focus();
    void picker.rows('').then((rows) => rows.forEach((row) => choice.known.set(row.id, row)));
    void fill(list, picker, search, choice, changed);
  });
}

/** Shows what fits the search; an answer that comes after the next letter is dropped. */
async function fill(
  list: HTMLElement,
  picker: Picker,
  search: HTMLInputElement,
  choice: Choice,
  changed: () => void,
): Promise<void> {
  const query = search.value;
  const rows = await picker.rows(query);
  if (query !== search.value) return;
  for (const row of rows) choice.known.set(row.id, row);
  const drawn = rows.map((row) =>
    drawRow(row, choice.limit === 1, choice.chosen.has(row.id), (on) => {
      toggle(choice, row, on);
      changed();
    }),
  );
  const nothing = query ? `Nothing found for “${query}”` : 'Nothing to choose from';
  list.replaceChildren(...(drawn.length ? drawn : [draw('li', { className: 'empty' }, nothing)]));
  changed();
}

function toggle({ chosen, limit }: Choice, row: Row, on: boolean): void {
  if (on && limit === 1) chosen.clear();
  if (on && chosen.size < limit) chosen.add(row.id);
  if (!on) chosen.delete(row.id);
}

/** Boxes as the choice has them; once it is full, the others cannot be ticked. */
function reflect(list: HTMLElement, { chosen, limit, known }: Choice): void {
  const full = limit > 1 && chosen.size >= limit;
  for (const box of list.querySelectorAll<HTMLInputElement>('input')) {
    box.checked = chosen.has(box.value);
    box.disabled = known.get(box.value)?.disabled === true || (full && !box.checked);
  }
}

function drawRow(row: Row, single: boolean, checked: boolean, toggle: (on: boolean) => void): HTMLElement {
  const box = draw('input', {
    type: single ? 'radio' : 'checkbox',
    name: 'picked',
    value: row.id,
    checked,
    disabled: row.disabled,
  });
  box.onchange = () => toggle(box.checked);
  return draw(
    'li',
    {},
    draw(
      'label',
      {},
      box,
      row.image ? draw('img', { src: row.image, alt: '', width: 40, height: 40 }) : null,
      draw(
        'span',
        { className: 'picker-name' },
        row.heading,
        ...row.badges.map((badge) => draw('span', { className: 'badge' }, badge)),
      ),
      ...row.details.map((detail) => draw('span', { className: 'picker-detail' }, detail)),
    ),
  );
}
