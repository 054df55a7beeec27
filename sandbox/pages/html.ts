/** A piece of HTML that may be put into other HTML as it is. */
export class Markup {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }

  toString(): string {
    return this.text;
  }
}

/** What a template takes: text is escaped, markup is not, lists are joined, `null`, `undefined` and `false` vanish. */
export type Piece = Markup | string | number | bigint | boolean | null | undefined | readonly Piece[];

const ESCAPES: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Text made safe for HTML, in elements and in quoted attributes. */
function escape(text: string): string {
  return text.replace(/[&<>"']/g, (character) => ESCAPES[character] ?? character);
}

/**
 * A template that escapes by default: `` html`<p title="${title}">${name}</p>` ``.
 * Attributes must be quoted; the text of scripts and of style sheets must come by {@link json} or {@link raw}.
 */
export function html(strings: TemplateStringsArray, ...pieces: Piece[]): Markup {
  let text = strings[0] ?? '';
  pieces.forEach((piece, index) => {
    text += render(piece) + (strings[index + 1] ?? '');
  });
  return new Markup(text);
}

/** Text that is HTML already, such as a drawing. Never for anything a person typed. */
export function raw(text: string): Markup {
  return new Markup(text);
}

/** A value for a `<script type="application/json">` element: cannot close the element it stands in. */
export function json(value: unknown): Markup {
  return new Markup(JSON.stringify(value).replace(/</g, '\\u003c').replace(/-->/g, '--\\u003e'));
}

function render(piece: Piece): string {
  if (piece === null || piece === undefined || piece === false || piece === true) return '';
  if (piece instanceof Markup) return piece.text;
  if (typeof piece === 'string') return escape(piece);
  if (typeof piece === 'number' || typeof piece === 'bigint') return String(piece);
  return piece.map(render).join('');
}
