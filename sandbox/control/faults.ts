/** Things that are to go wrong. */

import { z } from 'zod';
import { BadInput } from '../bad-input.ts';
import { after } from '../clock/duration.ts';
import { checked } from '../http/checked.ts';
import type { Inside } from '../inside.ts';
import { faultModes, faultTargets } from '../state/traffic.ts';
import type { Route } from '../types.ts';

const schema = z.strictObject({
  target: z.enum(faultTargets),
  mode: z.enum([...faultModes, 'off']),
  rate: z.number().min(0).max(1).optional(),
  for: z.string().optional(),
});

export function faultRoutes({ sandbox }: Inside): Route[] {
  return [
    { method: 'GET', path: '/control/faults', handle: () => ({ body: sandbox.faults.list() }) },
    {
      method: 'POST',
      path: '/control/faults',
      handle(request) {
        const { target, mode, rate, for: duration } = checked(schema, request.json());
        const now = sandbox.clock.now();
        const until = duration === undefined ? null : after(now, duration, 'UTC');
        if (duration !== undefined && (until === null || until <= now)) {
          throw new BadInput(`for: "${duration}" is no ISO 8601 duration, such as PT10M`);
        }
        return {
          body: sandbox.faults.set(target, mode, {
            ...(rate !== undefined && { rate }),
            forMs: until === null ? null : until - now,
          }),
        };
      },
    },
  ];
}
