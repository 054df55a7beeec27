/** Which link counts; and who opened it. */
import { describe, expect, test } from 'vitest';
import { lastLink, type LinkTold } from '../../../app/referrals/last-link.ts';
import { isPerson } from '../../../app/referrals/visitor.ts';

const placedAt = new Date('2026-05-31T12:00:00Z');
const daysBefore = (days: number) => new Date(placedAt.getTime() - days * 86_400_000);
const link = (code: string, days: number | null, by: LinkTold['by'] = 'pixel'): LinkTold => ({
  code,
  at: days === null ? null : daysBefore(days),
  by,
});

describe('of several links', () => {
  test.each<[string, LinkTold[], string | null]>([
    ['nobody’s', [], null],
    ['the one opened last, whoever says it', [link('ANA', 9), link('BEN', 2, 'journey')], 'BEN'],
    ['in whatever order they are told', [link('BEN', 2), link('ANA', 9)], 'BEN'],
    ['one of the thirtieth day', [link('ANA', 30)], 'ANA'],
    ['none of the day before', [link('ANA', 30.01)], null],
    ['none that was opened after the order', [link('ANA', -0.1)], null],
    ['one of a clock that goes a little wrong', [link('ANA', -0.001)], 'ANA'],
    ['a moment before none', [link('CLEO', null, 'landing'), link('ANA', 20)], 'ANA'],
    [
      'one without a moment where the others are too old',
      [link('CLEO', null, 'landing'), link('ANA', 40)],
      'CLEO',
    ],
  ])('%s', (_, told, code) => {
    expect(lastLink(told, placedAt)?.code ?? null).toBe(code);
  });
});

const CHROME =
  'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Safari/537.36';
const asks = (agent: string | null, more: Record<string, string> = {}, method = 'GET') =>
  isPerson({
    method,
    headers: new Headers({ 'accept-language': 'de', ...(agent ? { 'user-agent': agent } : {}), ...more }),
  });

describe('a person', () => {
  test.each([
    CHROME,
    'Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Mobile/15E148 Safari/604.1',
    'Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0',
    'Mozilla/5.0 (Linux; Android 15; Pixel 8) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/141.0.0.0 Mobile Safari/537.36 Instagram 350.0',
  ])('opens it with %s', (agent) => expect(asks(agent)).toBe(true));

  test.each([
    'WhatsApp/2.23.20.0',
    'facebookexternalhit/1.1 (+http://www.facebook.com/externalhit_uatext.php)',
    'TelegramBot (like TwitterBot)',
    'Slackbot-LinkExpanding 1.0 (+https://api.slack.com/robots)',
    'Mozilla/5.0 (compatible; Discordbot/2.0; +https://discordapp.com)',
    'Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)',
    'SkypeUriPreview Preview/0.5',
    'curl/8.5.0',
    'python-requests/2.32',
    null,
  ])('is not %s', (agent) => expect(asks(agent)).toBe(false));

  test('is not what a browser fetches ahead, nor a question for the head only', () => {
    expect(asks(CHROME, { 'sec-purpose': 'prefetch;prerender' })).toBe(false);
    expect(asks(CHROME, { purpose: 'preview' })).toBe(false);
    expect(asks(CHROME, {}, 'HEAD')).toBe(false);
  });
});
