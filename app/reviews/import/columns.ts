/** Which column of another app's file holds what: known by the names that these apps give their columns. */
import { z } from 'zod';

/** A file is sent and kept in pieces of so many bytes. */
export const PIECE_BYTES = 1024 * 1024;

export const FIELDS = [
  'rating',
  'text',
  'title',
  'author',
  'email',
  'date',
  'productId',
  'handle',
  'verified',
  'photos',
  'videos',
  'reply',
  'replyDate',
  'country',
  'locale',
  'state',
  'id',
] as const;
export type Field = (typeof FIELDS)[number];

const APPS = [
  'Judge.me',
  'Okendo',
  'Yotpo',
  'Loox',
  'Stamped',
  'Shopify Product Reviews',
  'Everafter',
] as const;
export type ReviewApp = (typeof APPS)[number];

export const mappingSchema = z.object({
  app: z.enum(APPS).nullable().catch(null),
  delimiter: z.enum([',', ';', '\t', '|']),
  encoding: z.enum(['utf-8', 'utf-16le', 'utf-16be', 'windows-1252']),
  /** How 03/04/2026 is meant. */
  dates: z.enum(['day-first', 'month-first']),
  /** Field → number of its column, from 0. */
  columns: z.partialRecord(z.enum(FIELDS), z.number().int().min(0).max(500)),
});
export type Mapping = z.infer<typeof mappingSchema>;

/** Columns that only one of the apps has, folded. */
const SIGNS: readonly [ReviewApp, readonly string[]][] = [
  ['Everafter', ['everafterid']],
  ['Shopify Product Reviews', ['producthandle', 'state', 'author', 'repliedat']],
  ['Judge.me', ['reviewername', 'revieweremail', 'reviewdate', 'pictureurls']],
  ['Okendo', ['datecreated', 'imageurls']],
  ['Yotpo', ['reviewcontent', 'reviewscore']],
  ['Stamped', ['reviewmessage', 'reviewrating']],
  ['Loox', ['nickname', 'img']],
  ['Loox', ['fullname', 'photourl']],
];

/** Names of columns, folded, the surest first. */
const NAMES: Record<Field, readonly string[]> = {
  rating: [
    'rating',
    'reviewrating',
    'reviewscore',
    'score',
    'stars',
    'starrating',
    'star',
    'bewertung',
    'note',
    'calificacion',
  ],
  text: [
    'body',
    'reviewcontent',
    'reviewmessage',
    'content',
    'review',
    'reviewbody',
    'reviewtext',
    'message',
    'text',
    'bewertungstext',
    'rezension',
    'kommentar',
    'avis',
    'opinion',
    'comment',
  ],
  // One that says so is surer: beside it stands the title of the product.
  title: ['reviewtitle', 'title', 'headline', 'heading', 'subject', 'titel', 'titre', 'titulo'],
  author: [
    'reviewername',
    'author',
    'name',
    'nickname',
    'fullname',
    'displayname',
    'reviewerdisplayname',
    'username',
    'customername',
    'customer',
    'autor',
    'nom',
    'nombre',
  ],
  email: ['revieweremail', 'email', 'emailaddress', 'customeremail', 'useremail', 'authoremail'],
  date: [
    'reviewdate',
    'datecreated',
    'createdat',
    'date',
    'submittedat',
    'reviewcreationdate',
    'created',
    'datum',
    'erstelltam',
    'fecha',
  ],
  productId: [
    'productid',
    'shopifyproductid',
    'productexternalid',
    'externalproductid',
    'domainkey',
    'appproductid',
  ],
  handle: ['producthandle', 'handle', 'producturl', 'url', 'link', 'productslug', 'produkthandle'],
  verified: [
    'verified',
    'verifiedpurchase',
    'verifiedbuyer',
    'isverifiedbuyer',
    'isverified',
    'reviewertype',
    'verificationstatus',
    'reviewerisverified',
    'verify',
  ],
  photos: [
    'pictureurls',
    'imageurls',
    'photourl',
    'photourls',
    'publishedimageurls',
    'images',
    'img',
    'photos',
    'imageurl',
    'reviewphotos',
    'publishedimageurl',
    'photo',
  ],
  videos: ['videourls', 'publishedvideourls', 'videos', 'videourl'],
  reply: [
    'reply',
    'replycontent',
    'merchantreply',
    'comment',
    'reviewreply',
    'replytext',
    'replymessage',
    'replybody',
    'commentcontent',
  ],
  replyDate: [
    'replydate',
    'repliedat',
    'replycreatedat',
    'reviewreplydate',
    'replydatecreated',
    'commentdate',
    'commentcreatedat',
  ],
  country: ['countrycode', 'country', 'reviewercountry', 'authorcountry', 'location', 'land', 'pays', 'pais'],
  locale: ['locale', 'language', 'languagecode'],
  state: ['curated', 'state', 'status', 'published', 'reviewstatus', 'moderationstatus'],
  id: ['everafterid'],
};

const fold = (name: string) => name.toLowerCase().replace(/[^a-z0-9]/g, '');

/** What the names of the columns say; a column serves one field. */
export function guessColumns(head: readonly string[]): {
  app: ReviewApp | null;
  columns: Mapping['columns'];
} {
  const names = head.map(fold);
  const app = SIGNS.find(([, signs]) => signs.every((sign) => names.includes(sign)))?.[0] ?? null;
  const columns: Mapping['columns'] = {};
  const taken = new Set<number>();
  for (const field of FIELDS) {
    const at = NAMES[field]
      .map((name) => names.indexOf(name))
      .find((index) => index >= 0 && !taken.has(index));
    if (at === undefined) continue;
    columns[field] = at;
    taken.add(at);
  }
  return { app, columns };
}

const DELIMITERS = [',', ';', '\t', '|'] as const;

/** The sign that the first line has most of, outside of quotes. */
export function guessDelimiter(text: string): Mapping['delimiter'] {
  const line = text.replace(/"(?:[^"]|"")*"/g, '').split(/\r|\n/, 1)[0] ?? '';
  const counts = DELIMITERS.map((sign) => line.split(sign).length);
  return DELIMITERS[counts.indexOf(Math.max(...counts))]!;
}

/** Of a file's first bytes: its byte order mark, else UTF-8 where they are that, else what old spreadsheets write. */
export function guessEncoding(bytes: Uint8Array): Mapping['encoding'] {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be';
  try {
    // In one piece of a stream: letters that are cut at its end are no mistake.
    new TextDecoder('utf-8', { fatal: true }).decode(bytes, { stream: true });
    return 'utf-8';
  } catch {
    return isMostlyUtf8(bytes) ? 'utf-8' : 'windows-1252';
  }
}

/** A file with a few broken letters among many good ones is UTF-8 all the same. */
function isMostlyUtf8(bytes: Uint8Array): boolean {
  const text = new TextDecoder('utf-8').decode(bytes);
  const broken = text.split('\ufffd').length - 1;
  const good = [...text].filter((letter) => letter > '\u007f' && letter !== '\ufffd').length;
  return good > broken * 4;
}
