/**
 * Codes for friends: ANA-7K4X2H, her name and six signs, so that it can be read out, written on a card and typed in. Each
 * sign stands for all that look like it: what is typed is read by its looks. The last one says which programme the code is
 * of, so that a shared link shows the right offer without telling whether there is such a code. Five signs behind each name
 * are four million; where no name stands in front there are two more. Who guesses one has a friend's discount on a paid
 * first order, and nothing else.
 *
 * FRIEND-7KQ4-WXHT is a code of before: taken as it is.
 */
export const ALPHABET = '23456789CFHKMNPRTVWXY';
/** What is taken for one of them: Z for 2, S for 5, G for 6, B for 8, U for V. */
const LOOKS: Record<string, string> = { Z: '2', S: '5', G: '6', B: '8', U: 'V' };
/** The other way round, in names: there are no digits in them. */
const IN_NAMES: Record<string, string> = { 0: 'O', 1: 'I', 2: 'Z', 5: 'S', 6: 'G', 8: 'B' };
/** Signs behind a name, the programme's included. */
const signsBehind = (name: string) => (name === NAMELESS ? 8 : 6);
/** Whom no name is known of, or none that fits a code. */
export const NAMELESS = 'FRIENDS';

/** Programmes that a shop may have: a sign for each. */
export const MOST_PROGRAMS = ALPHABET.length;

/**
 * @param program its number, 0 … 20
 * @param random fills the array, as crypto.getRandomValues does
 */
export function makeCode(
  random: (bytes: Uint8Array) => Uint8Array,
  { name = NAMELESS, program }: { name?: string; program: number },
): string {
  const length = signsBehind(name) - 1;
  let signs = '';
  while (signs.length < length) {
    for (const byte of random(new Uint8Array(8))) {
      // Bytes that do not divide evenly are thrown away, so that no sign is likelier than another.
      if (byte < 252 && signs.length < length) signs += ALPHABET[byte % ALPHABET.length];
    }
  }
  return `${name}-${signs}${ALPHABET[program]}`;
}

/** "Zoë-Marie" is ZOE; null where there is no name that can be typed anywhere: 2 to 12 letters from A to Z. */
export function nameInCode(firstName: string | null): string | null {
  const plain = (firstName ?? '')
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replace(/ß/g, 'ss')
    .replace(/[øØ]/g, 'o')
    .replace(/[łŁ]/g, 'l')
    .replace(/[æÆ]/g, 'ae')
    .toUpperCase()
    .trim();
  const [first = ''] = plain.split(/[^A-Z]/u, 1);
  return /^[A-Z]{2,12}$/.test(first) && first !== NAMELESS ? first : null;
}

const OLDER = /^FRIEND-[A-Z0-9]{4}-[A-Z0-9]{4}$/;
interface Parts {
  name: string;
  signs: string;
}

/** A code as its looks say it, in one piece or in groups; null where it is none of this form. */
function partsOf(code: string): Parts | null {
  if (OLDER.test(code)) return null;
  const bare = code.replace(/[._-]/g, '');
  const read = (part: string, looks: Record<string, string>) =>
    Array.from(part, (sign) => looks[sign] ?? sign).join('');
  const called = (count: number) => read(bare.slice(0, -count), IN_NAMES);
  const nameless = called(signsBehind(NAMELESS));
  const name = nameless === NAMELESS ? nameless : called(signsBehind(''));
  const signs = read(bare.slice(name.length), LOOKS);
  const isCode = /^[A-Z]{2,12}$/.test(name) && [...signs].every((sign) => ALPHABET.includes(sign));
  return isCode ? { name, signs } : null;
}

/**
 * As a person may have typed it: in any case, with spaces, any kind of dash or none, signs taken for what they look like.
 * Null for what can be no code at all.
 */
export function readCode(typed: string): string | null {
  const code = typed
    .trim()
    .toUpperCase()
    .replace(/[\u2010-\u2015\u2212\s]+/g, '-');
  const parts = partsOf(code);
  if (parts) return `${parts.name}-${parts.signs}`;
  return /^[A-Z0-9][A-Z0-9_-]{2,49}$/.test(code) ? code : null;
}

/** What a code says by itself, whether there is such a one or not. */
export function saidByCode(code: string): {
  /** "Ana": who invites, as far as the code has it */
  name: string | null;
  program: number;
} {
  const parts = partsOf(code);
  if (!parts) return { name: null, program: 0 };
  const { name, signs } = parts;
  return {
    name: name === NAMELESS ? null : name[0]! + name.slice(1).toLowerCase(),
    program: ALPHABET.indexOf(signs.at(-1)!),
  };
}

/**
 * minting: Shopify does not know it yet. reserving, reserved: the same and known, for a customer who has not been told of
 * it. revoked: its customer was erased, or never needed it.
 */
export type CodeState = 'minting' | 'free' | 'reserving' | 'reserved' | 'issued' | 'revoked';

/** Where the next page of codes begins: the last one shown, after the moment it was given (nothing in the pool). */
export const codeCursor = ({ code, issuedAt }: { code: string; issuedAt: Date | null }): string =>
  `${issuedAt?.toISOString() ?? ''}_${code}`;

/** Null for what is no cursor: the list begins at its beginning. */
export function readCodeCursor(text: string | null): { code: string; at: Date | null } | null {
  const [, moment = '', typed = ''] = /^(|\d{4}-\d\d-\d\dT[^_]*)_(.+)$/.exec(text ?? '') ?? [];
  const code = readCode(typed);
  const at = moment === '' ? null : new Date(moment);
  return code === null || Number.isNaN(at?.getTime()) ? null : { code, at };
}

/** What can happen to a code before a friend orders. */
export const CODE_SIGHTINGS = ['shown', 'shared', 'visited'] as const;
export type CodeSighting = (typeof CODE_SIGHTINGS)[number];
