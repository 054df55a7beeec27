/** What the sandbox's own interfaces (control, OAuth, Admin API) may reach. */

import type { Limits } from './admin-api/cost.ts';
import type { AppConfig } from './app-config.ts';
import type { Work } from './clock/work.ts';
import type { FaultBox } from './faults/faults.ts';
import type { Kernel } from './kernel.ts';
import type { InstallParts } from './oauth/install.ts';
import type { RunningSandbox } from './sandbox.ts';
import type { Deliveries } from './webhooks/deliveries.ts';

export interface Inside {
  sandbox: RunningSandbox;
  kernel: Kernel;
  deliveries: Deliveries;
  work: Work;
  faults: FaultBox;
  appSide: InstallParts;
  config: () => AppConfig;
  /** What the shop's plan allows an app to ask. */
  limits: Limits;
  /** Signs the mails that are handed on to the app. */
  inboundMailKey: string;
  /** What the app expects texts that come in to be signed with. */
  inboundTextsSecret: string;
  log: (line: string) => void;
}
