import { scaleLinear } from 'd3-scale';
import { area, curveMonotoneX, line } from 'd3-shape';

const WIDTH = 120;
const HEIGHT = 32;

/** The course of a figure, one value a day; for the eye only, the number beside it says it in words. */
export function Sparkline({ course }: { course: readonly number[] }) {
  const x = scaleLinear([0, Math.max(course.length - 1, 1)], [1, WIDTH - 1]);
  const y = scaleLinear([0, Math.max(...course, 1)], [HEIGHT - 2, 2]);
  const points = course.map((value, i): [number, number] => [x(i), y(value)]);
  const stroke = line().curve(curveMonotoneX)(points) ?? undefined;
  const fill = area().curve(curveMonotoneX).y0(HEIGHT)(points) ?? undefined;
  return (
    <svg
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      width="100%"
      height={HEIGHT}
      preserveAspectRatio="none"
      aria-hidden="true"
    >
      <path d={fill} fill="var(--p-color-bg-fill-success-secondary)" />
      <path
        d={stroke}
        fill="none"
        stroke="var(--p-color-icon-success)"
        strokeWidth="1.5"
        vectorEffect="non-scaling-stroke"
      />
    </svg>
  );
}
