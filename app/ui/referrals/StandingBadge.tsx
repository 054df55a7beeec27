import { Badge } from '@shopify/polaris';
import { standingText, type Standing } from '../../referrals/reasons.ts';

const TONES: Partial<Record<Standing, 'success' | 'attention' | 'critical'>> = {
  held: 'attention',
  qualified: 'success',
  rewarded: 'success',
  refused: 'critical',
};

/** How it stands, as a badge. */
export function StandingBadge({ standing }: { standing: Standing }) {
  const tone = TONES[standing];
  return <Badge {...(tone ? { tone } : {})}>{standingText(standing, 'en')}</Badge>;
}
