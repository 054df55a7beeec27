import type { Mail } from '../../state/traffic.ts';
import type { PageRequest, Sandbox } from '../../types.ts';
import { cityOf, moment } from '../format.ts';
import { html, raw, type Markup } from '../html.ts';
import { livesIn } from './zone.ts';

const TABS = ['html', 'text', 'headers', 'source'] as const;
const LABELS = { html: 'HTML', text: 'Text', headers: 'Headers', source: 'Source' };

/** One mail, opened: who, when (where they live), and four ways to look at it. */
export function mailPane(sandbox: Sandbox, mail: Mail, request: PageRequest): Markup {
  const reader = livesIn(sandbox.state, mail.to);
  const asked = request.query.get('view');
  const view = TABS.find((tab) => tab === asked) ?? (mail.html ? 'html' : 'text');
  return html`${headOf(sandbox, mail)}
    ${request.query.has('sent') ? html`<p class="note" role="status">Your reply is on its way to the shop.</p>` : ''}
    <div class="tabs" role="tablist" aria-label="Ways to look at it">
      ${TABS.map(
        (tab) =>
          html`<button
            type="button"
            role="tab"
            id="tab-${tab}"
            aria-controls="view-${tab}"
            aria-selected="${tab === view ? 'true' : 'false'}"
            tabindex="${tab === view ? 0 : -1}"
          >
            ${LABELS[tab]}
          </button>`,
      )}
    </div>
    ${TABS.map(
      (tab) =>
        html`<div
          role="tabpanel"
          id="view-${tab}"
          aria-labelledby="tab-${tab}"
          class="mail-view"
          ${tab === view ? '' : raw('hidden')}
        >
          ${viewOf(mail, tab)}
        </div>`,
    )}
    <details class="mail-reply">
      <summary>Reply as ${reader?.name ?? mail.to}</summary>
      <form method="post" action="/mailbox/${mail.id}/reply">
        <label class="hidden" for="reply">Reply</label>
        <textarea id="reply" name="text" rows="4" required></textarea>
        <p><button class="primary">Send reply</button></p>
      </form>
    </details>`;
}

function headOf(sandbox: Sandbox, mail: Mail): Markup {
  const reader = livesIn(sandbox.state, mail.to);
  const zone = reader?.zone ?? 'UTC';
  return html`<header class="mail-head">
    <p class="mail-back"><a href="/mailbox">← All mails</a></p>
    <h1>${mail.subject || '(no subject)'}</h1>
    <dl class="facts">
      <dt>From</dt>
      <dd>${mail.from}</dd>
      <dt>To</dt>
      <dd>${reader ? `${reader.name} · ` : ''}${mail.to}</dd>
      <dt>Arrived</dt>
      <dd>
        <time datetime="${mail.at}">${moment(mail.at, zone)}</time> in ${cityOf(zone)}
        ${
          reader && reader.shop.timezone !== zone
            ? html`<span class="quiet"
                >(${moment(mail.at, reader.shop.timezone)} in ${cityOf(reader.shop.timezone)})</span
              >`
            : ''
        }
      </dd>
    </dl>
  </header>`;
}

function viewOf(mail: Mail, tab: (typeof TABS)[number]): Markup {
  switch (tab) {
    case 'html':
      if (!mail.html) return html`<p class="empty">This mail has no HTML part.</p>`;
      return html`<iframe
        class="mail-frame"
        title="The mail as ${mail.to} sees it"
        src="/mailbox/${mail.id}/html"
        sandbox="allow-popups allow-popups-to-escape-sandbox allow-same-origin"
      ></iframe>`;
    case 'text':
      return html`<pre>${mail.text || '(no text part)'}</pre>`;
    case 'headers':
      return html`<table class="mail-headers">
        <tbody>
          ${Object.entries(mail.headers).map(
            ([name, value]) =>
              html`<tr>
                <th scope="row">${name}</th>
                <td>${value}</td>
              </tr>`,
          )}
        </tbody>
      </table>`;
    case 'source':
      return html`<p class="quiet">
          ${(mail.raw.length / 1024).toFixed(1)} KB ·
          <a href="/control/mail/${mail.id}/raw" download="${mail.id}.eml">Download</a>
        </p>
        <pre>${mail.raw}</pre>`;
  }
}
