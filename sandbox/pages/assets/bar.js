// Keeps the time and the next event in the bar fresh while somebody looks.
(() => {
  const clock = document.querySelector('.bar-clock');
  const now = document.getElementById('bar-now');
  const next = document.getElementById('bar-next');

  const refresh = async () => {
    if (document.hidden) return;
    const answer = await fetch(`/bar?shop=${clock.dataset.shop}`).catch(() => null);
    if (!answer?.ok) return;
    const told = await answer.json();
    now.textContent = told.now;
    next.textContent = told.next;
    next.title = `Next ${told.next}`;
  };

  void refresh();
  setInterval(refresh, 5000);
  document.addEventListener('visibilitychange', refresh);
  addEventListener('sandbox:changed', refresh);
  document.getElementById('bar-shop')?.addEventListener('change', (event) => event.target.form.submit());
})();
