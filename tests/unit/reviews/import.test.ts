/** Files of other apps: their columns, days, stars and rows, as they come and as they should not. */
import { describe, expect, test } from 'vitest';
import { dayIn, guessOrder, isYes, plainCell, starsIn, urlsIn } from '../../../app/reviews/import/cells.ts';
import {
  guessColumns,
  guessDelimiter,
  guessEncoding,
  PIECE_BYTES,
} from '../../../app/reviews/import/columns.ts';
import { previewOf } from '../../../app/reviews/import/preview.server.ts';
import { readRow } from '../../../app/reviews/import/row.ts';

const now = new Date('2026-06-01T00:00:00Z');
const bytes = (text: string) => new TextEncoder().encode(text);

describe('the apps', () => {
  test.each([
    [
      'Judge.me',
      'title,body,rating,review_date,source,curated,reviewer_name,reviewer_email,product_id,product_handle,reply,reply_date,picture_urls,ip_address,location',
    ],
    [
      'Okendo',
      'productId,handle,name,email,rating,title,body,dateCreated,imageUrls,isRecommended,verified,countryCode',
    ],
    [
      'Yotpo',
      'Review ID,Review Title,Review Content,Review Score,Review Date,Product ID,Product URL,Reviewer Display Name,Reviewer Email,Published Image URLs',
    ],
    [
      'Stamped',
      'productId,productUrl,author,email,location,reviewTitle,reviewMessage,reviewRating,reviewDate,reviewReply,reviewPhotos,verified',
    ],
    ['Loox', 'id,handle,full_name,email,rating,review,date,photo_url,verified_purchase'],
    [
      'Shopify Product Reviews',
      'product_handle,state,rating,title,author,email,location,body,reply,created_at,replied_at',
    ],
  ])('%s', (app, head) => {
    const { app: found, columns } = guessColumns(head.split(','));
    expect(found).toBe(app);
    expect(Object.keys(columns)).toEqual(
      expect.arrayContaining(['rating', 'text', 'author', 'email', 'date']),
    );
    expect(columns.productId ?? columns.handle).toBeDefined();
    expect(new Set(Object.values(columns)).size).toBe(Object.values(columns).length);
  });
});

test.each([
  [
    'title,author,email,reviewRating,reviewTitle,reviewMessage,reviewDate,productId,replyMessage,replyDate',
    {
      title: 'reviewTitle',
      reply: 'replyMessage',
      replyDate: 'replyDate',
    },
  ],
  [
    'dateCreated,rating,title,body,productId,reviewer.displayName,reviewer.email,reviewer.isVerified,imageUrls,reply.body,reply.dateCreated',
    {
      author: 'reviewer.displayName',
      verified: 'reviewer.isVerified',
      reply: 'reply.body',
      replyDate: 'reply.dateCreated',
    },
  ],
  [
    'review_title,review_content,review_score,review_date,display_name,email,product_id,comment_content,comment_date,published_image_url',
    {
      reply: 'comment_content',
      replyDate: 'comment_date',
      photos: 'published_image_url',
    },
  ],
  [
    'Bewertung,Titel,Text,Name,E-Mail,Datum,Produkt-Handle',
    {
      rating: 'Bewertung',
      title: 'Titel',
      date: 'Datum',
      handle: 'Produkt-Handle',
    },
  ],
  [
    'review_id,product_id,author,star,content,created_at,email,images,country_code,verify',
    {
      rating: 'star',
      verified: 'verify',
      country: 'country_code',
    },
  ],
] as const)('columns of %s', (head, wanted) => {
  const names = head.split(',');
  const { columns } = guessColumns(names);
  const found = Object.keys(wanted).map((field) => [
    field,
    names[columns[field as keyof typeof columns] ?? -1],
  ]);
  expect(Object.fromEntries(found)).toEqual(wanted);
});

test.each([
  ['5', 5],
  ['4.0', 4],
  ['4,5', 5],
  ['5/5', 5],
  ['9 / 10', 5],
  ['80%', 4],
  ['★★★☆☆', 3],
  ['⭐⭐⭐⭐⭐', 5],
  ['1 star', 1],
  ['0', null],
  ['6', null],
  ['-1', null],
  ['five', null],
  ['', null],
  ['11/10', null],
  ['=5', null],
])('stars: %s', (cell, stars) => expect(starsIn(cell)).toBe(stars));

