// Tabs of an open mail (arrow keys included), its frame as high as what it holds, and new mail in the list.
(() => {
  const tabs = [...document.querySelectorAll('[role=tab]')];
  const choose = (tab) => {
    for (const each of tabs) {
      const on = each === tab;
      each.setAttribute('aria-selected', String(on));
      each.tabIndex = on ? 0 : -1;
      document.getElementById(each.getAttribute('aria-controls')).hidden = !on;
    }
    tab.focus();
    fit();
  };
  for (const [index, tab] of tabs.entries()) {
    tab.addEventListener('click', () => choose(tab));
    tab.addEventListener('keydown', ({ key }) => {
      const step = { ArrowRight: 1, ArrowLeft: -1 }[key];
      if (step) choose(tabs[(index + step + tabs.length) % tabs.length]);
    });
  }

  const frame = document.querySelector('.mail-frame');
  const fit = () => {
    const root = frame?.contentDocument?.documentElement;
    if (!root || frame.offsetParent === null) return;
    // A document is never lower than its frame: measured with none.
    frame.style.height = '0';
    frame.style.height = `${Math.max(320, root.scrollHeight)}px`;
  };
  frame?.addEventListener('load', fit);
  addEventListener('resize', fit);
})();
