/** The look of the admin's modal. */
export const MODAL_STYLE = `
  dialog { padding: 0; border: 0; border-radius: 16px; width: min(620px, calc(100vw - 32px)); max-height: calc(100vh - 48px);
    box-shadow: 0 20px 60px #0006; color: #303030; font: 13px/1.5 Inter, system-ui, sans-serif; overflow: hidden; }
  dialog[open] { display: flex; flex-direction: column; }
  dialog[data-variant=small] { width: min(380px, calc(100vw - 32px)); }
  dialog[data-variant=large] { width: min(980px, calc(100vw - 32px)); }
  dialog[data-variant=max] { width: calc(100vw - 16px); max-width: none; height: calc(100vh - 16px); max-height: none; }
  dialog::backdrop { background: #0008; }
  header { display: flex; align-items: center; justify-content: space-between; padding: 12px 16px; background: #f3f3f3; border-bottom: 1px solid #e3e3e3; }
  h2 { margin: 0; font-size: 14px; font-weight: 650; }
  main { overflow: auto; flex: 1; min-height: 0; }
  iframe { display: block; width: 100%; border: 0; height: min(70vh, 640px); }
  dialog[data-variant=max] iframe { height: 100%; }
  main:has(iframe) slot { display: none; }
  footer { display: flex; flex-direction: row-reverse; gap: 8px; padding: 12px 16px; border-top: 1px solid #e3e3e3; }
  footer:empty { display: none; }
  button { font: 600 12px/1.4 Inter, system-ui, sans-serif; padding: 6px 12px; border-radius: 8px; border: 1px solid #b5b5b5; background: #fff; color: #303030; cursor: pointer; }
  button.primary { background: #303030; border-color: #1a1a1a; color: #fff; }
  button.critical { background: #c70a24; border-color: #8e0b21; color: #fff; }
  button:disabled { opacity: .5; cursor: default; }
  button:focus-visible { outline: 2px solid #005bd3; outline-offset: 2px; }
  .close { border-color: transparent; background: transparent; }
`;
