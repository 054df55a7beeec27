// A changed number in the basket is taken at once; the button is for those without scripts.
for (const form of document.querySelectorAll('form.quantity')) {
  const [update] = form.querySelectorAll('button');
  update.hidden = true;
  form.querySelector('input[type=number]').addEventListener('change', () => form.submit());
}
