/**
 * Finds slurs, and insults and threats against people. Rude words about a thing are an opinion and stay: "the pot is shit"
 * is a review. docs/decisions/0024 says why this list is our own, and short: what also names a thing that is
 * sold (a fly swatter, peanuts, deerskin) is not on it.
 */
import type { FoundWhat } from './review.ts';

/** Whole words, folded: small letters, no accents. Slurs against groups of people count in any language's text. */
const SLURS = [
  // en
  'nigger',
  'niggers',
  'nigga',
  'niggas',
  'faggot',
  'faggots',
  'kike',
  'kikes',
  'gook',
  'wetback',
  'wetbacks',
  'raghead',
  'ragheads',
  'towelhead',
  'towelheads',
  'shemale',
  'paki',
  'pakis',
  'jigaboo',
  'subhuman',
  'subhumans',
  // de
  'neger',
  'negerin',
  'kanake',
  'kanaken',
  'schwuchtel',
  'schwuchteln',
  'zigeunerpack',
  'judensau',
  'untermensch',
  'untermenschen',
  'kampflesbe',
  'schlitzauge',
  'schlitzaugen',
  'missgeburt',
  // fr
  'negre',
  'negres',
  'bougnoule',
  'bougnoules',
  'youpin',
  'youpins',
  'gouine',
  'bamboula',
  'chinetoque',
  'chinetoques',
  // es
  'maricon',
  'maricones',
  'sudaca',
  'sudacas',
  'mariconazo',
  'negrata',
  'negratas',
  // pt
  'sapatao',
  'traveco imundo',
] as const;

/** What is said to a person's face. */
const INSULTS = [
  'motherfucker',
  'motherfuckers',
  'cocksucker',
  'cunt',
  'cunts',
  'whore',
  'whores',
  'you bitch',
  'fuck you',
  'kill yourself',
  'asshole',
  'assholes',
  'hurensohn',
  'hurensohne',
  'arschloch',
  'arschlocher',
  'wichser',
  'fotze',
  'schlampe',
  'nutte',
  'fick dich',
  'fickt euch',
  'verpiss dich',
  'verpisst euch',
  'dumme sau',
  'du sau',
  'ihr idioten',
  'ihr penner',
  'fils de pute',
  'enculé',
  'encules',
  'encule',
  'salope',
  'connard',
  'connards',
  'connasse',
  'nique ta mere',
  'va te faire foutre',
  'ta gueule',
  'vos gueules',
  'hijo de puta',
  'hijos de puta',
  'hija de puta',
  'hijoputa',
  'gilipollas',
  'cabron',
  'cabrones',
  'vete a la mierda',
  'filho da puta',
  'filhos da puta',
  'vai se foder',
  'vai tomar no cu',
  'arrombado',
] as const;

/** Of somebody spoken to: of a thing, of oneself or of a story these are words like others. */
const TO_YOU = /\byou (?:[a-z]+ ){0,2}(?:idiots?|morons?|scum|bastards?|retards?)\b/;

/** Of people whom everybody knows to be meant: who sells, who answers. */
const OF_THEM = [
  /\b(?:sellers?|vendors?|owners?|managers?|staff|employees?|customer service|support) (?:is|are|was|were) (?:[a-z]+ ){0,3}(?:idiots?|morons?|scum|bastards?|retards?)\b/,
  /\b(?:verkaufer(?:in)?|inhaber(?:in)?|chef(?:in)?|mitarbeiter(?:in)?|personal|kundendienst|support) (?:ist|sind|war|waren) (?:[a-z]+ ){0,3}(?:(?:voll)?idiot(?:en|in)?|trottel|abschaum|drecks(?:au|kerl|kerle))\b/,
  /\b(?:vendeu(?:r|se)s?|patronn?e?s?|responsables?|employee?s?|personnel|service client) (?:est|sont|etait|etaient) (?:[a-z]+ ){0,3}(?:abrutie?s?|cretins?|debiles?|salauds?|ordures?)\b/,
  /\b(?:vendedor(?:a|es|as)?|duen[oa]s?|jef[ea]s?|emplead[oa]s?|personal|atencion al cliente) (?:es|son|era|eran) (?:[a-z]+ ){0,3}(?:idiotas?|imbecil(?:es)?|retrasad[oa]s?|escoria)\b/,
] as const;

const THREATS = [
  /\b(?:i(?:'| a)?m going to|i will|i'll|we will|we'll) (?:kill|hurt|beat|burn|stab|shoot)\b(?: (?:you|him|her|them|your))/,
  /\bich (?:bringe|mache|steche|schlage) (?:dich|euch|ihn|sie) (?:um|fertig|ab|tot)\b/,
  /\bje vais (?:te|vous|le|la|les) (?:tuer|frapper|buter|crever)\b/,
  /\b(?:te|os|los|la|lo) voy a (?:matar|pegar|quemar)\b/,
  /\bvou (?:te|vos) (?:matar|bater|queimar)\b/,
] as const;

/** Written without spaces between words: looked for anywhere. */
const JAPANESE = ['死ね', '殺すぞ', '殺してやる', 'シナ人', 'キチガイ', 'クズ野郎', '土人'] as const;

const fold = (text: string) =>
  text
    .normalize('NFKD')
    .replace(/\p{Diacritic}/gu, '')
    .replaceAll('ß', 'ss')
    .toLowerCase();

/** Signs that stand for letters where somebody wants to get past a list. */
const unmask = (text: string) =>
  text.replace(/[@4]/g, 'a').replace(/[1!|]/g, 'i').replace(/0/g, 'o').replace(/3/g, 'e').replace(/\$/g, 's');

const wordsAs = (list: readonly string[]) =>
  new RegExp(`(?<![\\p{L}\\p{N}])(?:${list.map(fold).join('|')})(?![\\p{L}\\p{N}])`, 'u');

/** Words with stars for some of their letters: "c*nt". */
const STARRED = /(?<![\p{L}\p{N}*])\p{L}+\*[\p{L}*]*/gu;

function isStarred(folded: string): boolean {
  return (folded.match(STARRED) ?? []).some((starred) => {
    const word = new RegExp(`^${starred.replaceAll('*', '\\p{L}')}$`, 'u');
    const letters = starred.replaceAll('*', '').length;
    // One letter and stars may be anything.
    return letters > 1 && [...SLURS, ...INSULTS].some((listed) => word.test(fold(listed)));
  });
}

const SLUR = wordsAs(SLURS);
const INSULT = wordsAs(INSULTS);

/** The first thing found; null: nothing. */
export function abuse(text: string): FoundWhat | null {
  if (text === '') return null;
  const folded = fold(text);
  const plain = /[@4!|013$]/.test(folded) ? `${folded}\n${unmask(folded)}` : folded;
  if (SLUR.test(plain) || INSULT.test(plain) || JAPANESE.some((word) => text.includes(word))) return 'slur';
  if ([TO_YOU, ...OF_THEM].some((said) => said.test(folded)) || isStarred(folded)) return 'slur';
  return THREATS.some((threat) => threat.test(folded)) ? 'threat' : null;
}
