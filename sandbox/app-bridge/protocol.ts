/**
 * What the app's frame and the admin around it say to each other, by `postMessage`.
 *
 * The two sides are two origins, as at Shopify: nothing but plain data crosses. A *ref* names something that only
 * the app's side holds (a button, a callback); the admin sends the ref back when a person pressed it.
 */

/** Marks our messages among those of browser extensions and frameworks. */
export const CHANNEL = 'sandbox-app-bridge';

/** A button or link of the app that the admin draws in the app's stead. */
export interface RemoteButton {
  ref: string;
  text: string;
  kind: 'primary' | 'breadcrumb' | 'secondary';
  critical: boolean;
  disabled: boolean;
  loading: boolean;
  /** Label of the menu it stands in, null when it stands alone. */
  group: string | null;
}

export interface NavItem {
  href: string;
  text: string;
  /** `rel="home"`: where the app's own name leads; not shown in the list. */
  home: boolean;
}

export interface ToastMessage {
  ref: string;
  message: string;
  isError: boolean;
  action: string | null;
  duration: number;
}

/** Things told; nobody answers. */
export type Told =
  | { type: 'location'; path: string }
  | { type: 'nav'; items: NavItem[] }
  | { type: 'title'; title: string | null; buttons: RemoteButton[] }
  | { type: 'save-bar'; id: string; shown: boolean; buttons: RemoteButton[]; confirmDiscard: boolean }
  | { type: 'shake' }
  | { type: 'toast'; toast: ToastMessage }
  | { type: 'hide-toast'; ref: string }
  | { type: 'loading'; on: boolean }
  | { type: 'overlay'; on: boolean }
  | { type: 'support'; ready: boolean }
  | { type: 'go'; href: string; newTab: boolean };

/** Things asked; the admin answers each by its number. */
export type Asked =
  | { type: 'id-token' }
  | { type: 'user' }
  | { type: 'leave' }
  | { type: 'extensions' }
  | { type: 'scopes'; verb: 'query' | 'request' | 'revoke'; scopes: string[] }
  | { type: 'resource-picker'; options: PickResources }
  | { type: 'picker'; options: PickItems }
  | { type: 'review' };

export interface PickResources {
  type: string;
  action?: 'add' | 'select';
  multiple?: boolean | number;
  query?: string;
  filter?: { hidden?: boolean; variants?: boolean; draft?: boolean; archived?: boolean; query?: string };
  selectionIds?: { id: string; variants?: { id: string }[] }[];
}

export interface PickItems {
  heading: string;
  multiple?: boolean | number;
  headers?: { content?: string; type?: 'string' | 'number' }[];
  items: {
    id: string;
    heading: string;
    data?: (string | number | undefined)[];
    disabled?: boolean;
    selected?: boolean;
    badges?: { content: string; tone?: string }[];
    thumbnail?: { url: string };
  }[];
}

export type FromApp =
  { channel: typeof CHANNEL; told: Told } | { channel: typeof CHANNEL; asked: Asked; number: number };

export type FromAdmin = { channel: typeof CHANNEL } & (
  | { type: 'answer'; number: number; value?: unknown; error?: string }
  | { type: 'navigate'; href: string }
  | { type: 'press'; ref: string }
  | { type: 'dismissed'; ref: string }
  | { type: 'support' }
);

/** Whether a message is one of ours. */
export function isOurs<Message extends { channel: string }>(data: unknown): data is Message {
  return typeof data === 'object' && data !== null && (data as { channel?: unknown }).channel === CHANNEL;
}
