import { Announced, buttonsIn } from './elements.ts';
import { newId, tell } from './wire.ts';

const showing = new Set<string>();

/** Whether any save bar is on the screen. */
export function isDirty(): boolean {
  return showing.size > 0;
}

/** Puts the bar of one owner on the screen or takes it off; the admin shows the last one that came. */
export function setBar(
  id: string,
  shown: boolean,
  bar: { buttons: Element | DocumentFragment; confirmDiscard: boolean },
): void {
  if (shown) showing.add(id);
  else showing.delete(id);
  tell({ type: 'save-bar', id, shown, buttons: buttonsIn(bar.buttons), confirmDiscard: bar.confirmDiscard });
}

/** `ui-save-bar`: the app's own Save and Discard buttons, drawn by the admin while the bar is shown. */
export class SaveBar extends Announced {
  private readonly bar = newId('save-bar');
  private on = false;

  get showing(): boolean {
    return this.on;
  }

  get discardConfirmation(): boolean {
    const attribute = this.getAttribute('discardconfirmation') ?? this.getAttribute('discard-confirmation');
    return attribute !== null && attribute !== 'false';
  }

  set discardConfirmation(on: boolean) {
    this.toggleAttribute('discardconfirmation', Boolean(on));
  }

  async show(): Promise<void> {
    if (this.on) return;
    this.on = true;
    this.announce();
    this.dispatchEvent(new Event('show'));
  }

  async hide(): Promise<void> {
    if (!this.on) return;
    this.on = false;
    this.announce();
    this.dispatchEvent(new Event('hide'));
  }

  toggle(): Promise<void> {
    return this.on ? this.hide() : this.show();
  }

  protected announce(): void {
    setBar(this.bar, this.on, { buttons: this, confirmDiscard: this.discardConfirmation });
  }

  protected override announceSoon(): void {
    if (this.on) super.announceSoon();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    void this.hide();
  }
}
