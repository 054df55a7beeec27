import type { HeadersFunction, LinksFunction, LoaderFunctionArgs } from '@remix-run/node';
import {
  isRouteErrorResponse,
  Link,
  useLoaderData,
  useRouteError,
  useRouteLoaderData,
} from '@remix-run/react';
import { NavMenu } from '@shopify/app-bridge-react';
import polarisStyles from '@shopify/polaris/build/esm/styles.css?url';
import { AppProvider } from '@shopify/shopify-app-remix/react';
import { boundary } from '@shopify/shopify-app-remix/server';
import type { ReactNode } from 'react';
import { authenticateAdmin } from '../adapters/shopify/authenticate.server.ts';
import { waitingCount } from '../conversations/conversations.server.ts';
import { AdminPages } from '../ui/AdminPages.tsx';
import { BrokenPage } from '../ui/BrokenPage.tsx';
import { app } from '../wiring.server.ts';

export { afterDeeds as shouldRevalidate } from '../ui/revalidation.ts';

export const links: LinksFunction = () => [{ rel: 'stylesheet', href: polarisStyles }];

export async function loader({ request }: LoaderFunctionArgs) {
  const { shop } = await authenticateAdmin(request);
  const waiting = await app().db.inShop(shop.id, waitingCount);
  const { SHOPIFY_API_KEY: apiKey, APP_BRIDGE_URL: appBridgeUrl } = app().config;
  return { apiKey, appBridgeUrl, waiting };
}

/** The frame of every page of the embedded admin. */
export default function EmbeddedApp() {
  return (
    <Frame {...useLoaderData<typeof loader>()}>
      <AdminPages />
    </Frame>
  );
}

interface FrameProps {
  apiKey: string;
  appBridgeUrl: string | undefined;
  /** Conversations that wait for an answer, up to 100. */
  waiting: number;
  children: ReactNode;
}

function Frame({ apiKey, appBridgeUrl, waiting, children }: FrameProps) {
  // Without an address of its own App Bridge comes from Shopify's CDN, as in production.
  const bridge = appBridgeUrl ? { __APP_BRIDGE_URL: appBridgeUrl } : {};
  return (
    <AppProvider isEmbeddedApp apiKey={apiKey} {...bridge}>
      <NavMenu>
        <Link to="/app" rel="home">
          Home
        </Link>
        <Link to="/app/sequences">Sequences</Link>
        <Link to="/app/customers">Customers</Link>
        <Link to="/app/products">Products</Link>
        <Link to="/app/conversations">
          {waiting === 0 ? 'Conversations' : `Conversations (${waiting < 100 ? waiting : '99+'})`}
        </Link>
        <Link to="/app/feedback">Feedback</Link>
        <Link to="/app/reviews">Reviews</Link>
        <Link to="/app/questions">Questions</Link>
        <Link to="/app/stories">Stories</Link>
        <Link to="/app/referrals">Referrals</Link>
        <Link to="/app/gestures">Gestures</Link>
        <Link to="/app/settings">Settings</Link>
      </NavMenu>
      {children}
    </AppProvider>
  );
}

/** Shopify's library throws whole documents (its bounce page); what the app's own routes throw is said in words. */
export function ErrorBoundary() {
  const error = useRouteError();
  const frame = useRouteLoaderData<typeof loader>('routes/app');
  const isResponse = isRouteErrorResponse(error);
  if (isResponse && (error.status < 400 || error.status === 401 || error.status === 410)) {
    return boundary.error(error);
  }
  const page = (
    <main>
      <BrokenPage isMissing={isResponse && error.status === 404} hasFrame={frame !== undefined} />
    </main>
  );
  return frame ? (
    <Frame {...frame}>{page}</Frame>
  ) : (
    <AppProvider isEmbeddedApp={false} apiKey="">
      {page}
    </AppProvider>
  );
}
export const headers: HeadersFunction = (args) => boundary.headers(args);
