// Keeps the summary of the checkout in step with what is typed, and with codes that the app's block applies.
(() => {
  const root = document.querySelector('.checkout-columns').dataset.root;
  const form = document.getElementById('checkout-form');
  const summary = document.getElementById('summary');
  const provinces = JSON.parse(document.getElementById('provinces').textContent);
  const body = () => new URLSearchParams(new FormData(form));

  const put = async (answer) => {
    const open = summary.querySelector('details')?.open ?? false;
    summary.innerHTML = await answer.text();
    const fold = summary.querySelector('details');
    if (fold) fold.open = open;
  };

  const refresh = async () => {
    const answer = await fetch(`${root}/summary`, { method: 'POST', body: body() });
    if (!answer.ok) return;
    document.getElementById('pay-total').textContent = decodeURIComponent(
      answer.headers.get('x-total') ?? '',
    );
    await put(answer);
  };

  const drawProvinces = () => {
    const known = Object.entries(provinces[form.elements.country.value] ?? {});
    const select = form.elements.province;
    document.getElementById('province-field').hidden = known.length === 0;
    select.replaceChildren(new Option('', ''), ...known.map(([code, name]) => new Option(name, code)));
  };

  form.addEventListener('change', (event) => {
    if (event.target.name === 'country') drawProvinces();
    void refresh();
  });

  // Forms of the summary (codes) change the summary only.
  summary.addEventListener('submit', async (event) => {
    event.preventDefault();
    const values = new URLSearchParams(new FormData(event.target, event.submitter));
    const answer = await fetch(`${root}/codes`, {
      method: 'POST',
      body: values,
      headers: { 'x-fragment': '1' },
    });
    if (!answer.ok) return;
    await put(answer);
    document.getElementById('code')?.focus();
    const total = summary.querySelector('.summary-fold strong');
    if (total) document.getElementById('pay-total').textContent = total.textContent;
    const codes = [...summary.querySelectorAll('.code-tag .badge')].map((each) => each.textContent);
    for (const tag of document.querySelectorAll('extension-block')) tag.discountCodes = codes;
  });

  // Somebody may have been faster than this script.
  const { country } = form.elements;
  if (!country.selectedOptions[0]?.defaultSelected) {
    drawProvinces();
    void refresh();
  }

  document.addEventListener('discountcodes', refresh);
  const buyer = document.getElementById('buyer');
  buyer.form.querySelector('button').hidden = true;
  buyer.addEventListener('change', () => buyer.form.submit());
  form.addEventListener('submit', () => {
    document.getElementById('pay').disabled = true;
  });
})();
