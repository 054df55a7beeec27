import { expect, test } from 'vitest';
import { newId } from '../../app/ids.ts';

const SHAPE = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

test('ids are uuids of version 7 that carry their moment', () => {
  const id = newId(new Date('2026-05-04T10:00:00.123Z'));
  expect(id).toMatch(SHAPE);
  expect(parseInt(id.replace('-', '').slice(0, 12), 16)).toBe(Date.parse('2026-05-04T10:00:00.123Z'));
});

test('ids of one moment sort in the order in which they were made, and no two are the same', () => {
  const now = new Date('2026-05-04T10:00:00Z');
  const ids = Array.from({ length: 2000 }, () => newId(now));
  expect(ids).toEqual([...ids].sort());
  const many = Array.from({ length: 50_000 }, () => newId(now));
  expect(new Set(many).size).toBe(many.length);
  expect(many.every((id) => SHAPE.test(id))).toBe(true);
});

test('an id of an earlier moment sorts before', () => {
  const [later, earlier] = [newId(new Date(2_000_000_000_000)), newId(new Date(1_000_000_000_000))];
  expect(earlier < later).toBe(true);
});
