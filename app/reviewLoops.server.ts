/** The worker's loops over reviews, their pictures and stars, and over files that nobody wants any more. */
import { shopifyRatings } from './adapters/shopify/ratings.server.ts';
import { fetchPictures } from './adapters/webhooks/fetch-picture.server.ts';
import { makeRemovalLoop } from './files/files.server.ts';
import * as reviews from './reviews/reviews.server.ts';
import type { App } from './wiring.server.ts';
import type { Loop } from './work.server.ts';

/** By their names in logs and metrics. */
export const reviewLoops = ({ db, admin, files }: App): Record<string, Loop['round']> => ({
  files: makeRemovalLoop(files),
  reviews: reviews.makeClockLoop({ db }),
  'review-photos': reviews.makePhotoLoop({ db, files, fetchPicture: fetchPictures() }),
  ratings: reviews.makeRatingLoop({ db, shopify: shopifyRatings(admin) }),
});
