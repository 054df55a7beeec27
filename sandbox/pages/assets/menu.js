// The admin's navigation on narrow screens.
(() => {
  const button = document.getElementById('nav-toggle');
  const show = (open) => {
    document.body.classList.toggle('nav-open', open);
    button.setAttribute('aria-expanded', String(open));
  };
  button.addEventListener('click', () => show(!document.body.classList.contains('nav-open')));
  addEventListener('keydown', (event) => event.key === 'Escape' && show(false));
  document.addEventListener('click', (event) => {
    if (!event.target.closest('#admin-nav, #nav-toggle')) show(false);
  });
})();
