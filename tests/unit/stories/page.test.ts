/** The page of somebody's stories, as its HTML says it: what is asked comes first, and nothing is granted by itself. */
import { expect, test } from 'vitest';
import { shopSettingsSchema } from '../../../app/shops/settings.ts';
import { storyPageResponse } from '../../../app/ui/storyPage.ts';

type Shown = Parameters<typeof storyPageResponse>[0];
type Story = NonNullable<Shown['page']>['mine'][number];

const now = new Date('2026-05-20T12:00:00Z');
const shop = {
  id: 1n,
  domain: 'leaf.example',
  name: 'Leaf',
  locale: 'en',
  timeZone: 'Europe/Berlin',
  settings: shopSettingsSchema.parse({}),
} as unknown as Shown['shop'];

const story = (id: string, more: Partial<Story> = {}): Story => ({
  id,
  customerId: 'c',
  orderId: null,
  productId: null,
  kind: 'interview',
  title: null,
  text: null,
  answers: [{ question: 'When do you reach for it?', answer: `Answer of ${id}` }],
  files: [],
  name: null,
  locale: 'de',
  state: 'new',
  rights: 'granted',
  uses: ['shop-page'],
  askedUses: [],
  rightsUntil: null,
  rightsAt: now,
  articleId: null,
  at: now,
  shownAt: null,
  ...more,
});

const drawn = (...mine: Story[]) =>
  storyPageResponse({
    shop,
    page: { customerId: 'c', locale: 'de', firstName: 'Ana', product: null, mine },
    form: 'photos',
    state: 'form',
    uploadToken: 't',
    origin: 'https://f.test',
    now,
  }).text();

test('what was granted until a day stays chosen; what has run out is chosen anew', async () => {
  const chosen = (html: string) =>
    [...html.matchAll(/<option value="(\w+)"\s+selected/g)].map(([, value]) => value);
  expect(chosen(await drawn(story('a', { rightsUntil: new Date('2027-05-20T12:00:00Z') })))).toEqual([
    'open',
    'keep',
  ]);
  expect(await drawn(story('a', { rightsUntil: new Date('2027-05-20T12:00:00Z') }))).toContain(
    'Bis 20.05.2027, wie bisher',
  );
  expect(chosen(await drawn(story('a', { rightsUntil: new Date('2026-05-19T12:00:00Z') })))).toEqual([
    'open',
    'open',
  ]);
  expect(chosen(await drawn(story('a')))).toEqual(['open', 'open']);
});

test('who was asked something finds that story first, with its questions in their language', async () => {
  const html = await drawn(story('new'), story('asked', { rights: 'asked', askedUses: ['ads'] }));
  expect(html.indexOf('Answer of asked')).toBeLessThan(html.indexOf('Answer of new'));
  expect(html).toContain('<p class="words"><strong>Wann greifen Sie dazu?</strong><br />Answer of asked</p>');
});
