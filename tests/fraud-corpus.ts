/**
 * The corpus of fraud: pairs of an advocate and whoever orders with their code, by labelled patterns, from a seed. The same
 * seed gives the same pairs.
 */

/**
 * certain: the advocate orders from themselves. suspicious: somebody has to look, or it must end. honest: two people of one
 * household, house or office, or two strangers. none: no such code exists.
 */
export type Label = 'certain' | 'suspicious' | 'honest' | 'none';

export interface Person {
  email: string;
  firstName: string;
  lastName: string;
  phone: string | null;
  street: string;
  zip: string;
  address: string;
  agent: string;
  /** Shopify's id; the same for the same account. */
  account: bigint;
}

export interface Pair {
  pattern: string;
  label: Label;
  advocate: Person;
  friend: Person;
  /** What is special about the friend's order, or happens afterwards. */
  twist?:
    | { kind: 'merged' }
    | { kind: 'refunded' }
    | { kind: 'risk' }
    | { kind: 'staff' }
    | { kind: 'guess' }
    | { kind: 'referrer'; page: string }
    /** Others who came by the same code before. */
    | { kind: 'before'; friends: Person[] }
    /** Each invited the next; the last of them invites whoever orders. */
    | { kind: 'ring'; between: Person[] };
}

/** mulberry32: small, seeded, good enough to make people with. */
export function randomFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = state;
    mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

const FIRST =
  'Ana Jo Rosa Björn Zoë Émile Юлия Hans Marta Iker Noa Lars Inès Tomás Gül Pia Omar Lucía Yan Ruth'.split(
    ' ',
  );
const LAST =
  'Lima Müller Grün Weiß García Łukasz Öztürk Sørensen Nguyen Smith Dubois Rossi Novák Costa Kowalska Braun'.split(
    ' ',
  );
const STREETS = [
  'Sonnenstraße',
  'Hauptstraße',
  'Lange Gasse',
  'Am Markt',
  'Müllerstraße',
  'Goethestraße',
  'Rosenweg',
];
const AGENTS = ['Firefox 140', 'Chrome 142', 'Safari 26', 'Edge 142'];

class World {
  private readonly random: () => number;
  private made = 0;

  constructor(seed: number) {
    this.random = randomFrom(seed);
  }

  pick<T>(all: readonly T[]): T {
    return all[Math.floor(this.random() * all.length)]!;
  }

  digits(count: number): string {
    return Array.from({ length: count }, () => Math.floor(this.random() * 10)).join('');
  }

  /** Somebody whom nothing ties to anybody else. */
  somebody(): Person {
    const n = ++this.made;
    // Letters and no digits at the end, so that two strangers are not alike by chance.
    const name = [...String(n)].map((digit) => 'bcdfghjklm'[Number(digit)]!).join('');
    return {
      email: `${name}.${this.pick(['post', 'mail', 'home'])}${name}@example.com`,
      firstName: this.pick(FIRST),
      lastName: `${this.pick(LAST)}${name}`,
      phone: `+49151${String(10_000_000 + n)}`,
      street: `${this.pick(STREETS)} ${n}`,
      zip: String(10_000 + (n % 80_000)),
      address: `10.${(n >> 16) & 255}.${(n >> 8) & 255}.${n & 255}`.replace(/^10\./, `${11 + (n % 80)}.`),
      agent: `${this.pick(AGENTS)} ${n}`,
      account: BigInt(7_000_000_000 + n),
    };
  }

  /** Somebody who wants to be taken for another: everything is new but what is given. */
  disguised(as: Partial<Person>): Person {
    return { ...this.somebody(), ...as };
  }
}

type Maker = (world: World) => Omit<Pair, 'pattern' | 'label'>;

const mailbox =
  (make: (name: string) => [own: string, other: string]): Maker =>
  (world) => {
    const person = world.somebody();
    const [own, other] = make(`${person.email.split('@')[0]!}`);
    return { advocate: { ...person, email: own }, friend: world.disguised({ email: other }) };
  };

const pairOf =
  (friendOf: (advocate: Person, world: World) => Partial<Person>): Maker =>
  (world) => {
    const advocate = world.somebody();
    return { advocate, friend: world.disguised(friendOf(advocate, world)) };
  };

const twisted =
  (twist: (world: World, advocate: Person) => NonNullable<Pair['twist']>): Maker =>
  (world) => {
    const advocate = world.somebody();
    return { advocate, friend: world.somebody(), twist: twist(world, advocate) };
  };

/** A number as people write it who are asked for it twice. */
function otherwise(phone: string, world: World): string {
  const local = `0${phone.slice(3)}`;
  const spaced = `${local.slice(0, 4)} ${local.slice(4, 8)} ${local.slice(8)}`;
  return world.pick([
    local,
    spaced,
    spaced.replace(' ', '/'),
    `0049${phone.slice(3)}`,
    `+49 (0)${phone.slice(3)}`,
  ]);
}

