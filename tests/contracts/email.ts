/** What every provider of mail and texts must do; run for each against a server that can be told how to answer. */
import { describe, expect, test } from 'vitest';
import type { OutgoingMail, Provider, SendResult } from '../../app/messages/provider.ts';

/** How the server at the other end answers the next call. */
export type ServerMood =
  | 'accepts'
  /** This recipient does not exist. */
  | 'refuses-address'
  /** This message will never be taken. */
  | 'refuses-message'
  | 'busy'
  /** Takes everything in, then breaks the connection without a word. */
  | 'breaks-off-at-the-end'
  | 'silent';

export interface Server {
  mood(mood: ServerMood): void;
  /** Ids of the messages that were taken, each once however often it was offered, where the server knows keys. */
  taken(): string[];
  /** The server stops to listen. */
  goAway(): Promise<void>;
  close(): Promise<void>;
}

export interface Setting<Outgoing> {
  server: Server;
  provider: Provider<Outgoing>;
  message(id: string): Outgoing;
}

const yes = () => Promise.resolve(true);
let counter = 0;
const newMessageId = () => `00000000-0000-7000-8000-${String(++counter).padStart(12, '0')}`;

/** @param remembers whether a repeated id is taken only once */
export function providerContract<Outgoing>(
  name: string,
  { remembers, open }: { remembers: boolean; open: () => Promise<Setting<Outgoing>> },
) {
  const inSetting = (work: (setting: Setting<Outgoing>) => Promise<void>) => async () => {
    const setting = await open();
    try {
      await work(setting);
    } finally {
      await setting.provider.close();
      await setting.server.close();
    }
  };
  const send = (setting: Setting<Outgoing>, id: string, beforeCommit = yes) =>
    setting.provider.send(setting.message(id), beforeCommit);

  describe(name, () => {
    test(
      'hands a message over under its id',
      inSetting(async (setting) => {
        const id = newMessageId();
        expect(await send(setting, id)).toMatchObject({ kind: 'accepted' });
        expect(setting.server.taken()).toEqual([id]);
      }),
    );

    test(
      'asks once before anything can be taken, and leaves it when the answer is no',
      inSetting(async (setting) => {
        let asked = 0;
        const no = async () => {
          asked += 1;
          expect(setting.server.taken()).toEqual([]);
          return false;
        };
        expect(await send(setting, newMessageId(), no)).toEqual({ kind: 'withdrawn' });
        expect(asked).toBe(1);
        expect(setting.server.taken()).toEqual([]);
        expect(await send(setting, newMessageId())).toMatchObject({ kind: 'accepted' });
      }),
    );

    test(
      'tells an address that does not exist from a message that is not wanted',
      inSetting(async (setting) => {
        setting.server.mood('refuses-address');
        expect(await send(setting, newMessageId())).toMatchObject({
          kind: 'refused',
          permanent: true,
          address: true,
        });
        setting.server.mood('refuses-message');
        expect(await send(setting, newMessageId())).toMatchObject({
          kind: 'refused',
          permanent: true,
          address: false,
        });
        expect(setting.server.taken()).toEqual([]);
      }),
    );

    test(
      'says of a busy server that it has taken nothing, and is ready again after it',
      inSetting(async (setting) => {
        setting.server.mood('busy');
        expect(await send(setting, newMessageId())).toMatchObject({ kind: 'unavailable' });
        setting.server.mood('accepts');
        expect(await send(setting, newMessageId())).toMatchObject({ kind: 'accepted' });
      }),
    );

    test(
      'says of a server that is not there that it has taken nothing',
      inSetting(async (setting) => {
        await setting.server.goAway();
        expect(await send(setting, newMessageId())).toMatchObject({ kind: 'unavailable' });
      }),
    );

    test(
      'does not know what became of a message whose answer was lost',
      inSetting(async (setting) => {
        for (const mood of ['breaks-off-at-the-end', 'silent'] as const) {
          setting.server.mood(mood);
          const result: SendResult | { kind: 'withdrawn' } = await send(setting, newMessageId());
          expect(result).toEqual({ kind: 'uncertain' });
        }
      }),
    );

    test(
      remembers ? 'is taken once however often it is offered' : 'declares that it remembers nothing',
      inSetting(async (setting) => {
        const id = newMessageId();
        setting.server.mood('breaks-off-at-the-end');
        await send(setting, id);
        setting.server.mood('accepts');
        expect(await send(setting, id)).toMatchObject({ kind: 'accepted' });
        expect(setting.provider.memoryMs > 0).toBe(remembers);
        expect(new Set(setting.server.taken())).toEqual(new Set([id]));
        expect(setting.server.taken()).toHaveLength(remembers ? 1 : 2);
      }),
    );
  });
}

/** A mail as hand-over makes it. */
export const aMail = (id: string): OutgoingMail => ({
  id,
  shopId: 7n,
  from: { name: 'Hearth & Loom', address: 'hello@shop.example.com' },
  to: 'ana@example.com',
  replyTo: 'reply@shop.example.com',
  at: new Date('2026-05-01T09:00:00Z'),
  subject: 'Thank you, Ána',
  html: '<p>Thank you</p>',
  text: 'Thank you',
  headers: {
    'List-Unsubscribe': '<https://app.example.com/u/x>',
    'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
  },
});
