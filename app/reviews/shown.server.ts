/** What everybody may see of reviews: the storefront's lists. */
import { cursorOf, readCursor } from '../cursor.ts';
import type { SqlTx } from '../db.server.ts';
import { fileSrcset, fileUrl, type FilesOrigin } from '../files/file.ts';
import { filesByIds } from '../files/files.server.ts';
import type { Sort } from './wanted.ts';

export interface PublicReview {
  id: string;
  stars: number;
  title: string | null;
  text: string | null;
  name: string | null;
  at: Date;
  verified: boolean;
  reply: string | null;
  photos: { src: string; srcset: string }[];
  /** Addresses of videos. */
  videos: string[];
}

export interface ShownAsk {
  shopId: bigint;
  /** Null: of all products and of the shop. */
  productId: bigint | null;
  sort: Sort;
  after: string | null;
}

const SHOWN_PAGE = 10;

interface Row {
  id: string;
  stars: number;
  title: string | null;
  text: string | null;
  name: string | null;
  at: Date;
  verified: boolean;
  reply: string | null;
  published: Date;
  files: string[];
}

/** By the day they were shown, so that pages hold while new ones come; by stars first where that is asked. */
const ORDER: Record<Sort, { order: string; beyond: string }> = {
  new: { order: 'r.published_at desc, r.id desc', beyond: '(r.published_at, r.id) < ($3, $4::uuid)' },
  best: {
    order: 'r.stars desc, r.published_at desc, r.id desc',
    beyond: '(r.stars, r.published_at, r.id) < ($5::int, $3, $4::uuid)',
  },
  worst: {
    order: 'r.stars, r.published_at desc, r.id desc',
    beyond: '(-r.stars, r.published_at, r.id) < (-$5::int, $3, $4::uuid)',
  },
};

const listOf = (sort: Sort) => `
  select r.id, r.stars::int as stars, r.title, r.text, r.author_name as name, r.at, r.verified, r.reply, r.published_at as published,
    array(select p.file_id::text from review_photo p where p.shop_id = r.shop_id and p.review_id = r.id and p.state = 'kept' order by p.position) as files
  from review r
  where r.shop_id = $1 and r.state = 'published' and r.source <> 'test' and ($2::bigint is null or r.product_id = $2)
    and ($3::timestamptz is null or ${ORDER[sort].beyond}) and $5::int is not null
  order by ${ORDER[sort].order} limit ${SHOWN_PAGE + 1}`;

/** One page of what is shown. */
export async function shownReviews(
  tx: SqlTx,
  ask: ShownAsk,
  origin: FilesOrigin,
): Promise<{ reviews: PublicReview[]; next: string | null }> {
  const [stars = '', ...rest] = (ask.after ?? '').split('.');
  const cursor = /^[1-5]$/.test(stars) ? readCursor(rest.join('.')) : null;
  const values = [
    ask.shopId,
    ask.productId,
    cursor?.at ?? null,
    cursor?.id ?? null,
    cursor ? Number(stars) : 0,
  ];
  const rows = await tx.sql<Row>(listOf(ask.sort), values);
  const shown = rows.slice(0, SHOWN_PAGE);
  const files = await filesByIds(
    tx,
    ask.shopId,
    shown.flatMap((row) => row.files),
  );
  const last = shown.at(-1);
  const more = rows.length > SHOWN_PAGE && last;
  return {
    reviews: shown.map(({ files: ids, published: _published, ...review }) => ({
      ...review,
      photos: ids.flatMap((id) => {
        const file = files.get(id);
        return file?.kind === 'picture'
          ? [{ src: fileUrl(origin, file, 320), srcset: fileSrcset(origin, file) }]
          : [];
      }),
      videos: ids.flatMap((id) => {
        const file = files.get(id);
        return file?.kind === 'video' ? [fileUrl(origin, file)] : [];
      }),
    })),
    next: more ? `${last.stars}.${cursorOf(last.published, last.id)}` : null,
  };
}
