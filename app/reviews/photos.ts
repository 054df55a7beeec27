/** Pictures and videos of a review, at most. */
export const PHOTOS_MAX = 10;
