import type { RemoteButton } from '../protocol.ts';
import { heldBy, onMessage, refOf } from './wire.ts';

/** An element of the app that is not drawn where it stands: it says what it holds, and says it again at every change. */
export abstract class Announced extends HTMLElement {
  private observer: MutationObserver | null = null;
  private asked = false;

  connectedCallback(): void {
    this.observer = new MutationObserver(() => this.announceSoon());
    this.observer.observe(this, { childList: true, subtree: true, attributes: true, characterData: true });
    this.announceSoon();
  }

  disconnectedCallback(): void {
    this.observer?.disconnect();
  }

  protected announceSoon(): void {
    if (this.asked) return;
    this.asked = true;
    queueMicrotask(() => {
      this.asked = false;
      if (this.isConnected) this.announce();
    });
  }

  protected abstract announce(): void;
}

/** The buttons and links in an element, as the admin needs them to draw its own. */
export function buttonsIn(root: ParentNode): RemoteButton[] {
  const found = root.querySelectorAll<HTMLElement>('button, a, s-button, s-link');
  return [...found].map((element) => {
    const variant = element.getAttribute('variant');
    return {
      ref: refOf(element),
      text: element.textContent?.trim() ?? '',
      kind: variant === 'primary' || variant === 'breadcrumb' ? variant : 'secondary',
      critical: element.getAttribute('tone') === 'critical',
      disabled: isOn(element, 'disabled'),
      loading: isOn(element, 'loading'),
      group: element.closest('section')?.getAttribute('label') ?? null,
    };
  });
}

/** React sets what it does not know as an attribute (`loading=""`, `loading="false"`), what it knows as a property. */
function isOn(element: HTMLElement, name: string): boolean {
  const attribute = element.getAttribute(name);
  if (attribute !== null) return attribute !== 'false';
  return Boolean((element as unknown as Record<string, unknown>)[name]);
}

onMessage((message) => {
  if (message.type !== 'press') return;
  const element = heldBy(message.ref);
  if (element instanceof HTMLElement) element.click();
});
