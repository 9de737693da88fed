/** A generated document: its title, its introduction, and its parts. */
export function document(title: string, lead: string, ...parts: readonly string[]): string {
  return [`# ${title}`, lead, ...parts].join('\n\n') + '\n';
}

/** A diagram in Mermaid, which GitHub, GitLab and most editors show. */
export function mermaid(lines: readonly string[]): string {
  return ['```mermaid', ...lines, '```'].join('\n');
}

export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

export function codes(list: readonly string[]): string {
  return list.map((each) => `\`${each}\``).join(', ');
}
