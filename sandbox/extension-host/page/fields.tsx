/** Elements that are filled in. */
import type { ComponentChildren } from 'preact';
import type { Drawing, Props, SElement } from './base.ts';

const fieldCss = `:host{display:block;min-width:0}label,legend{display:block;font-weight:500;margin:0 0 6px;padding:0}
input,textarea,select{font:inherit;width:100%;min-height:44px;padding:10px 12px;border:1px solid #b0b0b0;border-radius:8px;
background:#fff;color:inherit}::placeholder{color:#6f6f6f;opacity:1}textarea{resize:vertical}
.bad{border-color:#b3261e}.error{color:#b3261e;margin-top:6px;font-size:.93em}`;

export const fields: Record<string, Drawing> = {
  's-text-field': textField('text'),
  's-email-field': textField('email'),
  's-phone-field': textField('tel'),
  's-url-field': textField('url'),
  's-number-field': textField('number'),
  's-date-field': textField('date'),
  's-text-area': {
    css: fieldCss,
    draw: (element, props) => (
      <Labelled props={props}>
        <textarea
          {...common(element)}
          rows={props.rows ?? 2}
          value={textOf(element)}
          readOnly={props.readOnly}
          placeholder={props.placeholder}
        />
      </Labelled>
    ),
  },
  's-checkbox': {
    css: `${fieldCss}label{display:flex;gap:10px;align-items:center;font-weight:400;margin:0}input{width:18px;min-height:18px;margin:0}`,
    draw: (element, props) => (
      <>
        <label>
          <input
            type="checkbox"
            checked={Boolean(props.checked ?? element.local.checked ?? props.defaultChecked)}
            disabled={props.disabled}
            aria-label={props.accessibilityLabel}
            onChange={(event) => {
              const { checked } = event.currentTarget;
              element.local.checked = checked;
              element.emit('change', { checked });
            }}
          />
          {props.label}
          <slot name="label" />
        </label>
        {props.error && <div class="error">{props.error}</div>}
      </>
    ),
  },
  's-select': {
    css: fieldCss,
    connected: redrawWithChildren,
    draw: (element, props) => (
      <Labelled props={props}>
        <select
          id="field"
          disabled={props.disabled}
          class={props.error ? 'bad' : ''}
          value={props.value ?? element.local.value ?? ''}
          onChange={(event) => {
            const { value } = event.currentTarget;
            element.local.value = value;
            element.emit('change', { value });
          }}
        >
          <option value="">{props.placeholder ?? ''}</option>
          {[...element.querySelectorAll<SElement>('s-option')].map((option) => (
            <option key={option.props.value} value={option.props.value} disabled={option.props.disabled}>
              {option.textContent}
            </option>
          ))}
        </select>
      </Labelled>
    ),
  },
  's-option': {
    css: ':host{display:none}',
    draw: () => null,
    connected: (element) => element.closest<SElement>('s-select')?.redraw(),
  },
  's-choice-list': choiceList(),
  's-choice': {
    connected: (element) => (element.parentElement as SElement | null)?.redraw?.(),
    draw: () => (
      <>
        <slot />
        <slot name="details" />
      </>
    ),
  },
};

function textField(type: string): Drawing {
  return {
    css: fieldCss,
    draw: (element, props) => (
      <Labelled props={props}>
        <input
          {...common(element)}
          type={type}
          value={textOf(element)}
          readOnly={props.readOnly}
          placeholder={props.placeholder}
          autocomplete={props.autocomplete}
        />
        <slot name="accessory" />
      </Labelled>
    ),
  };
}

