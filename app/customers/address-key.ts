/** Doors and buildings: an address without what people write differently. */
import { plainLetters } from './transliterate.ts';

export interface Written {
  street: string | null;
  zip: string | null;
  country: string | null;
}

/** Two addresses with the same `door` are one flat or house; with the same `building` perhaps only neighbours. */
export interface AddressKeys {
  door: string;
  building: string;
}

/** Null when it names no door: no street, or no postcode. */
export function addressKeys({ street, zip, country }: Written): AddressKeys | null {
  const area = zipKey(zip ?? '', country ?? '');
  const { rest, flat } = apart(plainLetters(street ?? ''));
  // "12 a" and "12a" are one number; words in any order are one street: "10, rue de la Paix", "Rue de la Paix 10".
  const words = rest
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .replace(/(\d) ([a-dfgh])(?= |$)/g, '$1$2')
    .split(' ');
  const building = words.flatMap(wordKey).sort().join('');
  if (!building || !area) return null;
  const whole = `${building}|${area}|${country ?? ''}`;
  return { building: whole, door: flat ? `${whole}|${flat}` : whole };
}

/** As they stand after plainLetters. */
const oneOf = (words: string) => plainLetters(words).split(/\s+/).join('|');

/** What is written before the number of a flat, in the languages of the markets that people sell to. */
const FLAT = new RegExp(
  `(?:^|[\\s,;/(])(?:${oneOf(
    'apartment appartement appartamento appart appt apto apt app flat unit suite ste room rm wohnung whg top tur piso puerta pta interno int bte boite bus lgh kv',
  )})\\.?\\s*[#:]?\\s*(?:nr\\.?\\s*)?([a-z]?\\d{1,4}[a-z]?|[a-z])(?=$|[\\s,;/)])`,
  'g',
);
const SHARP = /#\s*([a-z0-9]{1,5})(?=$|[\s,;/)])/g;
/** On which floor it is says nothing of the door: some write it, some do not. */
const FLOOR = new RegExp(
  `(?:^|[\\s,;/(])(?:\\d{1,2}\\s*(?:\\.|st|nd|rd|th|er|e|o|a)?\\s*(?:${oneOf(
    'floor fl etage stock og obergeschoss ug eg planta etg',
  )})\\.?|(?:${oneOf(
    'erdgeschoss rdc bajo hinterhaus vorderhaus hinterhof links rechts mitte izq dcha',
  )})\\.?)(?=$|[\\s,;/)])`,
  'g',
);

function apart(street: string): { rest: string; flat: string } {
  const flats: string[] = [];
  const keep = (_all: string, flat: string) => {
    flats.push(flat.replace(/^0+(?=.)/, ''));
    return ' ';
  };
  const rest = street.replace(FLOOR, ' ').replace(FLAT, keep).replace(SHARP, keep);
  // Nothing but a flat is no street: "Apt 4" alone.
  return /\p{L}/u.test(rest) ? { rest, flat: flats.sort().join('-') } : { rest: '', flat: '' };
}

/** Kinds of streets: how they are kept, then how people write them. */
const KINDS = `
  st street saint sankt · rd road · ave avenue av avda avenida · blvd boulevard bd bld · ln lane laan · dr drive · ct court ·
  sq square · ter terrace · pl place platz plaza pza plz plein piazza · cll calle cl carrer c · rue r rua · pkwy parkway ·
  hwy highway · cres crescent · close · gdns gardens · mt mount · ch chemin · rte route · north n · south s · west w · east e ·
  gass gasse · weg · al allee all · fg faubourg · imp impasse · psg passage · pso paseo · ctra carretera · via · vle viale ·
  corso cso · str strasse straat`;
const SHORT = new Map(
  KINDS.split('·').flatMap((kind) => {
    const [kept = '', ...written] = kind.trim().split(/\s+/);
    return [kept, ...written].map((word) => [plainLetters(word), kept] as const);
  }),
);

/** Words that some write and some leave out. */
const SILENT = new Set(
  plainLetters(
    'no nr num number numero nummer hausnummer hausnr haus house building bldg geb de la le les des du der den dem del el los las di da do dos das van the und y et and',
  ).split(' '),
);

/** German and Dutch streets are one word with their kind: Sonnenstraße, Sonnenstr., Sonnen Straße. */
const IN_ONE = new RegExp(`^(.{2,}?)(${oneOf('strasse straat str platz pl plein allee gasse weg laan')})$`);

function wordKey(word: string): string[] {
  if (word === '' || SILENT.has(word)) return [];
  const whole = SHORT.get(word);
  if (whole) return [whole];
  const number = /^0*(\d+[a-z]?)$/.exec(word)?.[1];
  if (number) return [number];
  const [, name, kind = ''] = IN_ONE.exec(word) ?? [];
  return name ? [name, SHORT.get(kind) ?? kind] : [word];
}

/** Postcodes without the country before them, spaces and the digits of a delivery route. */
function zipKey(zip: string, country: string): string {
  const plain = zip
    .toUpperCase()
    .normalize('NFKC')
    .replace(/[^A-Z0-9]/g, '');
  if (country === 'US') return plain.slice(0, 5);
  return /^\d/.test(plain) ? plain : plain.replace(/^[A-Z]{1,2}(?=\d{4,}$)/, '');
}
