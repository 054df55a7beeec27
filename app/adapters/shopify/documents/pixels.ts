import { adminDocument, type UserError } from '../admin-client.ts';

interface Pixel {
  id: string;
}

/** Scopes: write_pixels and read_customer_events, asked for when a merchant has links remembered. */
export const PIXEL_CREATE = adminDocument<
  { webPixelCreate: { webPixel: Pixel | null; userErrors: UserError[] } },
  { settings: object }
>(`
  mutation PixelCreate($settings: JSON!) {
    webPixelCreate(webPixel: { settings: $settings }) {
      webPixel { id }
      userErrors { field message code }
    }
  }`);

export const PIXEL_UPDATE = adminDocument<
  { webPixelUpdate: { webPixel: Pixel | null; userErrors: UserError[] } },
  { id: string; settings: object }
>(`
  mutation PixelUpdate($id: ID!, $settings: JSON!) {
    webPixelUpdate(id: $id, webPixel: { settings: $settings }) {
      webPixel { id }
      userErrors { field message code }
    }
  }`);

/** The app's own, whichever it is; an error where there is none. */
export const PIXEL_FIND = adminDocument<{ webPixel: Pixel | null }>(`
  query Pixel {
    webPixel { id }
  }`);

export const PIXEL_WITHDRAW = adminDocument<
  { webPixelDelete: { deletedWebPixelId: string | null; userErrors: UserError[] } },
  { id: string }
>(`
  mutation PixelDelete($id: ID!) {
    webPixelDelete(id: $id) {
      deletedWebPixelId
      userErrors { field message code }
    }
  }`);
