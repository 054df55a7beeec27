// While time passes the buttons wait and the page says so; the bar shows how far it has come.
for (const form of document.querySelectorAll('form[action="/clock"]')) {
  form.addEventListener('submit', () => {
    document.getElementById('clock-busy').hidden = false;
    // After the browser has read which button was pressed.
    setTimeout(() =>
      document.querySelectorAll('form[action="/clock"] button').forEach((button) => (button.disabled = true)),
    );
    setInterval(() => dispatchEvent(new Event('sandbox:changed')), 1000);
  });
}
