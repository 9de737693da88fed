/** Plain and calm: one accent colour, 16 px, light and dark. */
export const overviewStyle = `
:root { color-scheme: light dark; --accent: light-dark(#0b5a6f, #7fd0e4); --line: light-dark(#d5dbdf, #3a4348); }
* { box-sizing: border-box; }
body { margin: 0; font: 16px/1.55 system-ui, sans-serif; }
main { max-width: 60rem; margin: 0 auto; padding: 2rem 1rem 4rem; }
h1 { line-height: 1.2; margin: 0 0 .5rem; }
h2 { margin: 2.5rem 0 .5rem; font-size: 1.2rem; }
.lead { font-size: 1.1rem; max-width: 45rem; }
a { color: var(--accent); }
code { font-size: .95em; padding: .1em .3em; border: 1px solid var(--line); border-radius: 4px; }
.people { display: grid; grid-template-columns: repeat(auto-fill, minmax(13rem, 1fr)); gap: .5rem; }
button { font: inherit; text-align: start; padding: .6rem .8rem; min-height: 44px; border: 1px solid var(--line);
  border-radius: 6px; background: transparent; color: inherit; cursor: pointer; }
button:hover, button[aria-pressed=true] { border-color: var(--accent); outline: 1px solid var(--accent); }
button small { display: block; opacity: .8; }
table { border-collapse: collapse; width: 100%; margin: .5rem 0 1rem; }
th, td { text-align: start; padding: .35rem .5rem; border-bottom: 1px solid var(--line); vertical-align: top; }
textarea { width: 100%; font: 13px/1.4 ui-monospace, monospace; }
.scroll { overflow-x: auto; }
ul.row { display: flex; flex-wrap: wrap; gap: .25rem 1.5rem; padding: 0; list-style: none; }
`;