test.each([
  ['2026-01-31', 'day-first', '2026-01-31T12:00:00.000Z'],
  ['2026-01-31 10:00:05 UTC', 'day-first', '2026-01-31T10:00:05.000Z'],
  ['2026-01-31T10:00:05.123+02:00', 'day-first', '2026-01-31T08:00:05.000Z'],
  ['31/01/2026', 'month-first', '2026-01-31T12:00:00.000Z'],
  ['03/04/2026', 'month-first', '2026-03-04T12:00:00.000Z'],
  ['03/04/2026', 'day-first', '2026-04-03T12:00:00.000Z'],
  ['3.4.26', 'day-first', '2026-04-03T12:00:00.000Z'],
  ['1/31/2026 3:05 PM', 'month-first', '2026-01-31T15:05:00.000Z'],
  ['Jan 31, 2026', 'day-first', '2026-01-31T12:00:00.000Z'],
  ['Saturday, 31 January 2026', 'day-first', '2026-01-31T12:00:00.000Z'],
  ['31. Januar 2026', 'day-first', '2026-01-31T12:00:00.000Z'],
  ['Sonntag, 1. März 2026, 15:05', 'day-first', '2026-03-01T15:05:00.000Z'],
  ['1er août 2026', 'day-first', '2026-08-01T12:00:00.000Z'],
  ['31 juil. 2026', 'day-first', '2026-07-31T12:00:00.000Z'],
  ['30 juin 2026', 'day-first', '2026-06-30T12:00:00.000Z'],
  ['sábado, 31 de enero de 2026', 'day-first', '2026-01-31T12:00:00.000Z'],
  ['3 de setembro de 2026', 'day-first', '2026-09-03T12:00:00.000Z'],
  ['46053', 'day-first', '2026-01-31T12:00:00.000Z'],
  ['46053,75', 'day-first', '2026-01-31T18:00:00.000Z'],
  ['12345', 'day-first', null],
  ['31 Quark 2026', 'day-first', null],
  ['1769853600', 'day-first', '2026-01-31T10:00:00.000Z'],
  ['31/02/2026', 'day-first', null],
  ['soon', 'day-first', null],
  ['2026-13-01', 'day-first', null],
  ['0001-01-01', 'day-first', null],
] as const)('day: %s, %s', (cell, order, iso) => expect(dayIn(cell, order)?.toISOString() ?? null).toBe(iso));

test('how days are written is seen from one that can be read one way only', () => {
  expect(guessOrder(['03/04/2026', '25/04/2026'])).toBe('day-first');
  expect(guessOrder(['03/04/2026', '04/25/2026'])).toBe('month-first');
  expect(guessOrder(['3.4.2026'])).toBe('day-first');
  expect(guessOrder(['2026-04-03'])).toBe('month-first');
});

test('delimiters and letters', () => {
  expect(guessDelimiter('a;b;"c,d,e,f"\n1,2')).toBe(';');
  expect(guessDelimiter('a\tb\tc')).toBe('\t');
  expect(guessEncoding(bytes('Größe'))).toBe('utf-8');
  expect(guessEncoding(Uint8Array.of(0x47, 0x72, 0xf6, 0xdf, 0x65))).toBe('windows-1252');
  expect(guessEncoding(Uint8Array.of(0xff, 0xfe, 0x61, 0))).toBe('utf-16le');
  expect(guessEncoding(Uint8Array.of(...bytes('äöüäöüäöü'), 0xff))).toBe('utf-8');
});

test('cells', () => {
  expect(plainCell("'=1+1")).toBe('=1+1');
  expect(plainCell("'tis fine<br/>really")).toBe("'tis fine\nreally");
  expect(
    urlsIn('http://a.example/1.jpg, https://b.example/2.png|https://b.example/2.png javascript:alert(1)'),
  ).toEqual(['https://a.example/1.jpg', 'https://b.example/2.png']);
  expect(['yes', 'TRUE', '1', 'Verified Buyer', 'ja'].map(isYes)).toEqual(Array(5).fill(true));
  expect(['no', '', 'false', 'unverified'].map(isYes)).toEqual(Array(4).fill(false));
});

