import { adminDocument, type UserError } from '../admin-client.ts';

/** Scope: write_customers. Tags that are not there are no error. */
export const TAGS_REMOVE = adminDocument<
  { tagsRemove: { node: { id: string } | null; userErrors: UserError[] } },
  { id: string; tags: readonly string[] }
>(`
  mutation TagsRemove($id: ID!, $tags: [String!]!) {
    tagsRemove(id: $id, tags: $tags) {
      node { id }
      userErrors { field message }
    }
  }`);

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
