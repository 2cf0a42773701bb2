// Before the first paint: the theme this browser chose, so that nothing flashes. Kept by components/shared/theme.ts.
(() => {
  function apply() {
    var choice = null;
    try {
      choice = localStorage.getItem('sequela.theme');
    } catch (_) {}
    if (choice === 'light' || choice === 'dark') document.documentElement.dataset.theme = choice;
    else delete document.documentElement.dataset.theme;
  }
  apply();
  addEventListener('storage', apply);
})();
