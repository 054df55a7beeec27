import { expect, test } from 'vitest';
import { galleryItem } from '../../../app/ui/galleryView.ts';

const file = (kind: 'picture' | 'video', name: string) => ({
  role: kind,
  file: {
    shopId: 1n,
    id: name,
    name: name.repeat(32),
    kind,
    ending: kind === 'video' ? 'mp4' : 'jpg',
    width: 640,
    height: 480,
    widths: kind === 'video' ? [] : [320, 640],
    bytes: 1,
  },
});

const story = {
  id: 's1',
  customerId: 'c1',
  orderId: 5n,
  productId: null,
  kind: 'video',
  title: null,
  text: 'x'.repeat(700),
  answers: [],
  files: [file('picture', 'a'), file('video', 'b')],
  name: 'Ana',
  locale: 'de',
  state: 'shown',
  rights: 'granted',
  uses: ['shop-page'],
  askedUses: [],
  rightsUntil: null,
  rightsAt: null,
  articleId: null,
  at: new Date(0),
  shownAt: new Date(0),
} as unknown as Parameters<typeof galleryItem>[0];

test('the theme gets what it draws, and nothing of whose it is', () => {
  const item = galleryItem(story, 'https://f.test');
  expect(Object.keys(item).sort()).toEqual(['caption', 'id', 'kind', 'name', 'photos', 'title', 'videos']);
  expect(item.photos).toEqual([
    {
      role: 'picture',
      src: `https://f.test/files/${'a'.repeat(32)}/640.jpg`,
      srcset: `https://f.test/files/${'a'.repeat(32)}/320.jpg 320w, https://f.test/files/${'a'.repeat(32)}/640.jpg 640w`,
      width: 640,
      height: 480,
    },
  ]);
  expect(item.videos).toEqual([`https://f.test/files/${'b'.repeat(32)}/video.mp4`]);
  expect(item.caption).toHaveLength(601);
  const talk = { ...story, text: null, answers: [{ question: 'Why?', answer: 'So.' }] };
  expect(galleryItem(talk, 'https://f.test').caption).toBe('Why?\nSo.');
});
