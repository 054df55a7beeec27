/** What DNS says of a sender's domain, judged; and looked up from a DNS server on this machine. */
import { createSocket, type Socket } from 'node:dgram';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { txtRecords } from '../../../app/adapters/dns/txt.server.ts';
import type { Look, TxtAnswer } from '../../../app/messages/dns-records.ts';
import {
  domainOf,
  isFreeMail,
  judgeDkim,
  judgeDmarc,
  judgeDomain,
  judgeSpf,
} from '../../../app/messages/sender-domain.ts';

const found = (...records: string[]): TxtAnswer => ({ outcome: 'found', records });
const silent: TxtAnswer = { outcome: 'unreachable' };
const OURS = '_spf.mail.example';
/** DNS as a table: what is not in it has no records; null does not answer. */
const dns =
  (table: Record<string, string | string[] | null>): Look =>
  async (name) => {
    const at = table[name];
    return at === null ? silent : found(...[at ?? []].flat());
  };

test.each([
  ['hello@Bowls.Example', 'bowls.example'],
  ['a@b@shop.example', 'shop.example'],
  ['hello', null],
  ['hello@', null],
  ['hello@localhost', null],
  ['', null],
])('the domain of %j is %j', (address, domain) => expect(domainOf(address)).toBe(domain));

test.each([
  ['gmail.com', true],
  ['gmx.de', true],
  ['yahoo.co.uk', true],
  ['notgmail.com', false],
  ['gmail.com.example', false],
  ['bowls.example', false],
])('%s is free mail: %s', (domain, is) => expect(isFreeMail(domain)).toBe(is));

test.each<[string, TxtAnswer, string | null, string, string | null]>([
  ['ours is included', found('x', `v=spf1 include:${OURS} -all`), OURS, 'good', null],
  ['written large', found(`V=SPF1 +INCLUDE:${OURS.toUpperCase()} ~all`), OURS, 'good', null],
  ['none', found('other=1'), OURS, 'bad', `v=spf1 include:${OURS} ~all`],
  ['none, ours unknown', found(), null, 'bad', null],
  ['another version', found('v=spf10 mx'), OURS, 'bad', `v=spf1 include:${OURS} ~all`],
  ['ours is missing', found('v=spf1 mx -all'), OURS, 'bad', `v=spf1 mx include:${OURS} -all`],
  [
    'a longer name',
    found(`v=spf1 include:${OURS}.plain.example ~all`),
    OURS,
    'bad',
    `v=spf1 include:${OURS}.plain.example include:${OURS} ~all`,
  ],
  ['ours is shut out', found(`v=spf1 -include:${OURS} ~all`), OURS, 'bad', `v=spf1 include:${OURS} ~all`],
  [
    'a redirect',
    found('v=spf1 redirect=plain.example'),
    OURS,
    'bad',
    `v=spf1 include:${OURS} redirect=plain.example`,
  ],
  [
    'two',
    found('v=spf1 mx -all', `v=spf1 include:${OURS} ~all`),
    OURS,
    'bad',
    `v=spf1 mx include:${OURS} -all`,
  ],
  ['one, ours unknown', found('v=spf1 mx -all'), null, 'unknown', null],
  ['no answer', silent, OURS, 'unknown', null],
])('SPF: %s', async (_case, answer, include, state, copy) => {
  const plain = 'v=spf1 ip4:192.0.2.1 -all';
  const look = dns({ 'plain.example': plain, [`${OURS}.plain.example`]: plain });
  expect(await judgeSpf(answer, include, look)).toMatchObject({ state, copy });
});

test.each<[string, string, Parameters<typeof dns>[0], string, string]>([
  [
    'an include of an include',
    'include:a.example',
    { 'a.example': 'v=spf1 mx include:b.example', 'b.example': `v=spf1 include:${OURS} -all` },
    'good',
    'record of a.example',
  ],
  [
    'a redirect',
    'redirect=a.example',
    { 'a.example': `v=spf1 include:${OURS} -all` },
    'good',
    'record of a.example',
  ],
  [
    'a redirect behind an all',
    '~all redirect=a.example',
    { 'a.example': `v=spf1 include:${OURS}` },
    'bad',
    'does not let',
  ],
  [
    'shut out on the way',
    '-include:a.example ~all',
    { 'a.example': `v=spf1 include:${OURS}` },
    'bad',
    'does not let',
  ],
  [
    'behind an all on the way',
    'include:a.example',
    { 'a.example': `v=spf1 -all include:${OURS}` },
    'bad',
    'does not let',
  ],
  [
    'a circle',
    'include:a.example',
    { 'a.example': 'v=spf1 include:b.example', 'b.example': 'v=spf1 include:a.example' },
    'bad',
    'more than 10 look-ups',
  ],
  [
    'the eleventh look-up',
    `${'mx a:x.example '.repeat(5)}include:${OURS}`,
    {},
    'bad',
    'more than 10 look-ups',
  ],
  ['the tenth look-up', `${'mx '.repeat(9)}include:${OURS}`, {}, 'good', 'lets our mail server send'],
  ['an include of nothing', 'include:a.example', {}, 'bad', 'includes a.example'],
  [
    'an include that does not answer',
    'include:a.example',
    { 'a.example': null },
    'unknown',
    'could not be looked up',
  ],
  ['an include of whoever sends', 'include:%{d}.example ~all', {}, 'unknown', 'depends on who sends'],
  [
    'ours before what cannot be followed',
    `include:%{d}.example include:${OURS}`,
    {},
    'good',
    'lets our mail server send',
  ],
])('SPF through others: %s', async (_case, terms, table, state, says) => {
  const judged = await judgeSpf(found(`v=spf1 ${terms}`), OURS, dns(table));
  expect(judged).toMatchObject({ state, says: expect.stringContaining(says) });
});

