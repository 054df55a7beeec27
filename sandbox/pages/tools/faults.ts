import { BadInput } from '../../bad-input.ts';
import {
  faultModes,
  faultTargets,
  type Fault,
  type FaultMode,
  type FaultTarget,
} from '../../state/traffic.ts';
import type { PageAnswer, PageRequest, Route, Sandbox } from '../../types.ts';
import { distance } from '../format.ts';
import { pressed, redirect, shopHere } from '../here.ts';
import { html, raw, type Markup } from '../html.ts';
import { page, problem } from '../page.ts';

const NAMES: Record<FaultTarget, { name: string; what: string }> = {
  'admin-api': {
    name: 'Shopify’s Admin API',
    what: 'What the app asks of the shop: customers, codes, credits.',
  },
  webhooks: { name: 'Webhooks', what: 'What the shop tells the app: orders, refunds, deliveries.' },
  mail: { name: 'Mail server', what: 'Mails that the app hands over.' },
  texts: { name: 'Text provider', what: 'Texts that the app hands over.' },
  database: { name: 'Database', what: 'Where the app keeps everything.' },
};

const MODES: Record<FaultMode, string> = {
  down: 'does not answer at all',
  slow: 'answers late',
  throttled: 'says “try again later”',
  reject: 'refuses for good',
  'accept-then-drop': 'takes it, and the answer is lost',
  duplicate: 'brings it twice',
  reorder: 'brings it in the wrong order',
};

/** Minutes of sandbox time; 0 for as long as nobody ends it. */
const DURATIONS: [number, string][] = [
  [0, 'until I end it'],
  [10, 'for 10 minutes'],
  [60, 'for an hour'],
  [1440, 'for a day'],
];

/** What goes wrong on purpose. */
export function faultRoutes(sandbox: Sandbox): Route[] {
  return [
    { method: 'GET', path: '/faults', handle: (request) => show(sandbox, request) },
    { method: 'POST', path: '/faults', handle: (request) => change(sandbox, request) },
    {
      method: 'POST',
      path: '/faults/end',
      handle() {
        for (const { target } of sandbox.faults.list()) sandbox.faults.set(target, 'off');
        return redirect('/faults');
      },
    },
  ];
}

function change(sandbox: Sandbox, request: PageRequest): PageAnswer {
  const form = request.form();
  const target = faultTargets.find((each) => each === form.get('target'));
  const mode = [...faultModes, 'off' as const].find((each) => each === pressed(form, 'mode'));
  const percent = Number(form.get('rate') ?? 100);
  const minutes = Number(form.get('for') ?? 0);
  try {
    if (!target || !mode) throw new BadInput('Choose what goes wrong, and how.');
    if (!(percent > 0 && percent <= 100)) throw new BadInput('How often: between 1 and 100 percent.');
    sandbox.faults.set(target, mode, { rate: percent / 100, forMs: minutes > 0 ? minutes * 60_000 : null });
  } catch (error) {
    if (error instanceof BadInput) return show(sandbox, request, error.message);
    throw error;
  }
  return redirect('/faults');
}

function show(sandbox: Sandbox, request: PageRequest, refused?: string): PageAnswer {
  const shop = shopHere(sandbox, request);
  const inForce = sandbox.faults.list();
  const targets = faultTargets.filter((target) => sandbox.faults.possible(target).length > 0);
  return page(sandbox, request, {
    title: 'Faults',
    shop,
    door: 'faults',
    kind: 'tool',
    status: refused ? 400 : 200,
    body: html`<main id="content" class="wrap">
      <header class="tool-head">
        <div>
          <h1>Faults</h1>
          <p class="quiet">
            Make the world around the app fail, and see that nothing is lost and nothing comes twice.
          </p>
        </div>
        <form method="post" action="/faults/end">
          <button class="critical" ${inForce.length ? '' : raw('disabled')}>End all faults</button>
        </form>
      </header>
      ${problem(refused)}
      <div class="faults">
        ${targets.map((target) =>
          one(
            sandbox,
            target,
            inForce.find((fault) => fault.target === target),
          ),
        )}
      </div>
    </main>`,
  });
}

function one(sandbox: Sandbox, target: FaultTarget, fault: Fault | undefined): Markup {
  const { name, what } = NAMES[target];
  const id = (part: string) => `${target}-${part}`;
  return html`<section class="card fault ${fault ? 'on' : ''}">
    <h2>${name} <span class="badge ${fault ? 'bad' : 'good'}">${fault ? 'disturbed' : 'well'}</span></h2>
    <p class="quiet">${what}</p>
    ${fault ? inWords(fault, sandbox.clock.now()) : ''}
    <form method="post" action="/faults">
      <input type="hidden" name="target" value="${target}" />
      <label for="${id('mode')}">What happens: it</label>
      <select id="${id('mode')}" name="mode">
        ${sandbox.faults
          .possible(target)
          .map(
            (mode) =>
              html`<option value="${mode}" ${fault?.mode === mode ? raw('selected') : ''}>
                ${MODES[mode]} (${mode})
              </option>`,
          )}
      </select>
      <div class="fields">
        <div>
          <label for="${id('rate')}">How often, percent</label>
          <input
            id="${id('rate')}"
            name="rate"
            type="number"
            min="1"
            max="100"
            value="${Math.round((fault?.rate ?? 1) * 100)}"
            inputmode="numeric"
          />
        </div>
        <div>
          <label for="${id('for')}">How long</label>
          <select id="${id('for')}" name="for">
            ${DURATIONS.map(([minutes, label]) => html`<option value="${minutes}">${label}</option>`)}
          </select>
        </div>
      </div>
      <div class="actions">
        <button class="primary">${fault ? 'Change' : 'Begin'}</button>
        ${fault ? html`<button name="mode" value="off">End</button>` : ''}
      </div>
    </form>
  </section>`;
}

function inWords({ mode, rate, until, since }: Fault, now: number): Markup {
  const often = rate < 1 ? `${Math.round(rate * 100)} % of the time` : 'every time';
  const end = until === null ? 'until it is ended' : `and is over ${distance(until, now)}`;
  return html`<p class="problem">
    It ${MODES[mode]}, ${often}, since ${distance(since, now).replace('now', 'just now')}, ${end}.
  </p>`;
}