/** All inputs of a list live in one shadow tree: the browser itself groups the radios and moves with the arrow keys. */
function choiceList(): Drawing {
  return {
    slotAssignment: 'manual',
    connected: redrawWithChildren,
    css: `${fieldCss}fieldset{border:0;margin:0;padding:0;min-width:0}.list{display:flex;flex-direction:column;gap:4px}
.inline{display:flex;flex-wrap:wrap;gap:8px}.grid{display:grid;gap:8px;grid-template-columns:repeat(auto-fill,minmax(9em,1fr))}
.choice{display:flex;gap:10px;align-items:center;font-weight:400;margin:0;min-height:44px;cursor:pointer}
.choice input{width:18px;height:18px;min-height:0;margin:0;flex:none;accent-color:var(--accent,#1166c8)}
.inline .choice,.grid .choice{position:relative;border:1px solid #c4c4c4;border-radius:8px;padding:8px 16px;justify-content:center}
.inline input,.grid input{position:absolute;opacity:0;inset:0;width:100%;height:100%;cursor:pointer}
.inline .choice:has(:checked),.grid .choice:has(:checked){border-color:var(--accent,#1166c8);
box-shadow:inset 0 0 0 1px var(--accent,#1166c8);background:color-mix(in srgb,var(--accent,#1166c8) 7%,#fff)}
.choice:has(:focus-visible){outline:2px solid var(--accent,#1166c8);outline-offset:2px}`,
    draw(element, props) {
      const layout = props.variant === 'inline' || props.variant === 'grid' ? props.variant : 'list';
      const exclusive = props.labelAccessibilityVisibility === 'exclusive';
      return (
        <fieldset disabled={Boolean(props.disabled)} aria-describedby={props.error ? 'error' : undefined}>
          <legend class={exclusive ? 'hide' : ''}>{props.label}</legend>
          <div class={layout}>
            <Choices element={element} props={props} />
          </div>
          <Problem props={props} />
        </fieldset>
      );
    },
  };
}

function Choices({ element, props }: { element: SElement; props: Props }) {
  const choices = [...element.children].filter((child): child is SElement => child.localName === 's-choice');
  const preset = choices
    .filter((c) => c.props.selected ?? c.props.defaultSelected)
    .map((c) => String(c.props.value));
  const values: string[] = props.values ?? element.local.values ?? preset;
  const toggle = (value: string, checked: boolean) => {
    const all = choices.map((choice) => String(choice.props.value));
    const next = props.multiple ? all.filter((v) => (v === value ? checked : values.includes(v))) : [value];
    element.local.values = next;
    element.emit('change', { values: next });
  };
  return choices.map((choice) => (
    <label class="choice" key={choice.props.value}>
      <input
        type={props.multiple ? 'checkbox' : 'radio'}
        name="choice"
        value={choice.props.value}
        checked={values.includes(String(choice.props.value))}
        disabled={Boolean(choice.props.disabled)}
        aria-label={choice.props.accessibilityLabel}
        onChange={(event) => toggle(String(choice.props.value), event.currentTarget.checked)}
      />
      <slot ref={(slot) => slot?.assign(choice)} />
    </label>
  ));
}

function Labelled({ props, children }: { props: Props; children: ComponentChildren }) {
  return (
    <>
      <label for="field" class={props.labelAccessibilityVisibility === 'exclusive' ? 'hide' : ''}>
        {props.label}
      </label>
      {children}
      <Problem props={props} />
    </>
  );
}

const Problem = ({ props }: { props: Props }) =>
  props.error ? (
    <div class="error" id="error" role="alert">
      {props.error}
    </div>
  ) : null;

const textOf = ({ props, local }: SElement): string => props.value ?? local.value ?? props.defaultValue ?? '';

/** What inputs and text areas share. The native `input` event is composed: it would reach the extension a second time. */
function common(element: SElement) {
  const { props } = element;
  const send = (name: string) => (event: Event) => {
    event.stopPropagation();
    const { value } = event.currentTarget as HTMLInputElement;
    element.local.value = value;
    element.emit(name, { value });
  };
  return {
    id: 'field',
    class: props.error ? 'bad' : '',
    disabled: Boolean(props.disabled),
    required: Boolean(props.required),
    maxLength: Number.isFinite(props.maxLength) ? Number(props.maxLength) : undefined,
    'aria-invalid': props.error ? ('true' as const) : undefined,
    'aria-describedby': props.error ? 'error' : undefined,
    onInput: send('input'),
    onChange: send('change'),
  };
}

function redrawWithChildren(element: SElement): void {
  if (element.local.watched) return;
  element.local.watched = true;
  new MutationObserver(() => element.redraw()).observe(element, {
    childList: true,
    subtree: true,
    characterData: true,
  });
}
