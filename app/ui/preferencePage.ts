/** The page of preferences as a shopper sees it: one form, whole without script. */
import type { Preferences } from '../customers/customer.ts';
import { PREFERENCE_TEXTS } from '../messages/page-texts.ts';
import { closestTag, textFor, type Texts } from '../shops/translations.ts';
import type { Shop } from '../shops/shop.ts';
import { hostedPage, html, type Markup } from './hostedPage.ts';

/** Local hours to choose from. */
const HOURS = [9, 12, 15, 18] as const;
/** Days that a pause may last. */
const PAUSES = [30, 90] as const;

export interface PreferenceView {
  shop: Shop;
  language: string;
  languages: string[];
  chosen: Preferences;
  canText: boolean;
  saved: boolean;
  now: Date;
}

type Say = (texts: Texts) => string;
interface Choice {
  value: string;
  label: string;
  checked: boolean;
}

export function preferencePageResponse(view: PreferenceView): Response {
  const language = closestTag(Object.keys(PREFERENCE_TEXTS.title), view.language) ?? 'en';
  const say: Say = (texts) => textFor(texts, language);
  const T = PREFERENCE_TEXTS;
  const body = html`<h1>${say(T.title)}</h1>
    ${view.saved && html`<p class="done" role="status">${say(T.saved)}</p>`}
    <p>${say(T.intro)}</p>
    <form method="post">
      ${group(say(T.frequency), 'frequency', frequencies(view, say))}
      ${group(say(T.hour), 'hour', hours(view, language, say))}
      ${view.languages.length > 1 && group(say(T.language), 'locale', languages(view))}
      ${view.canText && group(say(T.channel), 'channel', channels(view, say))}
      ${group(say(T.pause), 'pause', pauses(view, language, say))}
      <button>${say(T.save)}</button>
    </form>`;
  return hostedPage({ shop: view.shop, language, title: say(T.title), body });
}

/** Radio buttons: one is always chosen. */
function group(legend: string, name: string, choices: Choice[]): Markup {
  return html`<fieldset>
    <legend>${legend}</legend>
    <div class="choices">
      ${choices.map(
        ({ value, label, checked }) =>
          html`<label class="choice"
            ><input type="radio" name="${name}" value="${value}" ${checked && html`checked`} /><span
              >${label}</span
            ></label
          >`,
      )}
    </div>
  </fieldset>`;
}

function frequencies({ chosen }: PreferenceView, say: Say): Choice[] {
  const T = PREFERENCE_TEXTS;
  const labels = { all: say(T.all), fewer: say(T.fewer), 'order-news': say(T.orderNews) };
  return Object.entries(labels).map(([value, label]) => ({
    value,
    label,
    checked: chosen.frequency === value,
  }));
}

function hours({ chosen }: PreferenceView, language: string, say: Say): Choice[] {
  const clock = new Intl.DateTimeFormat(language, { hour: 'numeric', minute: '2-digit', timeZone: 'UTC' });
  const any = { value: '', label: say(PREFERENCE_TEXTS.anyHour), checked: chosen.hour === null };
  return [
    any,
    ...HOURS.map((hour) => ({
      value: String(hour),
      label: say(PREFERENCE_TEXTS.from).replace('{time}', clock.format(Date.UTC(2000, 0, 1, hour))),
      checked: chosen.hour === hour,
    })),
  ];
}

/** Each language by its own name, as its readers look for it. */
function languages({ languages: offered, language }: PreferenceView): Choice[] {
  const current = closestTag(offered, language);
  return offered.map((value) => {
    const name = new Intl.DisplayNames([value], { type: 'language' }).of(value) ?? value;
    return {
      value,
      label: name.charAt(0).toLocaleUpperCase(value) + name.slice(1),
      checked: value === current,
    };
  });
}

function channels({ chosen }: PreferenceView, say: Say): Choice[] {
  return [
    { value: 'email', label: say(PREFERENCE_TEXTS.email), checked: chosen.channel !== 'sms' },
    { value: 'sms', label: say(PREFERENCE_TEXTS.sms), checked: chosen.channel === 'sms' },
  ];
}

function pauses({ chosen, now }: PreferenceView, language: string, say: Say): Choice[] {
  const T = PREFERENCE_TEXTS;
  const until = chosen.pausedUntil && chosen.pausedUntil > now ? chosen.pausedUntil : null;
  const day = until && new Intl.DateTimeFormat(language, { dateStyle: 'long' }).format(until);
  return [
    { value: '', label: say(T.noPause), checked: until === null },
    ...(day ? [{ value: 'keep', label: say(T.pausedUntil).replace('{day}', day), checked: true }] : []),
    { value: String(PAUSES[0]), label: say(T.month), checked: false },
    { value: String(PAUSES[1]), label: say(T.threeMonths), checked: false },
  ];
}

/** What a form says; a value that was not offered leaves things as they are. */
export function preferencesIn(
  form: URLSearchParams,
  { chosen, language, languages: offered, canText }: Omit<PreferenceView, 'shop' | 'saved' | 'now'>,
  now: Date,
): Preferences {
  const [frequency, hour, locale, channel] = ['frequency', 'hour', 'locale', 'channel'].map((name) =>
    form.get(name),
  );
  return {
    frequency:
      frequency === 'all' || frequency === 'fewer' || frequency === 'order-news'
        ? frequency
        : chosen.frequency,
    hour: hour === '' ? null : (HOURS.find((one) => String(one) === hour) ?? chosen.hour),
    // What was only shown as the nearest is no choice.
    locale:
      locale === closestTag(offered, language)
        ? chosen.locale
        : (offered.find((one) => one === locale) ?? chosen.locale),
    channel: canText && (channel === 'sms' || channel === 'email') ? channel : chosen.channel,
    pausedUntil: pauseIn(form.get('pause'), chosen.pausedUntil, now),
  };
}

function pauseIn(pause: string | null, before: Date | null, now: Date): Date | null {
  if (pause === '') return null;
  const days = PAUSES.find((one) => String(one) === pause);
  return days ? new Date(now.getTime() + days * 86_400_000) : before;
}
