/** What DNS says of a sender's domain, judged; and looked up from a DNS server on this machine. */
import { createSocket, type Socket } from 'node:dgram';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { txtRecords } from '../../../app/adapters/dns/txt.server.ts';
import {
  domainOf,
  isFreeMail,
  judgeDkim,
  judgeDmarc,
  judgeDomain,
  judgeSpf,
  type TxtAnswer,
} from '../../../app/messages/sender-domain.ts';

const found = (...records: string[]): TxtAnswer => ({ outcome: 'found', records });
const silent: TxtAnswer = { outcome: 'unreachable' };
const OURS = '_spf.mail.example';

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
    found(`v=spf1 include:${OURS}.evil ~all`),
    OURS,
    'bad',
    `v=spf1 include:${OURS}.evil include:${OURS} ~all`,
  ],
  ['ours is shut out', found(`v=spf1 -include:${OURS} ~all`), OURS, 'bad', `v=spf1 include:${OURS} ~all`],
  [
    'a redirect',
    found('v=spf1 redirect=a.example'),
    OURS,
    'bad',
    `v=spf1 include:${OURS} redirect=a.example`,
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
])('SPF: %s', (_case, answer, include, state, copy) => {
  expect(judgeSpf(answer, include)).toMatchObject({ state, copy });
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
])('DMARC: %s', (_case, answer, state, says) => {
  expect(judgeDmarc(answer)).toMatchObject({ state, says: expect.stringContaining(says) });
});

test('each record is told with the name at which it stands', () => {
  const server = { spfInclude: OURS, dkimSelector: 's1' };
  const verdicts = judgeDomain('bowls.example', server, { spf: found(), dkim: found(), dmarc: found() });
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
