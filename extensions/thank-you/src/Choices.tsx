/** A few big choices, each with a word: side by side where there is room, one below the other on a phone. */

export interface Choice {
  value: number | string;
  label: string;
}

interface ChoicesProps {
  choices: Choice[];
  chosen: number | string | undefined;
  busy: boolean;
  onChoose: (value: number | string) => void;
}

export function Choices({ choices, chosen, busy, onChoose }: ChoicesProps) {
  return (
    <s-grid gridTemplateColumns={columns(choices.length)} gap="small-200">
      {choices.map(({ value, label }) => (
        <s-box key={value} display={chosen === undefined || chosen === value ? 'auto' : ONLY_WIDE}>
          <s-press-button
            inlineSize="fill"
            pressed={chosen === value}
            disabled={busy && chosen !== value}
            onClick={() => onChoose(value)}
          >
            {label}
          </s-press-button>
        </s-box>
      ))}
    </s-grid>
  );
}

/** On a phone the choices that were not taken make room for what follows; the one taken, pressed again, brings them back. */
const ONLY_WIDE = '@container (inline-size > 480px) auto, none';

/** At most six in a row. */
export function columns(count: number): `@container${string}` {
  const inRow = count > 6 ? Math.ceil(count / 2) : count;
  return `@container (inline-size > 480px) ${Array(inRow).fill('1fr').join(' ')}, 1fr`;
}
