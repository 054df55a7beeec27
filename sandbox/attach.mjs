/**
 * Attaches the sandbox to the app from outside: `node --import ./sandbox/attach.mjs app/web.server.ts`.
 * The app's code does not know of it; production simply does not import it.
 *
 * 1. A request to one of Shopify's hosts goes to the sandbox; any other host that is not this machine is refused.
 * 2. The documents' frame-ancestors let the sandbox's admin frame the app; the preload of Shopify's App Bridge is dropped.
 * 3. APP_BRIDGE_URL, which Shopify's library reads, points at the sandbox's App Bridge.
 * 4. The clock: `globalThis[Symbol.for('everafter.clock')]`, real time plus the offset in CLOCK_FILE.
 * 5. A browser without a window is taken for the browser that it is: Shopify's library takes it for a robot, and answers
 *    410 to whoever opens the admin with a tool.
 *
 * SANDBOX_ADMIN=real leaves out 2 and 3, for browser tests that answer for admin.shopify.com themselves.
 */
import { readFileSync } from 'node:fs';
import { Server, ServerResponse } from 'node:http';

if (process.env.NODE_ENV === 'production' && !process.env.SHOPIFY_SANDBOX_URL) {
  throw new Error('sandbox/attach.mjs: SHOPIFY_SANDBOX_URL is not set; a real shop has no sandbox');
}

const sandbox = new URL(process.env.SHOPIFY_SANDBOX_URL ?? 'http://localhost:4000');
const SHOPIFY = /^(?:[a-z0-9][a-z0-9-]*\.myshopify\.com|(?:admin|cdn|partners|api)\.shopify\.com)$/i;
const LOOPBACK = /^(?:127(?:\.\d+){3}|localhost|\[::1\])$/;
const realFetch = globalThis.fetch;

function sandboxFetch(input, init) {
  const request = input instanceof Request ? input : null;
  const url = new URL(request ? request.url : input);
  if (LOOPBACK.test(url.hostname) || url.protocol === 'data:') return realFetch(input, init);
  if (!SHOPIFY.test(url.hostname)) {
    return Promise.reject(new TypeError(`sandbox: refused a request to ${url.origin}`));
  }
  const target = new URL(url.pathname + url.search, sandbox);
  const headers = new Headers(init?.headers ?? request?.headers);
  headers.set('x-sandbox-host', url.hostname);
  if (!request || init) return realFetch(target, { ...init, headers });
  const { method, body, signal, redirect } = request;
  return realFetch(target, { method, headers, body, signal, redirect, ...(body && { duplex: 'half' }) });
}

// Shopify's library takes globalThis.fetch when it is loaded, and Remix would put its own in the same place: so it is not writable.
Object.defineProperty(globalThis, 'fetch', { get: () => sandboxFetch, set: () => {}, configurable: true });

const clockFile = process.env.CLOCK_FILE;
if (clockFile) {
  globalThis[Symbol.for('everafter.clock')] = () => {
    try {
      return Date.now() + Number(readFileSync(clockFile, 'utf8'));
    } catch (error) {
      if (error.code === 'ENOENT') return Date.now();
      throw error;
    }
  };
}

const asWithWindow = (value) => value.replaceAll('HeadlessChrome', 'Chrome');
const { emit } = Server.prototype;
Server.prototype.emit = function (event, ...rest) {
  if (event === 'request' && rest[0].rawHeaders.some((value) => value.includes('HeadlessChrome'))) {
    const [{ rawHeaders, headers }] = rest;
    rawHeaders.forEach((value, index) => (rawHeaders[index] = asWithWindow(value)));
    for (const name of ['user-agent', 'sec-ch-ua'])
      if (headers[name]) headers[name] = asWithWindow(headers[name]);
  }
  return emit.call(this, event, ...rest);
};

if (process.env.SANDBOX_ADMIN !== 'real') {
  process.env.APP_BRIDGE_URL ??= new URL('/app-bridge.js', sandbox).href;
  // eslint-disable-next-line typescript/unbound-method -- called with its response below
  const { writeHead } = ServerResponse.prototype;
  ServerResponse.prototype.writeHead = function (status, ...rest) {
    const policy = this.getHeader('content-security-policy');
    if (policy) {
      this.setHeader(
        'content-security-policy',
        String(policy).replace(/frame-ancestors (?!'none')/, `frame-ancestors ${sandbox.origin} `),
      );
    }
    if (String(this.getHeader('link') ?? '').includes('cdn.shopify.com')) this.removeHeader('link');
    return writeHead.call(this, status, ...rest);
  };
}
