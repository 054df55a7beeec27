import { Announced, buttonsIn } from './elements.ts';
import type { RemoteButton } from '../protocol.ts';
import type { BridgeConfig } from './config.ts';
import { MODAL_STYLE } from './modal-style.ts';
import { idToken } from './token.ts';
import { heldBy, tell } from './wire.ts';

/**
 * `ui-modal`: a dialog over the app. Its children stay the app's own, in a slot, so that the app's styles and
 * React's portal reach them; title bar and buttons are drawn here as the admin would draw them.
 */
export class Modal extends Announced {
  static config: BridgeConfig | null = null;
  private readonly dialog: HTMLDialogElement;
  private box: HTMLElement | null = null;
  private frame: HTMLIFrameElement | null = null;

  constructor() {
    super();
    const root = this.attachShadow({ mode: 'open' });
    root.innerHTML =
      `<style>${MODAL_STYLE}</style><dialog aria-labelledby="title"><header><h2 id="title"></h2>` +
      '<button type="button" class="close" aria-label="Close">✕</button></header><main><slot></slot></main><footer></footer></dialog>';
    this.dialog = root.querySelector('dialog')!;
    root.querySelector<HTMLElement>('.close')!.onclick = () => this.dialog.close();
    this.dialog.onclose = () => {
      this.frame?.remove();
      this.frame = null;
      tell({ type: 'overlay', on: false });
      this.dispatchEvent(new Event('hide'));
    };
  }

  /** Where the app puts what is to be shown; made when it is first asked for, so that hydration finds no stranger. */
  get content(): HTMLElement {
    this.box ??= this.appendChild(document.createElement('div'));
    return this.box;
  }

  set content(element: HTMLElement) {
    this.content.replaceChildren(element);
  }

  get variant(): string {
    return this.getAttribute('variant') ?? 'base';
  }

  set variant(variant: string) {
    this.setAttribute('variant', variant);
  }

  get src(): string | undefined {
    return this.getAttribute('src') ?? undefined;
  }

  set src(src: string | undefined) {
    if (src) this.setAttribute('src', src);
    else this.removeAttribute('src');
  }

  get contentWindow(): Window | null {
    return this.frame?.contentWindow ?? null;
  }

  async show(): Promise<void> {
    if (this.dialog.open) return;
    this.announce();
    if (this.src) await this.load(this.src);
    this.dialog.showModal();
    tell({ type: 'overlay', on: true });
    this.dispatchEvent(new Event('show'));
  }

  async hide(): Promise<void> {
    this.dialog.close();
  }

  toggle(): Promise<void> {
    return this.dialog.open ? this.hide() : this.show();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    void this.hide();
  }

  protected announce(): void {
    const { dialog } = this;
    const bar = this.querySelector('ui-title-bar');
    const buttons = [bar, this.querySelector('ui-save-bar')].flatMap((each) => (each ? buttonsIn(each) : []));
    dialog.dataset.variant = this.variant;
    dialog.querySelector('h2')!.textContent = bar?.getAttribute('title') ?? '';
    dialog.querySelector('footer')!.replaceChildren(...buttons.map((button) => this.drawn(button)));
  }

  /** A page of the app inside the dialog, opened as the admin opens pages: with shop, host and a token. */
  private async load(src: string): Promise<void> {
    const url = new URL(src, location.href);
    const { shop, host, locale } = Modal.config ?? {};
    const given = { embedded: '1', shop, host, locale, id_token: await idToken() };
    for (const [name, value] of Object.entries(given)) if (value) url.searchParams.set(name, value);
    this.frame = document.createElement('iframe');
    this.frame.title = 'Modal';
    this.frame.src = url.href;
    const loaded = new Promise((resolve) => this.frame?.addEventListener('load', resolve, { once: true }));
    this.dialog.querySelector('main')!.prepend(this.frame);
    await loaded;
  }

  private drawn(button: RemoteButton): HTMLButtonElement {
    const drawn = document.createElement('button');
    drawn.type = 'button';
    drawn.textContent = button.text || (button.kind === 'primary' ? 'Save' : 'Cancel');
    drawn.className = [button.kind, button.critical ? 'critical' : ''].join(' ');
    drawn.disabled = button.disabled || button.loading;
    drawn.onclick = () => (heldBy(button.ref) as HTMLElement | undefined)?.click();
    return drawn;
  }
}

/** `s-app-window`: a page of the app over the whole screen. */
export class AppWindow extends Modal {
  override get variant(): string {
    return 'max';
  }
}
