import { expect, test } from 'vitest';
import { resendProvider } from '../../app/adapters/email/resend.server.ts';
import { smtpProvider } from '../../app/adapters/email/smtp.server.ts';
import { httpTexts } from '../../app/adapters/texts/http.server.ts';
import { aMail, providerContract } from './email.ts';
import { httpServer, smtpServer } from './email-servers.ts';

const timeoutMs = 2000;

providerContract('SMTP', {
  remembers: false,
  async open() {
    const server = await smtpServer();
    return { server, provider: smtpProvider({ url: server.url, timeoutMs }), message: aMail };
  },
});

providerContract('Resend', {
  remembers: true,
  async open() {
    const server = await httpServer({ name: 'invalid_to_address' });
    return {
      server,
      provider: resendProvider({ apiUrl: server.url, apiKey: 'key', timeoutMs }),
      message: aMail,
    };
  },
});

providerContract('texts', {
  remembers: true,
  async open() {
    const server = await httpServer({ error: 'invalid-number' });
    const provider = httpTexts({ url: server.url, timeoutMs, memoryMs: 3_600_000 });
    return { server, provider, message: (id: string) => ({ id, to: '+4915112345678', body: 'Hello' }) };
  },
});

const id = '00000000-0000-7000-8000-00000000abcd';

test('SMTP: one recipient, the id as Message-ID, every header as it was meant', async () => {
  const server = await smtpServer();
  const provider = smtpProvider({ url: server.url, timeoutMs });
  await provider.send(aMail(id), async () => true);
  const mail = server.mails[0]!;
  expect(server.envelopes).toEqual([{ from: 'hello@shop.example.com', to: ['ana@example.com'] }]);
  expect(mail.messageId).toBe(`<${id}@shop.example.com>`);
  expect(mail.date).toEqual(aMail(id).at);
  expect(mail.subject).toBe('Thank you, Ána');
  expect(mail.from?.value).toEqual([{ name: 'Hearth & Loom', address: 'hello@shop.example.com' }]);
  expect(mail.replyTo?.value[0]?.address).toBe('reply@shop.example.com');
  expect(mail.headerLines.find((line) => line.key === 'list-unsubscribe-post')?.line).toBe(
    'List-Unsubscribe-Post: List-Unsubscribe=One-Click',
  );
  await provider.close();
  await server.close();
});

test('Resend: the id is the key and comes back with events; its wish to be left alone is passed on', async () => {
  const server = await httpServer({});
  const provider = resendProvider({ apiUrl: server.url, apiKey: 'secret', timeoutMs });
  await provider.send(aMail(id), async () => true);
  const { headers, body } = server.requests[0]!;
  expect(headers['idempotency-key']).toBe(id);
  expect(headers.authorization).toBe('Bearer secret');
  expect(body).toMatchObject({
    from: '"Hearth & Loom" <hello@shop.example.com>',
    to: ['ana@example.com'],
    tags: [
      { name: 'message', value: id },
      { name: 'shop', value: '7' },
    ],
  });
  server.mood('busy');
  expect(await provider.send(aMail(id), async () => true)).toEqual({
    kind: 'unavailable',
    retryAfterMs: 7000,
  });
  await provider.close();
  await server.close();
});
