import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { AdvocateView } from '../../../app/referrals/advocate.ts';
import { all, find, openPage, text, type ExtensionPage } from './extension-page.ts';

const view: AdvocateView = {
  language: 'de',
  title: 'Laden Sie Freunde ein, Ana',
  invitation: {
    code: 'ANA-7K4XR2',
    link: 'https://leaf.example/apps/friends/ANA-7K4XR2',
    offer: 'Ihre Freunde bekommen 15 % Rabatt.',
    share: { whatsapp: 'https://wa.me/?text=x', email: 'mailto:?subject=x', text: 'sms:?&body=x' },
    copy: '15 % Rabatt mit ANA-7K4XR2',
    next: 'Noch eine Person.',
  },
  without: 'nichts',
  friends: [
    {
      name: 'Ben',
      day: '3. Mai 2026',
      standing: 'Wird geprüft',
      isGood: false,
      why: ['Dieselbe Adresse.', 'Der Shop sieht sie sich an.'],
      gets: 'Für Sie: 10 € Rabatt',
      appeal: null,
      appealed: null,
    },
  ],
  noFriends: 'Noch niemand.',
  given: [{ text: '10 € Rabatt', code: 'THANKS-1', until: 'bis 3. Mai 2027', state: null }],
  words: { code: 'Ihr Code', link: 'Ihr Link', share: 'Senden', friends: 'Wer kam', given: 'Bekommen' },
  disclosure: 'Sie bekommen etwas.',
};

let page: ExtensionPage;
beforeEach(() => {
  page = openPage('customer-account.page.render');
});
afterEach(() => {
  page.tearDown();
  vi.useRealTimers();
});

test('shows what the app says, in one call: code, ways to send, friends with reasons, what was earned', async () => {
  page.answers = [view];
  await page.render();
  await vi.waitFor(() => expect(text()).toContain('ANA-7K4XR2'));
  expect(page.calls).toHaveLength(1);
  expect(page.calls[0]).toMatchObject({ method: 'GET', token: 'token-1' });
  expect(page.calls[0]!.url.href).toBe('https://app.test/api/friends?locale=de-DE');
  expect(find('s-page').getAttribute('heading')).toBe(view.title);
  expect(find('s-qr-code').getAttribute('content')).toBe(view.invitation!.link);
  expect(all('s-link').map((link) => link.getAttribute('href'))).toEqual(
    Object.values(view.invitation!.share),
  );
  for (const words of [
    'Ben',
    'Wird geprüft',
    'Dieselbe Adresse. Der Shop',
    'THANKS-1',
    'bis 3. Mai 2027',
    view.disclosure,
  ])
    expect(text()).toContain(words);
});

test('without an invitation says why, and keeps the rest; whoever is not known has nothing', async () => {
  page.answers = [{ ...view, invitation: null, friends: [], given: [] }];
  await page.render();
  await vi.waitFor(() => expect(text()).toContain('nichts'));
  expect(text()).toContain('Noch niemand.');
  expect(all('s-qr-code')).toEqual([]);
  page.leave();
  page.define('sessionToken', { get: async () => 'token-2' });
  page.answers = [null as unknown as object];
  await page.render();
  await vi.waitFor(() => expect(text()).toContain('nothing'));
});

test('leads to the page that takes photos and stories, extensions take no files', async () => {
  page.answers = [{ ...view, storyUrl: 'https://app.test/s/token' }];
  await page.render();
  await vi.waitFor(() => expect(text()).toContain('story'));
  expect(all('s-link').at(-1)!.getAttribute('href')).toBe('https://app.test/s/token');
});

test('an app that sleeps is asked again, and then it is said that nothing is lost', async () => {
  vi.useFakeTimers();
  page.answers = ['offline'];
  await page.render();
  await vi.advanceTimersByTimeAsync(60_000);
  expect(page.calls).toHaveLength(4);
  expect(text()).toContain('unreachable');
});