/** A street as people write it who are asked for it twice. */
function rewritten(street: string, world: World): string {
  return world
    .pick([
      (text: string) => text.replace('straße', 'str.'),
      (text: string) => text.replace('straße', 'strasse').toUpperCase(),
      (text: string) => text.replace('ü', 'ue').replace('ß', 'ss'),
      (text: string) => text.replace(/^(.*) (\d+)$/, '$2 $1'),
      (text: string) => `${text}, 3. OG`,
    ])(street)
    .replace('Rosenweg', 'Rosen-Weg');
}

const MAKERS: Record<string, [Label, Maker]> = {
  'the same mailbox': ['certain', mailbox((name) => [`${name}@example.com`, `${name}@example.com`])],
  'a tag': ['certain', mailbox((name) => [`${name}@example.com`, `${name}+friend@example.com`])],
  'dots at Gmail': [
    'certain',
    mailbox((name) => [`${name}@gmail.com`, `${name.replaceAll('.', '').split('').join('.')}@gmail.com`]),
  ],
  googlemail: ['certain', mailbox((name) => [`${name}@gmail.com`, `${name.toUpperCase()}+1@GoogleMail.com`])],
  'an international domain': [
    'certain',
    mailbox((name) => [`${name}@bücher.example`, `${name}@xn--bcher-kva.example`]),
  ],
  'another name of the provider': [
    'certain',
    mailbox((name) => [`${name}@protonmail.com`, `${name.replace('.', '_')}@pm.me`]),
  ],
  'a sub-domain for a tag': [
    'certain',
    mailbox((name) => [
      `${name.replace('.', '')}@fastmail.com`,
      `shop@${name.replace('.', '')}.fastmail.com`,
    ]),
  ],
  'the same account': ['certain', pairOf(({ account, email }) => ({ account, email }))],
  'an account that is merged later': ['certain', twisted(() => ({ kind: 'merged' }))],
  'the same phone in another form': [
    'certain',
    pairOf(({ phone }, world) => ({ phone: otherwise(phone!, world) })),
  ],
  'the same name at the same door': [
    'certain',
    pairOf(({ firstName, lastName, street, zip }, world) => ({
      firstName,
      lastName,
      zip,
      street: rewritten(street, world),
    })),
  ],
  'the same browser on the same line': ['certain', pairOf(({ address, agent }) => ({ address, agent }))],
  'a mailbox for a day': [
    'suspicious',
    pairOf((_advocate, world) => ({
      email: `x${world.digits(6)}@${world.pick(['mailinator.com', 'yopmail.com', 'guerrillamail.com'])}`,
    })),
  ],
  'somebody who works here': ['suspicious', twisted(() => ({ kind: 'staff' }))],
  'a ring of three': ['suspicious', ring(1)],
  'a ring of five': ['suspicious', ring(3)],
  'one person as two friends': [
    'suspicious',
    (world) => {
      const friend = world.somebody();
      const { street, zip } = friend;
      const before = world.disguised({ street, zip });
      return { advocate: world.somebody(), friend, twist: { kind: 'before', friends: [before] } };
    },
  ],
  'a page of coupons': [
    'suspicious',
    twisted((world) => ({
      kind: 'referrer',
      page: `https://www.${world.pick(['retailmenot.com', 'couponfollow.com', 'gutscheine.de', 'codes-promo.example'])}/x?y=1`,
    })),
  ],
  'a risky payment': ['suspicious', twisted(() => ({ kind: 'risk' }))],
  'paid back after the reward': ['suspicious', twisted(() => ({ kind: 'refunded' }))],
  'a guessed code': ['none', twisted(() => ({ kind: 'guess' }))],
  'one household': [
    'honest',
    pairOf(({ street, zip, lastName, address }) => ({ street, zip, lastName, address })),
  ],
  'two flats of one house': [
    'honest',
    (world) => {
      const advocate = world.somebody();
      const { street, zip } = advocate;
      const friend = world.disguised({ zip, street: `${street}, Whg. 7` });
      return { advocate: { ...advocate, street: `${street}, Whg. 3` }, friend };
    },
  ],
  'one office': [
    'honest',
    (world) => {
      const advocate = world.somebody();
      const company = `firma${world.digits(5)}.example`;
      const at = ({ email }: Person) => `${email.split('@')[0]!}@${company}`;
      const friend = world.disguised({ address: advocate.address });
      return { advocate: { ...advocate, email: at(advocate) }, friend: { ...friend, email: at(friend) } };
    },
  ],
  'two strangers': ['honest', pairOf(() => ({}))],
};

/** Everybody invites the next; the last invites somebody who lives on the first one's line, with their browser. */
function ring(between: number): Maker {
  return (world) => {
    const advocate = world.somebody();
    const { address, agent } = advocate;
    const others = Array.from({ length: between }, () => world.somebody());
    return {
      advocate,
      friend: world.disguised({ address, agent }),
      twist: { kind: 'ring', between: others },
    };
  };
}

export const PATTERNS = Object.keys(MAKERS);

/** `count` pairs, as many of each pattern. */
export function corpusOf(seed: number, count: number): Pair[] {
  const world = new World(seed);
  return Array.from({ length: count }, (_, index) => {
    const pattern = PATTERNS[index % PATTERNS.length]!;
    const [label, make] = MAKERS[pattern]!;
    return { pattern, label, ...make(world) };
  });
}