describe('a row', () => {
  const columns = {
    rating: 0,
    text: 1,
    author: 2,
    email: 3,
    date: 4,
    productId: 5,
    handle: 6,
    title: 7,
    state: 8,
  };
  const mapping = { columns, dates: 'day-first' as const };
  const read = (cells: string[]) => readRow(cells, 7, mapping, now);
  const good = [
    '5',
    '<script>alert(1)</script>',
    'Ana Sanz',
    'Ana@Example.com',
    '2026-01-31',
    '77',
    '',
    '=HYPERLINK("x")',
    '',
  ];

  test('is kept as typed, with a name that strangers may read', () => {
    expect(read(good)).toMatchObject({
      row: 7,
      stars: 5,
      text: '<script>alert(1)</script>',
      title: '=HYPERLINK("x")',
      author: 'Ana S.',
      emailKey: 'ana@example.com',
      productId: 77n,
    });
  });

  test.each([
    ['rating', 0, 'great', 'not-stars'],
    ['date', 4, 'yesterday', 'not-a-day'],
    ['date', 4, '2031-01-01', 'in-the-future'],
    ['text', 1, 'bro\ufffdken', 'unreadable'],
    ['text', 1, 'x'.repeat(20_001), 'too-long'],
    ['productId', 5, 'gid:nonsense', 'not-a-product'],
    ['state', 8, 'spam', 'spam'],
  ])('%s cannot be taken: %#', (field, index, cell, why) => {
    expect(read(good.with(index, cell))).toEqual({ row: 7, field, why });
  });

  test('of nothing counts for nothing, and one that is cut short is named', () => {
    expect(read(['', ' '])).toEqual({ row: 7, field: 'row', why: 'empty' });
    expect(read(['what'])).toEqual({ row: 7, field: 'rating', why: 'too-few-cells' });
  });

  test('the same review has the same key, whatever order its file has', () => {
    const key = (cells: string[]) => (read(cells) as { key: string }).key;
    expect(key(good)).toBe(key(good.with(3, 'ana+shop@example.com')));
    expect(key(good)).not.toBe(key(good.with(1, 'other')));
    expect(key(good)).not.toBe(key(good.with(5, '78')));
  });

  test('names a product by id, by Shopify’s long id, by handle, by address; and the shop by nothing', () => {
    const product = (id: string, handle: string) => {
      const { productId, handle: found } = read(good.with(5, id).with(6, handle)) as {
        productId: bigint | null;
        handle: string | null;
      };
      return [productId, found];
    };
    expect(product('gid://shopify/Product/77', '')).toEqual([77n, null]);
    expect([product('shopify-77', ''), product('sku-77', '')[0]]).toEqual([[77n, null], undefined]);
    expect(product('', 'Cast-Iron-Pot')).toEqual([null, 'cast-iron-pot']);
    expect(product('', 'https://shop.example/products/cast-iron-pot?variant=1')).toEqual([
      null,
      'cast-iron-pot',
    ]);
    expect(product('', '')).toEqual([null, null]);
  });
});

describe('a preview', () => {
  test('shows what the rows would become', () => {
    const file =
      '\ufeffproduct_handle;state;rating;title;author;email;body;created_at;replied_at\r\npot;published;5/5;Good;Ana Sanz;a@b.example;"Line 1\nline ""2""";31.01.2026;\r\npot;published;x;;;;;;\r\n';
    const preview = previewOf(bytes(file), null, now);
    expect(preview).toMatchObject({
      mapping: { app: 'Shopify Product Reviews', delimiter: ';', encoding: 'utf-8', dates: 'day-first' },
      looked: 2,
      broken: 1,
      refused: [{ row: 3, field: 'rating', why: 'not-stars' }],
      unclosed: null,
      rows: [
        { stars: 5, text: 'Line 1\nline "2"', handle: 'pot' },
        { row: 3, field: 'rating', why: 'not-stars' },
      ],
    });
  });

  test('counts what the other app did not show', () => {
    const file = [
      'rating,created_at,body,state',
      ...['published', 'unpublished', ' Hidden', ''].map((state) => `5,2026-01-31,Good,${state}`),
    ];
    expect(previewOf(bytes(file.join('\n')), null, now)).toMatchObject({ looked: 4, broken: 0, unshown: 2 });
    const plain = ['rating,created_at,body', '5,2026-01-31,no'];
    expect(previewOf(bytes(plain.join('\n')), null, now)).toMatchObject({ looked: 1, unshown: 0 });
  });

  test('says what is no such file', () => {
    for (const [file, problem] of [
      ['PK\u0003\u0004rest', 'spreadsheet'],
      ['a,b\0c', 'no text'],
      ['one column\n1', 'name the columns'],
      ['', 'name the columns'],
    ] as const)
      expect(previewOf(bytes(file), null, now)).toEqual({ problem: expect.stringContaining(problem) });
  });

  test('of a file whose quote never closes shows what stands before it, and where it opens', () => {
    const file = 'rating,body,date\n5,fine,2026-01-31\n4,"never closed,2026-01-31\n3,x,2026-01-31\n';
    expect(previewOf(bytes(file), null, now)).toMatchObject({ looked: 1, broken: 0, unclosed: 3 });
    // The beginning of a long file ends anywhere, in a quote as well.
    const long = `rating,body,date\n5,fine,2026-01-31\n4,"${'long '.repeat(300_000)}`;
    const piece = bytes(long).slice(0, PIECE_BYTES);
    expect(previewOf(piece, null, now)).toMatchObject({ looked: 1, unclosed: null });
  });
});
