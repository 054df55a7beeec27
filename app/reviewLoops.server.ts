/** The worker's loops over reviews, their pictures and stars, mails to those who have asked something, articles that are granted no more, and over files that nobody wants any more. */
import { shopifyRatings } from './adapters/shopify/ratings.server.ts';
import { fetchPictures } from './adapters/webhooks/fetch-picture.server.ts';
import { makeRemovalLoop } from './files/files.server.ts';
import { questionMailLoop } from './questionWays.server.ts';
import * as reviews from './reviews/reviews.server.ts';
import { makeArticleLoop } from './stories/stories.server.ts';
import type { App } from './wiring.server.ts';
import type { Loop } from './work.server.ts';

/** By their names in logs and metrics. */
export const reviewLoops = (app: App): Record<string, Loop['round']> => ({
  files: makeRemovalLoop(app.files),
  reviews: reviews.makeClockLoop({ db: app.db }),
  'review-photos': reviews.makePhotoLoop({ db: app.db, files: app.files, fetchPicture: fetchPictures() }),
  'question-mails': questionMailLoop(app),
  articles: makeArticleLoop({ db: app.db }),
  ratings: reviews.makeRatingLoop({ db: app.db, shopify: shopifyRatings(app.admin) }),
});
