/** Questions of a survey as fields of a form, whole without script. */
import type { BlockQuestion, ContactQuestion, MatrixQuestion, RankingQuestion } from '../feedback/block.ts';
import type { Value } from '../feedback/question.ts';
import { html, type Markup } from './hostedPage.ts';

interface Shown {
  /** What is chosen already. */
  value: Value | undefined;
  /** The question is what the page is about. */
  isTitle: boolean;
  /** Places of a ranking: "1." … */
  noPlace: string;
}

/** @param shown what is chosen, and whether the question is the title of the page */
export function questionField(question: BlockQuestion, shown: Shown): Markup {
  switch (question.kind) {
    case 'scale':
      return scaleField(question, shown);
    case 'choice': {
      const type = question.multiple ? 'checkbox' : 'radio';
      return group(question, shown, options(question, { type, name: question.key }, shown.value));
    }
    case 'ranking':
      return group(question, shown, places(question, shown));
    case 'matrix':
      return group(question, shown, grid(question, shown.value));
    case 'contact':
      return group(question, shown, wishes(question, shown.value));
    case 'text':
      return html`<fieldset>
        ${labelFor(question, shown)}
        <textarea
          id="q-${question.key}"
          name="${question.key}"
          placeholder="${question.placeholder}"
          maxlength="${question.maxLength}"
          ${question.required && html`required`}
        >
${text(shown.value)}</textarea>
      </fieldset>`;
    case 'date':
      return html`<fieldset>
        ${labelFor(question, shown)}
        <input
          type="date"
          id="q-${question.key}"
          name="${question.key}"
          min="1900-01-01"
          max="2100-12-31"
          value="${text(shown.value)}"
          ${question.required && html`required`}
        />
      </fieldset>`;
  }
}

const text = (value: Value | undefined) => (typeof value === 'string' ? value : '');

function labelFor({ key, text: words, help }: BlockQuestion, { isTitle }: Shown): Markup {
  const label = html`<label class="label" for="q-${key}">${words}</label>`;
  return html`${isTitle ? html`<h1>${label}</h1>` : label}${help && html`<p class="note">${help}</p>`}`;
}

function group({ text: words, help }: BlockQuestion, { isTitle }: Shown, fields: Markup): Markup {
  return html`<fieldset>
    <legend>${isTitle ? html`<h1>${words}</h1>` : words}</legend>
    ${help && html`<p class="note">${help}</p>`} ${fields}
  </fieldset>`;
}

function scaleField(question: BlockQuestion & { kind: 'scale' }, shown: Shown): Markup {
  const field = { type: 'radio', name: question.key } as const;
  if (question.look === 'stars') return group(question, shown, stars(question, shown.value));
  const isFigures = question.look === 'numbers';
  const fields = options(question, field, shown.value, isFigures ? 'choices figures' : 'choices big');
  const ends = html`<p class="ends note"><span>${question.low}</span><span>${question.high}</span></p>`;
  return group(question, shown, isFigures ? html`${fields}${ends}` : fields);
}

function options(
  { required, options: all }: { required: boolean; options: { value: number | string; label: string }[] },
  { type, name }: { type: 'radio' | 'checkbox'; name: string },
  chosen: Value | undefined,
  className = 'choices',
): Markup {
  const known: unknown[] = Array.isArray(chosen) ? chosen : [chosen];
  const option = ({ value, label }: { value: number | string; label: string }) =>
    html`<label class="choice"
      ><input
        type="${type}"
        name="${name}"
        value="${value}"
        ${known.some((one) => String(one) === String(value)) && html`checked`}
        ${required && type === 'radio' && html`required`}
      /><span>${label}</span></label
    >`;
  return html`<div class="${className}">${all.map(option)}</div>`;
}

function stars(
  { key, required, options: all }: BlockQuestion & { kind: 'scale' },
  chosen: Value | undefined,
): Markup {
  const star = ({ value, label }: { value: number; label: string }) =>
    html`<label
      ><span class="unseen">${label}</span
      ><input
        type="radio"
        name="${key}"
        value="${value}"
        ${String(chosen) === String(value) && html`checked`}
        ${required && html`required`}
      /><span aria-hidden="true">★</span></label
    >`;
  return html`<div class="stars">${all.map(star)}</div>`;
}

