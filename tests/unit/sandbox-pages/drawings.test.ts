// @ts-expect-error jsdom brings no types of its own
import { JSDOM } from 'jsdom';
import { describe, expect, test } from 'vitest';
import { drawing, isDrawn } from '../../../sandbox/pages/drawings/drawings.ts';
import { appMark, icon, shopMark } from '../../../sandbox/pages/drawings/marks.ts';
import { createIds } from '../../../sandbox/state/ids.ts';
import { emptyState } from '../../../sandbox/state/keep.ts';
import { FIRST_SHOP, newShop } from '../../../sandbox/store/new-shop.ts';

const { products } = newShop(FIRST_SHOP, createIds(emptyState(), { salt: 'test' }), '2026-11-22T10:00:00Z');
const parser = new new JSDOM().window.DOMParser();

function parsed(svg: string): Document {
  return parser.parseFromString(svg, 'image/svg+xml');
}

describe('pictures of the products', () => {
  test.each(products.map(({ handle, title }) => [handle, title]))(
    '%s has a drawing of its own',
    (handle, title) => {
      expect(isDrawn(handle!)).toBe(true);
      const picture = parsed(drawing(handle!, title!));
      expect(picture.querySelector('parsererror')?.textContent).toBeUndefined();
      expect(picture.documentElement.getAttribute('aria-label')).toBe(title);
    },
  );

  test('no two products look alike', () => {
    expect(new Set(products.map(({ handle }) => drawing(handle, ''))).size).toBe(products.length);
  });

  test('what nobody drew is a parcel, always in the same colour', () => {
    expect(isDrawn('mystery')).toBe(false);
    expect(drawing('mystery', 'A & B')).toBe(drawing('mystery', 'A & B'));
    expect(drawing('mystery', '')).not.toBe(drawing('another', ''));
    expect(parsed(drawing('mystery', 'A & "B" <C>')).documentElement.getAttribute('aria-label')).toBe(
      'A & "B" <C>',
    );
  });

  test('gradients that a picture points to are in it', () => {
    const pointed = products.flatMap(({ handle }) => {
      const picture = drawing(handle, '');
      return [...picture.matchAll(/url\(#([\w-]+)\)/g)].map(([, id]) => ({ picture, id }));
    });
    expect(pointed).not.toEqual([]);
    expect(pointed.filter(({ picture, id }) => !picture.includes(`id="${id}"`))).toEqual([]);
  });

  test('marks and icons are well-formed', () => {
    for (const svg of [shopMark('linden.myshopify.com'), appMark(), icon('clock'), icon('cart')]) {
      expect(parsed(svg).querySelector('parsererror')).toBeNull();
    }
  });
});
