/** A few big choices, each with a word: side by side where there is room, one below the other on a phone. Figures and stars stay in rows. */

export interface Choice {
  value: number | string;
  label: string;
}

type Look = 'words' | 'numbers' | 'stars';

interface ChoicesProps {
  choices: Choice[];
  look?: Look;
  chosen: number | string | undefined;
  busy: boolean;
  onChoose: (value: number | string) => void;
}

export function Choices({ choices, look = 'words', chosen, busy, onChoose }: ChoicesProps) {
  const stays = look !== 'words';
  return (
    <s-grid gridTemplateColumns={stays ? rows(choices.length) : columns(choices.length)} gap="small-200">
      {choices.map(({ value, label }) => (
        <s-box key={value} display={stays || chosen === undefined || chosen === value ? 'auto' : ONLY_WIDE}>
          <s-press-button
            inlineSize="fill"
            pressed={chosen === value}
            disabled={busy && chosen !== value}
            {...(look === 'stars' && { accessibilityLabel: label })}
            onClick={() => onChoose(value)}
          >
            {look === 'stars' ? `${value} ★` : label}
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

/** All in one row where there is room, half of them on a phone when they are many. */
function rows(count: number): `@container${string}` {
  const narrow = count > 6 ? Math.ceil(count / 2) : count;
  const of = (many: number) => Array(many).fill('1fr').join(' ');
  return `@container (inline-size > 480px) ${of(count)}, ${of(narrow)}`;
}
