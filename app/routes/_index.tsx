import { redirect, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node';

/** Shopify opens the app at its address with ?shop=…; whoever comes without one meets a plain page. */
export function loader({ request }: LoaderFunctionArgs) {
  const { search, searchParams } = new URL(request.url);
  if (searchParams.has('shop')) throw redirect(`/app${search}`);
  return null;
}

export const meta: MetaFunction = () => [{ title: 'Everafter' }];

const page = {
  font: '16px/1.5 system-ui, sans-serif',
  maxWidth: '34rem',
  margin: '20vh auto',
  padding: '0 1.5rem',
};

export default function Index() {
  return (
    <main style={page}>
      <h1>Everafter</h1>
      <p>Everything that comes after “thank you for your order”.</p>
      <p>This app lives in the Shopify admin. Open your admin, choose Apps, then Everafter.</p>
    </main>
  );
}
