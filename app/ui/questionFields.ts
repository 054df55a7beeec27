/** Questions of a survey as fields of a form. */
import type { BlockQuestion } from '../feedback/block.ts';
import { html, type Markup } from './hostedPage.ts';

/**
 * @param chosen value that is chosen already, of a scale or a single choice
 * @param isTitle the question is what the page is about
 */
export function questionField(
  question: BlockQuestion,
  chosen: string | null = null,
  isTitle = false,
): Markup {
  switch (question.kind) {
    case 'scale':
      return choices(question, 'radio', 'choices big', chosen, isTitle);
    case 'choice':
      return choices(question, question.multiple ? 'checkbox' : 'radio', 'choices', chosen, isTitle);
    case 'text': {
      const { key, text, placeholder, maxLength, required } = question;
      return html`<fieldset>
        <label class="label" for="q-${key}">${text}</label>
        <textarea
          id="q-${key}"
          name="${key}"
          placeholder="${placeholder}"
          maxlength="${maxLength}"
          ${required && html`required`}
        ></textarea>
      </fieldset>`;
    }
  }
}

function choices(
  question: Exclude<BlockQuestion, { kind: 'text' }>,
  type: 'radio' | 'checkbox',
  className: string,
  chosen: string | null,
  isTitle: boolean,
): Markup {
  const { key, text, required, options } = question;
  const option = ({ value, label }: { value: number | string; label: string }) =>
    html`<label class="choice"
      ><input
        type="${type}"
        name="${key}"
        value="${value}"
        ${String(value) === chosen && html`checked`}
        ${required && type === 'radio' && html`required`}
      /><span>${label}</span></label
    >`;
  return html`<fieldset>
    <legend>${isTitle ? html`<h1>${text}</h1>` : text}</legend>
    <div class="${className}">${options.map(option)}</div>
  </fieldset>`;
}

interface Given {
  question: string;
  value: number | string | string[];
}

/** What a posted form says to the questions: fields that were left empty are left out. */
export function answersIn(questions: readonly BlockQuestion[], form: URLSearchParams): Given[] {
  return questions.flatMap((question): Given[] => {
    const values = form.getAll(question.key).filter((value) => value.trim() !== '');
    if (values.length === 0) return [];
    if (question.kind === 'scale') return [{ question: question.key, value: Number(values[0]) }];
    const isList = question.kind === 'choice' && question.multiple;
    return [{ question: question.key, value: isList ? values : values[0]! }];
  });
}
