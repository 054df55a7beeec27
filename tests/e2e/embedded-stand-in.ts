/** A small app for the admin's frame: pages that use App Bridge by hand, and remember what they were asked. */
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface EmbeddedApp {
  url: string;
  /** `authorization` headers by path, newest last. */
  bearers: Record<string, string[]>;
  /** Answers 401 once to the next request with a bearer, as Shopify's library does for a token it does not take. */
  refuseOnce(): void;
  /** Where the sandbox is; its script is part of every page. */
  sandbox: string;
  close(): Promise<void>;
}

export async function startEmbeddedApp(): Promise<EmbeddedApp> {
  let refusing = false;
  const app: EmbeddedApp = {
    url: '',
    bearers: {},
    sandbox: '',
    refuseOnce: () => (refusing = true),
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', app.url);
    if (pathname !== '/data') {
      response.setHeader('content-type', 'text/html; charset=utf-8');
      return response.end(page(app.sandbox, pathname));
    }
    remember(app, pathname, request);
    if (refusing) {
      refusing = false;
      response.writeHead(401, { 'x-shopify-retry-invalid-session-request': '1' });
      return response.end();
    }
    return response.end('data');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  app.url = `http://localhost:${(server.address() as AddressInfo).port}`;
  return app;
}

function remember(app: EmbeddedApp, pathname: string, { headers }: IncomingMessage): void {
  app.bearers[pathname] = [...(app.bearers[pathname] ?? []), headers.authorization ?? ''];
}

/** Works as an app with Shopify's AppProvider does: `shopify:navigate` goes to its own router. */
function page(sandbox: string, pathname: string): string {
  return `<!doctype html><html lang="en"><head><title>${pathname}</title><link rel="icon" href="data:,"></head><body>
    <script src="${sandbox}/app-bridge.js" data-api-key="sandbox-key"></script>
    <ui-nav-menu>
      <a href="/app" rel="home">Home</a><a href="/app/customers">Customers</a><a href="/app/settings">Settings</a>
    </ui-nav-menu>
    <ui-title-bar title="Title of ${pathname}">
      <button variant="primary" onclick="said('primary')">Create</button>
      <section label="More"><button onclick="said('archived')">Archive</button></section>
    </ui-title-bar>
    <h1>${pathname}</h1>
    <form data-save-bar data-discard-confirmation onsubmit="event.preventDefault(); said('saved ' + this.name.value)">
      <label>Name <input name="name" value="first"></label>
    </form>
    <ui-save-bar id="bar"><button variant="primary" onclick="said('bar saved')"></button><button onclick="said('bar dropped')"></button></ui-save-bar>
    <ui-modal id="modal"><p>Inside the modal</p>
      <ui-title-bar title="A question"><button variant="primary" onclick="said('agreed'); shopify.modal.hide('modal')">Agree</button></ui-title-bar>
    </ui-modal>
    <a href="shopify://admin/products">To the products</a>
    <ol id="said" aria-label="Said"></ol>
    <script>
      const said = (what) => document.getElementById('said').append(Object.assign(document.createElement('li'), { textContent: what }));
      const show = () => (document.querySelector('h1').textContent = location.pathname);
      addEventListener('shopify:navigate', (event) => { history.pushState(null, '', event.target.getAttribute('href')); show(); });
      addEventListener('popstate', show);
    </script></body></html>`;
}
