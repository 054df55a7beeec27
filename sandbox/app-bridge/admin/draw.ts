/** Attributes are text; what is neither (listeners) must be a property. */
type Given = string | number | boolean | null | undefined | ((event: never) => unknown);
type Child = Node | string | null | undefined | false;

/** One element with properties (`onclick`, `className`), attributes (anything with a dash, `role`, `for`) and children. */
export function draw<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  given: Record<string, Given> = {},
  ...children: Child[]
): HTMLElementTagNameMap[Tag] {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(given)) {
    if (value === undefined || value === null || value === false) continue;
    if (name in element) Object.assign(element, { [name]: value });
    else if (typeof value !== 'function') element.setAttribute(name, String(value));
  }
  element.append(
    ...children.filter(
      (child): child is Node | string => child !== null && child !== undefined && child !== false,
    ),
  );
  return element;
}

/** An element of the page that must be there. */
export function part<Element extends HTMLElement = HTMLElement>(id: string): Element {
  const element = document.getElementById(id);
  if (!element) throw new Error(`The admin page has no #${id}`);
  return element as Element;
}
