import { adminDocument, type UserError } from '../admin-client.ts';

/** Scope: none of its own. `handle` is that of an extension of type flow_trigger; `payload` has its fields. */
export const FLOW_TRIGGER = adminDocument<
  { flowTriggerReceive: { userErrors: UserError[] } },
  { handle: string; payload: Record<string, number | string> }
>(`
  mutation FlowTriggerReceive($handle: String!, $payload: JSON!) {
    flowTriggerReceive(handle: $handle, payload: $payload) {
      userErrors { field message }
    }
  }`);
