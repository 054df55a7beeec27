import type { PageRequest } from '../../types.ts';
import { html, type Markup } from '../html.ts';

const SIZE = 40;

/** One page of a long list. */
export function pageOf<Row>(
  all: Row[],
  request: PageRequest,
): { rows: Row[]; page: number; last: number; total: number } {
  const last = Math.max(1, Math.ceil(all.length / SIZE));
  const page = Math.min(last, Math.max(1, Number(request.query.get('page')) || 1));
  return { rows: all.slice((page - 1) * SIZE, page * SIZE), page, last, total: all.length };
}

export function pager(
  place: { page: number; last: number; total: number },
  request: PageRequest,
): Markup | null {
  const { page, last, total } = place;
  if (last === 1) return null;
  const to = (number: number) => {
    const query = new URLSearchParams(request.query);
    query.set('page', String(number));
    return `${request.url.pathname}?${query}`;
  };
  return html`<nav class="toolbar" aria-label="Pages">
    ${page > 1 ? html`<a class="button" href="${to(page - 1)}">Newer</a>` : ''}
    <span class="quiet"
      >${(page - 1) * SIZE + 1}–${Math.min(page * SIZE, total)} of ${total.toLocaleString('en')}</span
    >
    ${page < last ? html`<a class="button" href="${to(page + 1)}">Older</a>` : ''}
  </nav>`;
}

/** A search field above a list; it asks by GET, so that the address can be kept. */
export function searchBar(label: string, request: PageRequest): Markup {
  return html`<div class="toolbar">
    <form method="get" role="search">
      <label class="hidden" for="query">${label}</label>
      <input
        id="query"
        name="query"
        type="search"
        placeholder="${label}"
        value="${request.query.get('query') ?? ''}"
      />
      <button>Search</button>
    </form>
  </div>`;
}