/** A place for each; whoever has script or not says the same. */
function places({ key, options: all }: RankingQuestion, { value, noPlace }: Shown): Markup {
  const order = Array.isArray(value) ? value : [];
  return html`<div class="places">
    ${all.map(
      (option) =>
        html`<label
          ><select name="${key}.${option.value}">
            <option value="">${noPlace}</option>
            ${all.map(
              (_each, i) =>
                html`<option value="${i + 1}" ${order.indexOf(option.value) === i && html`selected`}>
                  ${i + 1}.
                </option>`,
            )}
          </select>
          <span>${option.label}</span></label
        >`,
    )}
  </div>`;
}

function grid({ key, rows, columns, required }: MatrixQuestion, value: Value | undefined): Markup {
  const chosen = typeof value === 'object' && !Array.isArray(value) ? value : {};
  return html`${rows.map(
    (row) =>
      html`<fieldset class="row">
        <legend>${row.label}</legend>
        ${options({ required, options: columns }, { type: 'radio', name: `${key}.${row.value}` }, [
          String(chosen[row.value] ?? ''),
        ])}
      </fieldset>`,
  )}`;
}

function wishes({ key, parts }: ContactQuestion, value: Value | undefined): Markup {
  const chosen = typeof value === 'object' && !Array.isArray(value) ? value : {};
  return html`${parts.map(({ part, label, options: all }) => {
    const wish = String(chosen[part] ?? (part === 'hour' ? '' : all[0]!.value));
    return html`<fieldset class="row">
      <legend>${label}</legend>
      ${options({ required: false, options: all }, { type: 'radio', name: `${key}.${part}` }, [wish])}
    </fieldset>`;
  })}`;
}

export interface Given {
  question: string;
  value: Value;
}

/** What a posted form says to the questions: fields that were left empty are left out. */
export function answersIn(questions: readonly BlockQuestion[], form: URLSearchParams): Given[] {
  return questions.flatMap((question): Given[] => {
    const value = valueIn(question, form);
    return value === null ? [] : [{ question: question.key, value }];
  });
}

function valueIn(question: BlockQuestion, form: URLSearchParams): Value | null {
  const { key } = question;
  const [first, ...more] = form.getAll(key).filter((value) => value.trim() !== '');
  switch (question.kind) {
    case 'scale':
      return first === undefined ? null : Number(first);
    case 'choice':
      return first === undefined ? null : question.multiple ? [first, ...more] : first;
    case 'text':
    case 'date':
      return first ?? null;
    case 'ranking':
      return orderIn(question, form);
    case 'matrix':
      return recordIn(
        question.rows.map(({ value }) => value),
        (row) => Number(form.get(`${key}.${row}`) || Number.NaN),
      );
    case 'contact':
      return recordIn(
        question.parts.map(({ part }) => part),
        (part) => form.get(`${key}.${part}`),
      );
  }
}

/** Two on one place are told apart by nothing: both are named, which the survey refuses. */
function orderIn({ key, options: all }: RankingQuestion, form: URLSearchParams): string[] | null {
  const placed = all.flatMap(({ value }) => {
    const place = Number(form.get(`${key}.${value}`) || Number.NaN);
    return Number.isInteger(place) && place >= 1 && place <= all.length ? [{ value, place }] : [];
  });
  if (placed.length === 0) return null;
  const taken = placed.map(({ place }) => place);
  const isShared = new Set(taken).size < taken.length;
  const order = placed.toSorted((a, b) => a.place - b.place).map(({ value }) => value);
  return isShared ? [...order, order[0]!] : order;
}

function recordIn(
  names: readonly string[],
  read: (name: string) => number | string | null,
): Record<string, number | string> | null {
  const entries = names.flatMap((name) => {
    const value = read(name);
    return value === null || Number.isNaN(value) ? [] : [[name, value] as const];
  });
  return entries.length === 0 ? null : Object.fromEntries(entries);
}
