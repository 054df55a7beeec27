import { Outlet, useLocation, useNavigation } from '@remix-run/react';
import { useAppBridge } from '@shopify/app-bridge-react';
import { useEffect, useRef, useState } from 'react';
import { PageSkeleton } from './PageSkeleton.tsx';

/** Milliseconds after which a page that is still on its way is shown as a skeleton: most come sooner. */
const PATIENCE = 250;

/** The page of the address; while another one is fetched, first the admin's own progress bar, then its shape. */
export function AdminPages() {
  const shopify = useAppBridge();
  const { pathname } = useLocation();
  const { state, location } = useNavigation();
  const next = state === 'loading' && location.pathname !== pathname ? location.pathname : null;
  const [late, setLate] = useState<string | null>(null);
  useEffect(() => {
    if (next === null) return undefined;
    shopify.loading(true);
    const timer = setTimeout(() => setLate(next), PATIENCE);
    return () => {
      clearTimeout(timer);
      setLate(null);
      shopify.loading(false);
    };
  }, [next, shopify]);
  const main = useRef<HTMLElement>(null);
  // What was pressed may have gone with its page: the next key begins at the new one.
  useEffect(() => {
    if (document.activeElement === document.body) main.current?.focus({ preventScroll: true });
  }, [pathname]);
  return (
    <main ref={main} tabIndex={-1} style={{ outline: 'none' }} aria-busy={next !== null}>
      {late !== null && late === next ? <PageSkeleton pathname={late} /> : <Outlet />}
    </main>
  );
}
