import type { Mail } from '../../state/traffic.ts';
import type { PageAnswer, PageRequest, Route, Sandbox } from '../../types.ts';
import { icon } from '../drawings/marks.ts';
import { cityOf, count, moment } from '../format.ts';
import { redirect, shopHere } from '../here.ts';
import { html, raw, type Markup } from '../html.ts';
import { page, problem } from '../page.ts';
import { mailPane } from './mail.ts';
import { livesIn } from './zone.ts';

const MOST = 300;

/** All mails and texts, newest first; one of them open beside the list. */
export function mailboxRoutes(sandbox: Sandbox): Route[] {
  const mailOf = (request: PageRequest) => sandbox.state.mails.find(({ id }) => id === request.params.id);
  return [
    { method: 'GET', path: '/mailbox', handle: (request) => mailbox(sandbox, request) },
    { method: 'GET', path: '/mailbox/texts', handle: (request) => texts(sandbox, request) },
    {
      // The mail as its reader sees it, alone in a frame without scripts.
      method: 'GET',
      path: '/mailbox/:id/html',
      handle: (request) => ({
        type: 'text/html; charset=utf-8',
        // The mailbox measures it (same origin); it runs no script, whatever it holds.
        headers: {
          'content-security-policy':
            "script-src 'none'; sandbox allow-same-origin allow-popups allow-popups-to-escape-sandbox",
        },
        body: inNewTabs(mailOf(request)?.html ?? ''),
      }),
    },
    { method: 'GET', path: '/mailbox/:id', handle: (request) => mailbox(sandbox, request) },
    { method: 'POST', path: '/mailbox/texts/:id/reply', handle: (request) => replyToText(sandbox, request) },
    { method: 'POST', path: '/mailbox/:id/reply', handle: (request) => reply(sandbox, request) },
  ];
}

/** Links of a mail open beside the mailbox, as they do in a mail client. */
function inNewTabs(body: string): string {
  const base = '<base target="_blank">';
  return /<head[^>]*>/i.test(body) ? body.replace(/<head[^>]*>/i, (head) => head + base) : base + body;
}

function mailbox(sandbox: Sandbox, request: PageRequest, refused?: string): PageAnswer {
  const shop = shopHere(sandbox, request);
  const to = (request.query.get('to') ?? '').trim().toLowerCase();
  const found = sandbox.state.mails
    .filter((mail) => `${mail.to} ${mail.subject}`.toLowerCase().includes(to))
    .reverse();
  const chosen = request.params.id
    ? sandbox.state.mails.find(({ id }) => id === request.params.id)
    : undefined;
  const open = chosen ?? (request.params.id ? undefined : found[0]);
  return page(sandbox, request, {
    title: open ? `${open.subject} · Mailbox` : 'Mailbox',
    shop,
    door: 'mailbox',
    kind: `tool mailbox ${chosen ? 'reading' : ''}`,
    scripts: ['mailbox.js'],
    status: request.params.id && !chosen ? 404 : 200,
    body: html`<div class="mail-columns">
      <section class="mail-list" aria-label="Messages">
        ${heads('mails', sandbox)}
        <form class="mail-search" method="get" action="/mailbox" role="search">
          <label class="hidden" for="to">Address or subject</label>
          <input
            id="to"
            name="to"
            type="search"
            placeholder="Address or subject"
            value="${request.query.get('to') ?? ''}"
          />
          <button>Search</button>
        </form>
        ${found.length === 0 ? html`<p class="empty">${to ? 'No mail fits.' : 'No mail yet.'}</p>` : ''}
        <ol>
          ${found.slice(0, MOST).map((mail) => entry(sandbox, mail, mail === open, to))}
        </ol>
        ${found.length > MOST ? html`<p class="quiet">${count(found.length - MOST, 'older mail')}: search to find them.</p>` : ''}
      </section>
      <main id="content" class="mail-open">
        ${problem(refused)}
        ${
          open
            ? mailPane(sandbox, open, request)
            : html`<div class="empty">
                <h1>${request.params.id ? 'That mail is gone' : 'No mail has come yet'}</h1>
                <p>
                  Buy something in the <a href="/store/${shop.handle}">store</a>, then let an hour pass on the
                  <a href="/clock">clock</a>.
                </p>
              </div>`
        }
      </main>
    </div>`,
  });
}

