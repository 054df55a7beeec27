/** The page where a customer shows photos, films and stories, says what may be done with them, and takes them back. */
import { PAGE_TEXTS } from '../feedback/page-texts.ts';
import { fileUrl, type FilesOrigin } from '../files/file.ts';
import type { Shop } from '../shops/shop.ts';
import { closestTag, textFor } from '../shops/translations.ts';
import { interviewQuestions, questionFor } from '../stories/interview.ts';
import { PROBLEM_TEXTS, STORY_TEXTS, type StoryProblemText } from '../stories/page-texts.ts';
import { rightsNow, TERMS, USES, type Use } from '../stories/rights.ts';
import type { Story, StoryPage } from '../stories/stories.server.ts';
import type { SentStory } from '../stories/story.ts';
import { date } from './format.ts';
import { filesScript, scriptWords } from './filesScript.ts';
import { hostedPage, html, type Markup } from './hostedPage.ts';

export type StoryForm = SentStory['form'];
export const STORY_FORMS = ['photos', 'before-after', 'guest-post', 'interview'] as const;

interface Shown {
  shop: Shop;
  page: StoryPage | null;
  form: StoryForm;
  /** `form`: as it begins. */
  state: 'form' | 'sent' | 'saved' | 'withdrawn';
  problem?: StoryProblemText | null;
  /** What was typed already. */
  typed?: URLSearchParams | null;
  /** For the script. */
  uploadToken: string;
  origin: FilesOrigin;
  now: Date;
}

type Say = (text: keyof typeof STORY_TEXTS) => string;

const PICTURES = 'image/jpeg,image/png,image/webp,image/gif,image/avif';
const FILMS = 'video/mp4,video/quicktime';

export function storyPageResponse(shown: Shown): Response {
  const { shop, page, state } = shown;
  const locale = page?.locale ?? null;
  const language = closestTag(Object.keys(STORY_TEXTS.title), locale, shop.locale) ?? 'en';
  const say: Say = (text) => textFor(STORY_TEXTS[text], locale, shop.locale);
  if (!page) {
    const gone = (name: 'goneTitle' | 'goneText') => textFor(PAGE_TEXTS[name], locale, shop.locale);
    const body = html`<h1>${gone('goneTitle')}</h1>
      <p>${gone('goneText')}</p>`;
    return hostedPage({ shop, language, title: gone('goneTitle'), body, status: 404 });
  }
  // Who was asked something finds it first.
  const [asked, others] = [true, false].map((wanted) =>
    page.mine.filter((story) => (rightsNow(story, shown.now) === 'asked') === wanted),
  ) as [Story[], Story[]];
  const isAsked = asked.length > 0;
  const mine = html`${page.mine.length > 0 && html`<h2>${say('mine')}</h2>`}
  ${[...asked, ...others].map((story) => ownStory(story, shown, say))}`;
  const form = state === 'form' && formOf(shown, page, say);
  const body = html`${headOf(shown, say)} ${isAsked ? [mine, form] : [form, mine]}`;
  return hostedPage({
    shop,
    language,
    title: say('title'),
    body,
    script: filesScript(scriptWords(shown.uploadToken, locale, shop.locale)),
    status: shown.problem ? 422 : 200,
  });
}

function headOf({ shop, state, problem, page }: Shown, say: Say): Markup {
  const wrong =
    problem &&
    html`<p class="wrong" role="alert">${textFor(PROBLEM_TEXTS[problem], page?.locale, shop.locale)}</p>`;
  if (state === 'form')
    return html`<h1>${say('title')}</h1>
      ${wrong}`;
  const title = state === 'sent' ? say('sentTitle') : state === 'saved' ? say('savedTitle') : say('gone');
  return html`<h1 role="status">${title}</h1>
    ${state === 'sent' && html`<p>${say('sentText')}</p>`}
    <p><a href="?">${say('another')}</a></p>`;
}

function formOf(shown: Shown, { product, firstName }: StoryPage, say: Say): Markup {
  const { form, typed } = shown;
  const old = (name: string) => typed?.get(name) ?? '';
  const about =
    product &&
    html`<p class="product">
      ${product.imageUrl && html`<img src="${product.imageUrl}" alt="" width="64" height="64" />`}<span
        >${product.title}</span
      >
    </p>`;
  return html`<p>${say('lead')}</p>
    ${about}
    <form method="post" enctype="multipart/form-data" data-files>
      <input type="hidden" name="intent" value="send" />
      <input type="hidden" name="form" value="${form}" />
      ${fieldsOf(shown, old, say)}
      <label class="label" for="name">${say('name')}</label>
      <input
        id="name"
        type="text"
        name="name"
        maxlength="60"
        autocomplete="given-name"
        value="${typed ? old('name') : (firstName ?? '')}"
      />
      <p class="note">${say('nameHint')}</p>
      ${rightsFields('new', usesTyped(typed), { term: old('term') || 'open' }, say)}
      <p class="progress note" role="status" aria-live="polite"></p>
      <button>${say('send')}</button>
    </form>
    <h2>${say('otherwise')}</h2>
    <ul>
      ${STORY_FORMS.filter((each) => each !== form).map(
        (each) => html`<li><a href="?as=${each}">${say(FORM_NAMES[each])}</a></li>`,
      )}
    </ul>`;
}

