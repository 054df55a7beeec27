import { adminDocument } from '../admin-client.ts';

export type BulkStatus =
  'CREATED' | 'RUNNING' | 'COMPLETED' | 'FAILED' | 'CANCELED' | 'CANCELING' | 'EXPIRED';

export interface BulkOperationNode {
  id: string;
  status: BulkStatus;
  errorCode: string | null;
  /** Objects written so far; an UnsignedInt64, hence text */
  objectCount: string;
  rootObjectCount: string;
  url: string | null;
  partialDataUrl: string | null;
}

/** Scopes: those of the query inside. */
export const BULK_RUN = adminDocument<
  {
    bulkOperationRunQuery: {
      bulkOperation: { id: string; status: BulkStatus } | null;
      userErrors: { field: string[] | null; message: string; code: string | null }[];
    };
  },
  { query: string }
>(`
  mutation BulkRun($query: String!) {
    bulkOperationRunQuery(query: $query, groupObjects: true) {
      bulkOperation { id status }
      userErrors { field message code }
    }
  }`);

export const BULK_GET = adminDocument<{ bulkOperation: BulkOperationNode | null }, { id: string }>(`
  query BulkGet($id: ID!) {
    bulkOperation(id: $id) { id status errorCode objectCount rootObjectCount url partialDataUrl }
  }`);