function entry(sandbox: Sandbox, mail: Mail, isOpen: boolean, to: string): Markup {
  const reader = livesIn(sandbox.state, mail.to);
  const zone = reader?.zone ?? 'UTC';
  const query = to ? `?to=${encodeURIComponent(to)}` : '';
  return html`<li>
    <a href="/mailbox/${mail.id}${query}" ${isOpen ? raw('aria-current="true"') : ''}>
      <span class="mail-to">${reader?.name ?? mail.to}</span>
      <time datetime="${mail.at}">${moment(mail.at, zone)}</time>
      <strong>${mail.subject || '(no subject)'}</strong>
      <span class="quiet">${mail.to} · ${cityOf(zone)}</span>
    </a>
  </li>`;
}

function heads(here: 'mails' | 'texts', sandbox: Sandbox): Markup {
  const { mails, texts: all } = sandbox.state;
  const tab = (name: string, href: string, picture: 'mail' | 'phone', number: number) =>
    html`<a href="${href}" ${here === name ? raw('aria-current="page"') : ''}
      >${raw(icon(picture))}${name === 'mails' ? 'Mails' : 'Texts'} <b>${number}</b></a
    >`;
  return html`<h1 class="hidden">Mailbox</h1>
    <nav class="tabs" aria-label="Kinds of message">
      ${tab('mails', '/mailbox', 'mail', mails.length)} ${tab('texts', '/mailbox/texts', 'phone', all.length)}
    </nav>`;
}

function texts(sandbox: Sandbox, request: PageRequest, refused?: string): PageAnswer {
  const shop = shopHere(sandbox, request);
  const all = [...sandbox.state.texts].reverse();
  return page(sandbox, request, {
    title: 'Texts',
    shop,
    door: 'mailbox',
    kind: 'tool',
    body: html`<main id="content" class="wrap">
      ${heads('texts', sandbox)} ${problem(refused)}
      ${all.length === 0 ? html`<p class="empty">No text has come yet.</p>` : ''}
      <ol class="texts">
        ${all.slice(0, MOST).map((text) => {
          const reader = livesIn(sandbox.state, text.to);
          return html`<li>
            <small class="quiet"
              >${reader?.name ?? ''} ${text.to} · ${moment(text.at, reader?.zone ?? 'UTC')}
              ${cityOf(reader?.zone ?? 'UTC')}</small
            >
            <p>${text.body}</p>
            <details class="mail-reply">
              <summary>Reply as ${reader?.name ?? text.to}</summary>
              <form method="post" action="/mailbox/texts/${text.id}/reply">
                <label class="hidden" for="reply-${text.id}">Reply</label>
                <textarea id="reply-${text.id}" name="text" rows="2" maxlength="1600" required></textarea>
                <p><button class="primary">Send reply</button></p>
              </form>
            </details>
          </li>`;
        })}
      </ol>
    </main>`,
  });
}

/** The app gets the reply as a mail provider would bring it; the control API knows how. */
async function reply(sandbox: Sandbox, request: PageRequest): Promise<PageAnswer> {
  const refused = await sayTo(sandbox, request, 'mail');
  return refused === null
    ? redirect(`/mailbox/${request.params.id}?sent=1`)
    : mailbox(sandbox, request, refused);
}

/** The same, as a gateway of texts would bring it. */
async function replyToText(sandbox: Sandbox, request: PageRequest): Promise<PageAnswer> {
  const refused = await sayTo(sandbox, request, 'texts');
  return refused === null ? redirect('/mailbox/texts') : texts(sandbox, request, refused);
}

/** Null: it was taken. */
async function sayTo(sandbox: Sandbox, request: PageRequest, kind: 'mail' | 'texts'): Promise<string | null> {
  const { id = '' } = request.params;
  const answer = await fetch(`${sandbox.origin}/control/${kind}/${encodeURIComponent(id)}/reply`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ text: request.form().get('text') ?? '' }),
  });
  if (answer.ok) return null;
  const told = (await answer.json().catch(() => null)) as { error?: string } | null;
  return told?.error ?? `The reply was not taken (${answer.status}).`;
}
