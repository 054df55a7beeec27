/** Health, clock, settling. */

import { z } from 'zod';
import { BadInput } from '../bad-input.ts';
import { after, momentOf } from '../clock/duration.ts';
import { checked } from '../http/checked.ts';
import type { Inside } from '../inside.ts';
import type { Route } from '../types.ts';
import { shopOf } from './find.ts';
import { nothing } from './schemas.ts';

const schema = z.strictObject({ advance: z.string().optional(), to: z.string().optional() });

export function clockRoutes({ sandbox }: Inside): Route[] {
  const { clock } = sandbox;
  return [
    {
      method: 'GET',
      path: '/control/health',
      handle: () => ({
        body: { ready: sandbox.preparing === null, ...(sandbox.preparing && { doing: sandbox.preparing }) },
      }),
    },
    { method: 'GET', path: '/control/clock', handle: () => ({ body: { now: clock.iso() } }) },
    {
      method: 'POST',
      path: '/control/clock',
      async handle(request) {
        const { timezone } = shopOf(sandbox, request);
        await clock.moveTo(targetOf(checked(schema, request.json()), clock.now(), timezone));
        return { body: { now: clock.iso() } };
      },
    },
    {
      method: 'POST',
      path: '/control/settle',
      async handle(request) {
        checked(nothing, request.json());
        await clock.settle();
        return { body: { idle: true } };
      },
    },
    {
      method: 'GET',
      path: '/control/upcoming',
      async handle(request) {
        return { body: await clock.upcoming(Math.min(100, Number(request.query.get('limit') ?? 10) || 10)) };
      },
    },
  ];
}

function targetOf(body: z.infer<typeof schema>, now: number, zone: string): number {
  if ((body.advance === undefined) === (body.to === undefined))
    throw new BadInput('body: give either advance or to');
  if (body.to !== undefined) {
    const at = momentOf(body.to);
    if (at === null)
      throw new BadInput(`to: "${body.to}" is no ISO 8601 moment, such as 2026-12-24T18:00:00Z`);
    return at;
  }
  const duration = body.advance ?? '';
  const at = after(now, duration, zone);
  if (at === null) throw new BadInput(`advance: "${duration}" is no ISO 8601 duration, such as P14D or PT2H`);
  if (at < now) throw new BadInput('advance: time moves forwards; use to for an earlier moment');
  return at;
}
