/**
 * A merchant's text as HTML: escaped, with bold, links and line breaks, its Liquid untouched. While the mail is being
 * laid out, Liquid is represented by plain words, so that neither escaping nor the layout engine can change it.
 */
import { pieces } from './liquid.ts';

/** Letters that no text contains by accident; a number and an x follow. */
const MARK = 'lqdv7k';

export const escapeHtml = (text: string): string =>
  text.replace(/[&<>"']/g, (char) => `&#${char.charCodeAt(0)};`);

/** Fields that hold what people have written, in lines of their own. */
const PROSE = /^\{\{-?\s*question\.(text|answer)\b/;

/** Holds Liquid back while HTML is made around it. */
export class Keeper {
  #kept: string[] = [];

  /** A word that stands for the Liquid. */
  keep(liquid: string): string {
    this.#kept.push(liquid);
    return `${MARK}${this.#kept.length - 1}x`;
  }

  /** A text's Liquid held back, the rest as it was. */
  #holdBack(source: string): string {
    const safe = source.replaceAll(MARK, '');
    return pieces(safe)
      .map((piece) => (piece.liquid ? this.keep(piece.text) : piece.text))
      .join('');
  }

  /** One line: escaped. For attributes and headings. */
  line(source: string): string {
    return escapeHtml(this.#holdBack(source));
  }

  /** Bold, links and line breaks; a blank line ends a paragraph. */
  paragraphs(source: string): string[] {
    const escaped = escapeHtml(this.#holdBack(source.trim()));
    const safe = escaped.replace(new RegExp(`${MARK}(\\d+)x`, 'g'), (word, index) =>
      PROSE.test(this.#kept[Number(index)]!) ? `<span style="white-space:pre-line;">${word}</span>` : word,
    );
    return safe.split(/\n\s*\n/).map((paragraph) =>
      paragraph
        .replace(/\*\*(\S(?:.*?\S)?)\*\*/gs, '<strong>$1</strong>')
        .replace(/\[([^\]\n]+)\]\(([^)\s]+)\)/g, '<a href="$2">$1</a>')
        .replaceAll('\n', '<br>'),
    );
  }

  /** Puts the Liquid back. */
  restore(html: string): string {
    return html.replace(new RegExp(`${MARK}(\\d+)x`, 'g'), (_word, index) => this.#kept[Number(index)]!);
  }
}

/** The links of a paragraph, as a merchant wrote them. */
export function linksIn(source: string): string[] {
  return [...source.matchAll(/\[[^\]\n]+\]\(([^)\s]*)\)/g)].map((match) => match[1]!);
}

/** The same text where nothing can be bold: links are written out. */
export function plainText(source: string): string {
  return source.replace(/\*\*(\S(?:.*?\S)?)\*\*/gs, '$1').replace(/\[([^\]\n]+)\]\(([^)\s]+)\)/g, '$1: $2');
}
