import { BadInput } from '../../bad-input.ts';
import type { Shop } from '../../state/shop.ts';
import type { PageAnswer, PageRequest, Route, Sandbox, Upcoming } from '../../types.ts';
import { cityOf, distance, moment } from '../format.ts';
import { redirect, shopHere } from '../here.ts';
import { html, raw, type Markup } from '../html.ts';
import { page, problem } from '../page.ts';

const HOUR = 3_600_000;
const STEPS: Record<string, { label: string; ms: number }> = {
  hour: { label: 'An hour', ms: HOUR },
  day: { label: 'A day', ms: 24 * HOUR },
  week: { label: 'A week', ms: 7 * 24 * HOUR },
  month: { label: '30 days', ms: 30 * 24 * HOUR },
};
/** Nearer to real time than this counts as now. */
const CLOSE = 2000;

/** What time it is in the shop, and how to let it pass. */
export function clockRoutes(sandbox: Sandbox): Route[] {
  return [
    { method: 'GET', path: '/clock', handle: (request) => show(sandbox, request) },
    { method: 'POST', path: '/clock', handle: (request) => move(sandbox, request) },
  ];
}

async function move(sandbox: Sandbox, request: PageRequest): Promise<PageAnswer> {
  const form = request.form();
  try {
    await sandbox.clock.moveTo(await targetOf(sandbox, form.get('step') ?? '', form.get('to')));
  } catch (error) {
    return show(sandbox, request, error instanceof Error ? error.message : String(error));
  }
  return redirect('/clock');
}

async function targetOf(sandbox: Sandbox, step: string, to: string | null): Promise<number> {
  const now = sandbox.clock.now();
  const known = STEPS[step];
  if (known) return now + known.ms;
  if (step === 'now') return Date.now();
  if (step === 'next') {
    const [next] = await sandbox.clock.upcoming(1);
    if (!next) throw new BadInput('Nothing is waiting: there is no next event to go to.');
    return Math.max(now, Date.parse(next.at));
  }
  const days = Number(to);
  if (!Number.isFinite(days) || days <= 0) throw new BadInput('Say how many days should pass.');
  return now + days * 24 * HOUR;
}

async function show(sandbox: Sandbox, request: PageRequest, refused?: string): Promise<PageAnswer> {
  const shop = shopHere(sandbox, request);
  const now = sandbox.clock.now();
  const ahead = now - Date.now();
  const coming = await sandbox.clock.upcoming(30).catch(() => null);
  return page(sandbox, request, {
    title: 'Clock',
    shop,
    door: 'clock',
    kind: 'tool',
    scripts: ['clock.js'],
    status: refused ? 409 : 200,
    body: html`<main id="content" class="wrap clock">
      <section class="card clock-face">
        ${face(now, shop.timezone)}
        <div>
          <h1><time>${moment(now, shop.timezone)}</time></h1>
          <p class="quiet">
            in ${cityOf(shop.timezone)},
            ${Math.abs(ahead) < CLOSE ? 'the same as outside the sandbox' : `${distance(now, Date.now()).replace(/^in /, '')} ${ahead > 0 ? 'ahead of' : 'behind'} the world outside`}
          </p>
        </div>
      </section>
      ${problem(refused)}
      <form method="post" action="/clock" class="card clock-steps">
        <h2>Let time pass</h2>
        <div class="actions">
          ${Object.entries(STEPS).map(([step, { label }]) => html`<button name="step" value="${step}">${label}</button>`)}
          <button class="primary" name="step" value="next" ${coming?.length ? '' : raw('disabled')}>
            To the next event
          </button>
        </div>
        <div class="actions clock-own">
          <div>
            <label for="days">Or days</label>
            <input id="days" name="to" type="number" min="1" max="3650" step="1" inputmode="numeric" />
          </div>
          <button name="step" value="days">Go</button>
        </div>
        <p id="clock-busy" class="note" role="status" hidden>
          Time passes. Everything that falls due on the way is done in its turn…
        </p>
      </form>
      <div class="admin-columns">${whatComes(shop, coming, now)} ${backToNow(Math.abs(ahead) < CLOSE)}</div>
    </main>`,
  });
}

function whatComes(shop: Shop, coming: Upcoming[] | null, now: number): Markup {
  return html`<section class="card">
    <h2>What will come</h2>
    ${
      coming === null
        ? html`<p class="problem">The database does not answer, so nobody knows.</p>`
        : coming.length === 0
          ? html`<p class="quiet">Nothing is waiting. Buy something, and the app will have plans.</p>`
          : html`<ol class="timeline">
              ${coming.map(
                ({ at, what, shop: domain }) =>
                  html`<li>
                    ${what}
                    <small
                      >${distance(at, now)} ·
                      ${moment(at, shop.timezone)}${domain && domain !== shop.domain ? ` · ${domain}` : ''}</small
                    >
                  </li>`,
              )}
            </ol>`
    }
  </section>`;
}

function backToNow(isNow: boolean): Markup {
  return html`<section class="card">
    <h2>Back to now</h2>
    <p>
      Time does not run backwards: mails stay sent, and what was decided stays decided. Setting the clock back
      only changes what time it is from here on, so what is planned waits all the longer.
    </p>
    <form method="post" action="/clock">
      <button name="step" value="now" ${isNow ? raw('disabled') : ''}>Back to now</button>
    </form>
  </section>`;
}

/** A clock with hands. */
function face(now: number, zone: string): Markup {
  const text = new Intl.DateTimeFormat('en-GB', {
    timeZone: zone,
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  }).format(now);
  const [hour = 0, minute = 0] = text.split(':').map(Number);
  const night = hour >= 21 || hour < 9;
  const [ground, ink] = night ? ['#2b3247', '#f4f0e4'] : ['#fff7e2', '#3a3226'];
  const hand = (turn: number, length: number, width: number) =>
    `<line x1="60" y1="60" x2="60" y2="${60 - length}" stroke="${ink}" stroke-width="${width}" stroke-linecap="round" transform="rotate(${turn} 60 60)"/>`;
  const marks = Array.from(
    { length: 12 },
    (_, index) =>
      `<line x1="60" y1="12" x2="60" y2="${index % 3 ? 16 : 20}" stroke="${ink}" stroke-width="2" transform="rotate(${index * 30} 60 60)"/>`,
  ).join('');
  return raw(
    `<svg viewBox="0 0 120 120" width="112" height="112" role="img" aria-label="${text}"><circle cx="60" cy="60" r="55" fill="${ground}" stroke="#8c7b5c" stroke-width="5"/>${marks}${hand(hour * 30 + minute / 2, 26, 5)}${hand(minute * 6, 38, 3)}<circle cx="60" cy="60" r="4" fill="#b4483f"/></svg>`,
  );
}
