/** The text provider: `POST /texts` with `{ to, body, id }`. */

import { setTimeout as pause } from 'node:timers/promises';
import { z } from 'zod';
import { type FaultDice, SLOW_MS } from '../faults/faults.ts';
import { checked } from '../http/checked.ts';
import type { State } from '../state/shop.ts';
import type { Route } from '../types.ts';
import { shopOfText } from './shop-of.ts';

const schema = z.strictObject({
  to: z.string().min(3),
  body: z.string().min(1).max(1600),
  id: z.string().min(1),
});

export function textRoutes(parts: {
  state: State;
  nowIso: () => string;
  dice: FaultDice;
  changed: () => void;
}): Route[] {
  return [
    {
      method: 'POST',
      path: '/texts',
      async handle(request) {
        const fault = parts.dice('texts');
        if (fault === 'down') return void request.res.destroy();
        if (fault === 'slow') await pause(SLOW_MS);
        if (fault === 'throttled')
          return {
            status: 429,
            headers: { 'retry-after': '30' },
            body: { error: 'too many texts, try again later' },
          };
        if (fault === 'reject') return { status: 422, body: { error: 'the number cannot receive texts' } };
        const text = checked(schema, request.json());
        const shop = shopOfText(parts.state.shops, text.to);
        const entry = { ...text, shop, at: parts.nowIso() };
        parts.state.texts.push(entry, ...(fault === 'duplicate' ? [entry] : []));
        parts.changed();
        if (fault === 'accept-then-drop') return void request.res.destroy();
        return { status: 201, body: { id: text.id } };
      },
    },
  ];
}
