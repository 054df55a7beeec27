/** Chance that stays as it fell: the same name draws the same number, whenever and by whom it is asked. */
import { createHash } from 'node:crypto';

/** From 0 to just under 1. */
const drawn = (name: string): number => createHash('sha256').update(name).digest().readUInt32BE(0) / 2 ** 32;

/** Of those who get none. Who is left out at a share is left out at every larger one. */
export const isLeftOut = (customerId: string, percent: number): boolean =>
  drawn(`gestures:left-out:${customerId}`) * 100 < percent;

/** Whether an order is the lucky one of so many. */
export const isLucky = (orderId: bigint, oneIn: number): boolean =>
  drawn(`gestures:luck:${orderId}`) * oneIn < 1;
