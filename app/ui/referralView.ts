/** A friend's order in the shape that pages send to the browser: no bigints. */
import type { Standing } from '../referrals/reasons.ts';
import type { ReferralRow } from '../referrals/referrals.server.ts';

export const referralView = (row: ReferralRow) => ({
  ...row,
  standing: (row.isRewarded ? 'rewarded' : row.state) as Standing,
  orderId: String(row.orderId),
  orderTotal: row.orderTotal === null ? null : String(row.orderTotal),
});
