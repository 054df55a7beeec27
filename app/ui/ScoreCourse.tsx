import { scaleLinear } from 'd3-scale';
import { area, curveMonotoneX, line } from 'd3-shape';

interface Week {
  week: string;
  answers: number;
  mean: number | null;
  low: number | null;
  high: number | null;
}

const WIDTH = 640;
const HEIGHT = 180;
const LEFT = 28;

/** The score week by week with the band in which its true value lies. */
export function ScoreCourse({ weeks }: { weeks: readonly Week[] }) {
  const known = weeks.filter((week): week is Week & { mean: number } => week.mean !== null);
  const x = scaleLinear([0, Math.max(known.length - 1, 1)], [LEFT + 8, WIDTH - 8]);
  const y = scaleLinear([1, 5], [HEIGHT - 20, 8]);
  const band = area<Week & { mean: number }>()
    .curve(curveMonotoneX)
    .x((_week, i) => x(i))
    .y0((week) => y(week.low ?? week.mean))
    .y1((week) => y(week.high ?? week.mean))(known);
  const course = line<Week & { mean: number }>()
    .curve(curveMonotoneX)
    .x((_week, i) => x(i))
    .y((week) => y(week.mean))(known);
  const last = known.at(-1);
  const words = last
    ? `Score by week, ${known.length} weeks, last ${last.mean.toFixed(1)} of 5`
    : 'No scores yet';
  return (
    <svg
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      width="100%"
      role="img"
      aria-label={words}
      style={{ display: 'block', aspectRatio: `${WIDTH} / ${HEIGHT}` }}
    >
      {[1, 2, 3, 4, 5].map((score) => (
        <g key={score}>
          <line x1={LEFT} x2={WIDTH} y1={y(score)} y2={y(score)} stroke="var(--p-color-border-secondary)" />
          <text x={8} y={y(score) + 4} fontSize="12" fill="var(--p-color-text-secondary)">
            {score}
          </text>
        </g>
      ))}
      <path d={band ?? undefined} fill="#4f8a5b" opacity="0.18" />
      <path d={course ?? undefined} fill="none" stroke="#4f8a5b" strokeWidth="2.5" />
      {known.map((week, i) => (
        <circle key={week.week} cx={x(i)} cy={y(week.mean)} r="3.5" fill="#4f8a5b">
          <title>{`Week of ${week.week}: ${week.mean.toFixed(1)} of 5, ${week.answers} answers`}</title>
        </circle>
      ))}
    </svg>
  );
}
