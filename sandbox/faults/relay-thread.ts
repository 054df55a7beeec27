/** The relay's own thread: whatever the sandbox is busy with, the app's statements are not held up by it. */

import { parentPort, workerData } from 'node:worker_threads';
import { type Disturbance, Relay, type Target } from './relay.ts';

export interface RelayOrders {
  target: Target;
  port: number;
}

const { target, port } = workerData as RelayOrders;
const relay = new Relay(target);
parentPort?.on('message', (disturbance: Disturbance | null) => relay.disturb(disturbance));
await relay.listen(port);
parentPort?.postMessage('listening');
