/** What the app has sent: mails and texts. */

import { z } from 'zod';
import { BadInput } from '../bad-input.ts';
import { checked } from '../http/checked.ts';
import type { Inside } from '../inside.ts';
import type { PageRequest, Route } from '../types.ts';
import { handOn, handOnText, recipientOf, type Answer } from '../mail/hand-on.ts';
import type { Mail } from '../state/traffic.ts';
import type { PostResult } from '../webhooks/post.ts';
import { shopOf } from './find.ts';

const reply = z.strictObject({
  text: z.string().min(1),
  /** Who answers; the mail's own recipient when missing. */
  from: z.email().optional(),
  /** Further headers, such as Auto-Submitted of an absence note. */
  headers: z.record(z.string().regex(/^[!-9;-~]+$/, 'is no name of a header'), z.string()).optional(),
  /** What comes along; with `cid` it stands in the words, where they say [cid:…]. */
  attachments: z
    .array(
      z.strictObject({
        filename: z.string().min(1).max(300),
        type: z.string().regex(/^[\w.+-]+\/[\w.+-]+$/, 'is no content type'),
        base64: z.base64(),
        cid: z.string().max(100).optional(),
      }),
    )
    .max(200)
    .optional(),
});

const textReply = z.strictObject({ text: z.string().min(1).max(1600) });

export function mailRoutes({
  sandbox,
  inboundMailKey: key,
  inboundTextsSecret: secret,
  kernel,
}: Inside): Route[] {
  const { state } = sandbox;
  /** What may be from more than one shop is shown to each of them. */
  const ofShop = <Sent extends { shop?: string | null }>(request: PageRequest, all: Sent[]) => {
    const { domain } = shopOf(sandbox, request);
    return all.filter(({ shop }) => (shop ?? domain) === domain);
  };
  /** An id says by itself which shop's it is; a shop that is named has to be that one. */
  const mailOf = (request: PageRequest) => {
    const { id } = request.params;
    const mail = (request.query.has('shop') ? ofShop(request, state.mails) : state.mails).find(
      (m) => m.id === id,
    );
    if (!mail) throw new BadInput(`mail: there is no mail ${id}`);
    return mail;
  };
  return [
    {
      method: 'GET',
      path: '/control/mail',
      handle(request) {
        const to = request.query.get('to')?.toLowerCase();
        const found = ofShop(request, state.mails).filter((mail) => !to || mail.to.toLowerCase() === to);
        return {
          body: found.map(({ id, to, from, subject, text, html, headers, at }) => ({
            id,
            to,
            from,
            subject,
            text,
            html,
            headers,
            at,
          })),
        };
      },
    },
    {
      method: 'GET',
      path: '/control/mail/:id/raw',
      handle: (request) => ({ type: 'message/rfc822', body: mailOf(request).raw }),
    },
    {
      method: 'POST',
      path: '/control/mail/:id/reply',
      handle: (request) =>
        answer({ appUrl: sandbox.appUrl, key }, mailOf(request), {
          ...checked(reply, request.json()),
          at: kernel.now(),
        }),
    },
    ...textRoutes(sandbox, secret, ofShop),
  ];
}

type OfShop = <Sent extends { shop?: string | null }>(request: PageRequest, all: Sent[]) => Sent[];

function textRoutes(sandbox: Inside['sandbox'], secret: string, ofShop: OfShop): Route[] {
  const { state } = sandbox;
  return [
    {
      method: 'GET',
      path: '/control/texts',
      handle(request) {
        const to = request.query.get('to');
        const found = ofShop(request, state.texts).filter((entry) => !to || entry.to === to);
        return { body: found.map(({ id, to, body, at }) => ({ id, to, body, at })) };
      },
    },
    {
      method: 'POST',
      path: '/control/texts/:id/reply',
      async handle(request) {
        const { id } = request.params;
        const text = state.texts.find((sent) => sent.id === id);
        if (!text) throw new BadInput(`texts: there is no text ${id}`);
        const said = checked(textReply, request.json()).text;
        return told(await handOnText({ appUrl: sandbox.appUrl, secret }, text, said), { from: text.to });
      },
    },
  ];
}

async function answer(app: { appUrl: string; key: string }, mail: Mail, said: Answer) {
  return told(await handOn(app, mail, said), { to: recipientOf(mail) });
}

function told({ status, error }: PostResult, body: object) {
  if (status === 200) return { body };
  const why = error ?? `it answered ${status}`;
  return { status: 502, body: { error: `reply: the app did not take it (${why})` } };
}
