/** The page's half of a web pixel: its frame, what happens on the page, and the browser that it may ask. */
import type { FromPixel, PixelEvent, ToPixel } from '../pixel-protocol.ts';

interface TagData {
  scriptUrl: string;
  settings: unknown;
  events: PixelEvent[];
}

/** Nothing of the page reaches into it, nor the other way round: it starts a worker and carries messages. */
const FRAME = `<script>addEventListener('message',({data})=>{const w=new Worker(URL.createObjectURL(new Blob([data.script])));
w.onmessage=(m)=>parent.postMessage(m.data,'*');w.onerror=(e)=>parent.postMessage({kind:'problem',message:e.message},'*');
addEventListener('message',(m)=>w.postMessage(m.data));parent.postMessage({kind:'ready'},'*')},{once:true});
parent.postMessage({kind:'loaded'},'*')</script>`;

const problem = (message: string) => console.error(`[pixel] ${message}`);

/** What Shopify shows of the page in the top frame; a pixel sees no more of it. */
const context = () => ({
  document: { location: pick(location), referrer: document.referrer, title: document.title },
  window: { location: pick(location), innerWidth, innerHeight },
  navigator: { language: navigator.language, userAgent: navigator.userAgent },
});

const pick = ({ href, host, hostname, origin, pathname, search, hash }: Location) => ({
  href,
  host,
  hostname,
  origin,
  pathname,
  search,
  hash,
});

/** Storage and cookies of the top frame. */
function ask({ on, method, args }: Extract<FromPixel, { kind: 'call' }>): unknown {
  const [name = '', value] = args.map(String);
  if (on === 'cookie') {
    if (method === 'set') return void (document.cookie = value === undefined ? name : `${name}=${value}`);
    const found = document.cookie.split('; ').find((each) => each.startsWith(`${name}=`));
    return name === '' ? document.cookie : (found?.slice(name.length + 1) ?? '');
  }
  const storage = on === 'localStorage' ? localStorage : sessionStorage;
  switch (method) {
    case 'getItem':
      return storage.getItem(name);
    case 'setItem':
      return storage.setItem(name, value ?? '');
    case 'removeItem':
      return storage.removeItem(name);
    default:
      throw new Error(`${on}.${method} is not there`);
  }
}

/** Once for each checkout, however often its page is loaded. */
function isNew({ name, data }: PixelEvent): boolean {
  if (name !== 'checkout_completed') return true;
  const key = `sandbox-completed:${(data as { checkout: { token: string } }).checkout.token}`;
  if (localStorage.getItem(key)) return false;
  localStorage.setItem(key, '1');
  return true;
}

async function start({ scriptUrl, settings, events }: TagData): Promise<void> {
  const [runtime, script] = await Promise.all(
    ['/extensions/pixel-worker.js', scriptUrl].map(async (url) => (await fetch(url)).text()),
  );
  const frame = document.createElement('iframe');
  frame.setAttribute('sandbox', 'allow-scripts');
  frame.title = 'Web pixel';
  frame.hidden = true;
  frame.srcdoc = FRAME;
  const say = (message: ToPixel | { script: string }) => frame.contentWindow!.postMessage(message, '*');
  let seq = 0;
  addEventListener('message', ({ source, data }: MessageEvent<FromPixel | { kind: 'loaded' | 'ready' }>) => {
    if (source !== frame.contentWindow) return;
    switch (data.kind) {
      case 'loaded':
        return say({ script: `${runtime}\n${script}` });
      case 'ready':
        say({ kind: 'start', settings, init: { context: context(), data: {} } });
        for (const event of events.filter(isNew)) {
          const own = { id: crypto.randomUUID(), seq: (seq += 1), clientId: 'sandbox', context: context() };
          say({ kind: 'event', event: { ...event, ...own } });
        }
        return document.documentElement.setAttribute('data-pixel', 'running');
      case 'call':
        try {
          return say({ kind: 'answer', call: data.call, value: ask(data) });
        } catch (error) {
          return say({ kind: 'answer', call: data.call, error: String(error) });
        }
      case 'problem':
        return problem(data.message);
      case 'heard':
    }
  });
  document.body.append(frame);
}

const tag = document.getElementById('web-pixel')?.textContent;
if (tag) void start(JSON.parse(tag) as TagData);
