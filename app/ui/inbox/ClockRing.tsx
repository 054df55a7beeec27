import { timeLeft } from '../../conversations/clock.ts';
import { relative } from '../format.ts';

interface ClockRingProps {
  awaitingSince: string | Date | null;
  replyDueAt: string | Date | null;
  now: string;
}

const AROUND = 2 * Math.PI * 8;

/** A ring that empties: amber in the last quarter, red when it is late. Nobody waits: nothing. */
export function ClockRing({ awaitingSince, replyDueAt, now }: ClockRingProps) {
  const dates = {
    awaitingSince: awaitingSince ? new Date(awaitingSince) : null,
    replyDueAt: replyDueAt ? new Date(replyDueAt) : null,
  };
  const left = timeLeft(dates, new Date(now));
  if (left === null || !replyDueAt) return <span style={{ width: 20, flexShrink: 0 }} aria-hidden="true" />;
  const isLate = left <= 0;
  const color = isLate ? '#c5280c' : left <= 0.25 ? '#b28400' : '#3b7a57';
  const label = isLate
    ? `Late: it was promised ${relative(replyDueAt, now, 'en')}`
    : `To be answered ${relative(replyDueAt, now, 'en')}`;
  return (
    <svg width="20" height="20" viewBox="0 0 20 20" role="img" aria-label={label} style={{ flexShrink: 0 }}>
      <title>{label}</title>
      <circle cx="10" cy="10" r="8" fill="none" stroke={isLate ? color : '#e3e3e3'} strokeWidth="3" />
      {isLate ? (
        <path d="M10 6v5M10 13.4v.2" stroke={color} strokeWidth="2" strokeLinecap="round" />
      ) : (
        <circle
          cx="10"
          cy="10"
          r="8"
          fill="none"
          stroke={color}
          strokeWidth="3"
          strokeDasharray={`${Math.min(1, left) * AROUND} ${AROUND}`}
          transform="rotate(-90 10 10)"
        />
      )}
    </svg>
  );
}