test.each<[string, TxtAnswer | null, string, string]>([
  ['a key', found('v=DKIM1; k=rsa; p=MIGf'), 'good', 'is there'],
  ['a key without a version', found('p=MIGf'), 'good', 'is there'],
  ['none', found('v=DKIM1; k=rsa'), 'bad', 'no key'],
  ['revoked', found('v=DKIM1; p='), 'bad', 'revoked'],
  ['two', found('p=a', 'p=b'), 'bad', '2 keys'],
  ['no selector', null, 'unknown', 'not known here'],
  ['no answer', silent, 'unknown', 'could not be looked up just now'],
])('DKIM: %s', (_case, answer, state, says) => {
  expect(judgeDkim(answer)).toMatchObject({ state, says: expect.stringContaining(says), copy: null });
});

test.each<[string, TxtAnswer, string, string]>([
  ['a policy', found('v=DMARC1; p=Reject; rua=mailto:a@b.example'), 'good', '“reject”'],
  ['none', found('v=spf1 -all'), 'bad', 'no DMARC record'],
  ['no policy', found('v=DMARC1; sp=none'), 'bad', 'no policy'],
  ['a policy of their own', found('v=DMARC1; p=maybe'), 'bad', 'none that mail servers know'],
  ['two', found('v=DMARC1; p=none', 'v=DMARC1; p=reject'), 'bad', '2 DMARC records'],
  ['no answer', silent, 'unknown', 'could not be looked up just now'],
])('DMARC: %s', async (_case, answer, state, says) => {
  const judged = await judgeDmarc('bowls.example', async () => answer);
  expect(judged).toMatchObject({ state, says: expect.stringContaining(says), name: '_dmarc.bowls.example' });
});

test.each<[string, Record<string, string>, string, string, string]>([
  [
    'its parent’s',
    { '_dmarc.bowls.example': 'v=DMARC1; p=reject' },
    'good',
    '“reject”',
    '_dmarc.bowls.example',
  ],
  [
    'its parent’s for subdomains',
    { '_dmarc.bowls.example': 'v=DMARC1; p=reject; sp=none' },
    'good',
    '“none”',
    '_dmarc.bowls.example',
  ],
  [
    'its own first',
    { '_dmarc.news.bowls.example': 'v=DMARC1; p=none', '_dmarc.bowls.example': 'v=DMARC1; p=reject' },
    'good',
    '“none”',
    '_dmarc.news.bowls.example',
  ],
  [
    'a registry’s',
    { '_dmarc.bowls.example': 'v=DMARC1; p=reject; psd=y' },
    'bad',
    'no DMARC record',
    '_dmarc.news.bowls.example',
  ],
  [
    'a top level’s',
    { '_dmarc.example': 'v=DMARC1; p=reject' },
    'bad',
    'no DMARC record',
    '_dmarc.news.bowls.example',
  ],
])('DMARC of a subdomain: %s', async (_case, table, state, says, name) => {
  const judged = await judgeDmarc('news.bowls.example', dns(table));
  expect(judged).toMatchObject({ state, says: expect.stringContaining(says), name });
});

test('each record is told with the name at which it stands', async () => {
  const server = { spfInclude: OURS, dkimSelector: 's1' };
  const verdicts = await judgeDomain('bowls.example', server, dns({}));
  expect(verdicts.map(({ name }) => name)).toEqual([
    'bowls.example',
    's1._domainkey.bowls.example',
    '_dmarc.bowls.example',
  ]);
});

describe('looked up', () => {
  let socket: Socket;
  let server = '';

  /** The answer to a question: TXT in two pieces for `here.example`, nothing for others, silence for `mute.example`. */
  function answerTo(question: Buffer): Buffer | null {
    const text = question.toString('latin1');
    if (text.includes('mute')) return null;
    const has = text.includes('here');
    const end = question.indexOf(0, 12) + 5;
    const code = text.includes('broken') ? 2 : has ? 0 : 3;
    const head = Buffer.from(question.subarray(0, end));
    head.writeUInt16BE(0x8180 | code, 2);
    head.writeUInt16BE(has ? 1 : 0, 6);
    head.writeUInt32BE(0, 8);
    if (!has) return head;
    const data = Buffer.from('\x07v=spf1 \x04-all', 'latin1');
    const record = Buffer.from([0xc0, 12, 0, 16, 0, 1, 0, 0, 0, 0, 0, data.length]);
    return Buffer.concat([head, record, data]);
  }

  beforeAll(async () => {
    socket = createSocket('udp4');
    socket.on('message', (question, from) => {
      const answer = answerTo(question);
      if (answer) socket.send(answer, from.port, from.address);
    });
    await new Promise<void>((ready) => socket.bind(0, '127.0.0.1', ready));
    server = `127.0.0.1:${socket.address().port}`;
  });
  afterAll(() => void socket.close());

  test.each<[string, TxtAnswer]>([
    ['here.example', found('v=spf1 -all')],
    ['nobody.example', found()],
    ['broken.example', silent],
    ['mute.example', silent],
  ])('%s', async (name, answer) => {
    expect(await txtRecords({ servers: [server], milliseconds: 300 })(name)).toEqual(answer);
  });
});
