/** The parts of a document that can be cited. */
export interface Sections {
  /** `2`, `2.8`: of every numbered heading. */
  readonly numbers: ReadonlySet<string>;
  /** Titles of headings in lower case, each with the number of its section. */
  readonly titles: readonly { readonly title: string; readonly section: string }[];
  /** Numbers in the first cells of table rows, each with the section of its table. */
  readonly rows: readonly { readonly row: string; readonly section: string }[];
  /** Anchors as GitHub makes them from headings, for links. */
  readonly anchors: ReadonlySet<string>;
}

export function sectionsOf(text: string): Sections {
  const numbers = new Set<string>();
  const titles: { title: string; section: string }[] = [];
  const rows: { row: string; section: string }[] = [];
  const anchors = new Set<string>();
  let section = '';
  for (const line of withoutBlocks(text).split('\n')) {
    const heading = /^#{1,6} (.+)$/.exec(line)?.[1];
    if (heading !== undefined) {
      const [, number, title = heading] = /^(\d+(?:\.\d+)*)\.? (.+)$/.exec(heading) ?? [];
      if (number !== undefined) {
        numbers.add(number);
        section = number;
      }
      titles.push({ title: title.toLowerCase(), section });
      anchors.add(anchorOf(heading));
    }
    const row = /^\| *(\d+[a-z]?) *\|/.exec(line)?.[1];
    if (row !== undefined) rows.push({ row, section });
  }
  return { numbers, titles, rows, anchors };
}

/** Tells whether a section is the other one, or a part of it. Every section is a part of the whole document (''). */
export function isWithin(section: string, whole: string): boolean {
  return whole === '' || section === whole || section.startsWith(`${whole}.`);
}

/** A block of code may have lines that look like headings. */
function withoutBlocks(text: string): string {
  return text.replaceAll(/^```[\s\S]*?^```$/gm, '');
}

function anchorOf(heading: string): string {
  return heading
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}\s_-]/gu, '')
    .replaceAll(' ', '-');
}
