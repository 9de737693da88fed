/**
 * Sets the chosen theme and density before the first paint, so that nothing flashes. It is a file of its own because the
 * content security policy forbids inline scripts. Without a choice the system's preference holds.
 */
for (const name of ['theme', 'density']) {
  try {
    const chosen = name === 'theme' ? localStorage.getItem('theme') : localStorage.getItem('density');
    if (chosen !== null) document.documentElement.setAttribute(`data-${name}`, chosen);
  } catch {
    // storage is switched off in this browser: the system's preference holds
  }
}