const FORM_NAMES = {
  photos: 'photos',
  'before-after': 'beforeAfter',
  'guest-post': 'guestPost',
  interview: 'interview',
} as const satisfies Record<StoryForm, keyof typeof STORY_TEXTS>;

const usesTyped = (typed: URLSearchParams | null | undefined): Use[] =>
  USES.filter((use) => typed?.getAll('use').includes(use));

function fieldsOf(shown: Shown, old: (name: string) => string, say: Say): Markup {
  const { shop, page } = shown;
  switch (shown.form) {
    case 'photos':
      return html`${fileField('files', say('files'), `${PICTURES},${FILMS}`, true)}
        <p class="note">${say('filesHint')}</p>
        ${area('text', say('caption'), old('text'), 2000)}`;
    case 'before-after':
      return html`${fileField('before', say('before'), PICTURES, false)}
      ${fileField('after', say('after'), PICTURES, false)} ${area('text', say('caption'), old('text'), 2000)}`;
    case 'guest-post':
      return html`<label class="label" for="title">${say('headline')}</label>
        <p><input id="title" type="text" name="title" maxlength="120" required value="${old('title')}" /></p>
        ${area('text', say('post'), old('text'), 20_000, 'long')}
        ${fileField('files', say('files'), `${PICTURES},${FILMS}`, true)}`;
    case 'interview':
      return html`${interviewQuestions(shop.settings.stories.questions).map(({ key, text }) =>
        area(`answer-${key}`, textFor(text, page?.locale, shop.locale), old(`answer-${key}`), 2000),
      )}
      ${fileField('files', say('files'), `${PICTURES},${FILMS}`, true)}`;
  }
}

const fileField = (name: string, label: string, accept: string, several: boolean): Markup =>
  html`<label class="label" for="${name}">${label}</label>
    <p><input id="${name}" type="file" name="${name}" accept="${accept}" ${several && html`multiple`} /></p>`;

const area = (name: string, label: string, value: string, most: number, size = ''): Markup =>
  html`<label class="label" for="${name}">${label}</label>
    <p><textarea id="${name}" name="${name}" maxlength="${most}" class="${size}">${value}</textarea></p>`;

/** @param granted `until`: of what was granted before, in words; it stays chosen, so that nobody grants more without a word */
function rightsFields(
  of: string,
  chosen: readonly Use[],
  { term, until = null }: { term: string; until?: string | null },
  say: Say,
): Markup {
  return html`<fieldset>
      <legend>${say('rights')}</legend>
      <p class="note">${say('rightsHint')}</p>
      ${USES.map(
        (use) =>
          html`<label class="tick"
            ><input type="checkbox" name="use" value="${use}" ${chosen.includes(use) && html`checked`} />
            <span>${say(`use-${use}`)}</span></label
          >`,
      )}
    </fieldset>
    <label class="label" for="term-${of}">${say('term')}</label>
    <p>
      <select id="term-${of}" name="term">
        ${until && html`<option value="keep" selected>${say('term-keep').replace('{day}', until)}</option>`}
        ${TERMS.map(
          (each) =>
            html`<option value="${each}" ${each === term && html`selected`}>${say(`term-${each}`)}</option>`,
        )}
      </select>
    </p>`;
}

/** What was sent, what may be done with it, and the way to take it back. */
function ownStory(story: Story, { origin, now, shop, page }: Shown, say: Say): Markup {
  const isAsked = rightsNow(story, now) === 'asked';
  const chosen = isAsked && story.uses.length === 0 ? [] : story.uses;
  const named = (use: Use) => say(`use-${use}`);
  const asked = (question: string) =>
    questionFor(question, shop.settings.stories.questions, page?.locale ?? null, shop.locale);
  const holds = story.uses.length > 0 && story.rightsUntil && story.rightsUntil > now;
  const day = { locale: page?.locale ?? shop.locale, timeZone: shop.timeZone };
  const granted = holds
    ? { term: 'keep', until: date(story.rightsUntil!, day) }
    : { term: 'open', until: null };
  return html`<section class="own">
    <div class="files">
      ${story.files.map(({ file }) =>
        file.kind === 'video'
          ? html`<span class="film" aria-hidden="true">▶</span>`
          : html`<img src="${fileUrl(origin, file, 320)}" alt="" loading="lazy" width="96" height="96" />`,
      )}
    </div>
    ${story.title && html`<p><strong>${story.title}</strong></p>`}
    ${story.text && html`<p class="words">${story.text}</p>`}
    ${story.answers.map(
      ({ question, answer }) => html`<p class="words"><strong>${asked(question)}</strong><br />${answer}</p>`,
    )}
    ${isAsked && html`<p class="done">${say('asks')} ${story.askedUses.map(named).join(', ')}</p>`}
    <details ${isAsked && html`open`}>
      <summary>${say('rights')}</summary>
      <form method="post">
        <input type="hidden" name="intent" value="grant" />
        <input type="hidden" name="story" value="${story.id}" />
        ${rightsFields(story.id, chosen, granted, say)}
        <button>${say('save')}</button>
      </form>
    </details>
    <form method="post">
      <input type="hidden" name="intent" value="withdraw" />
      <input type="hidden" name="story" value="${story.id}" />
      <button class="quiet">${say('withdraw')}</button>
      <span class="note">${say('withdrawHint')}</span>
    </form>
  </section>`;
}
