import { Announced, buttonsIn } from './elements.ts';
import { outermost, tell } from './wire.ts';

/** `ui-nav-menu` and `s-app-nav`: the app's entries in the admin's navigation. */
export class NavMenu extends Announced {
  protected announce(): void {
    if (!outermost) return;
    const links = [...this.querySelectorAll('a, s-link')];
    tell({
      type: 'nav',
      items: links.map((link) => ({
        href: link.getAttribute('href') ?? '',
        text: link.textContent?.trim() ?? '',
        home: link.getAttribute('rel') === 'home',
      })),
    });
  }
}

/** `ui-title-bar`: title and actions above the app; inside a modal it belongs to the modal. */
export class TitleBar extends Announced {
  protected announce(): void {
    if (!outermost || this.closest('ui-modal')) return;
    tell({
      type: 'title',
      title: this.getAttribute('title') ?? document.title ?? null,
      buttons: buttonsIn(this),
    });
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    if (outermost) tell({ type: 'title', title: document.title || null, buttons: [] });
  }
}
