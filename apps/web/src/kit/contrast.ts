/** Custom properties of one block of a stylesheet. */
export interface Tokens {
  readonly all: Readonly<Record<string, string>>;
  /** The value of `--color-<name>`. Throws for a colour that is not there. */
  color(name: string): string;
}

/** Reads the custom properties of the first block that opens with `opening`. Throws if there is none. */
export function tokensIn(css: string, opening: string): Tokens {
  const start = css.indexOf(opening);
  if (start === -1) throw new Error(`no block ${opening}`);
  const block = css.slice(start + opening.length, css.indexOf('}', start));
  const all = Object.fromEntries(
    [...block.matchAll(/(--[a-z0-9-]+):\s*([^;]+);/g)].map(([, name, value]) => [name ?? '', value ?? '']),
  );
  return {
    all,
    color(name) {
      const value = all[`--color-${name}`];
      if (value === undefined) throw new Error(`no colour ${name}`);
      return value;
    },
  };
}

/** Contrast of two colours written as `#rrggbb`, 1 to 21 (WCAG 2.2, relative luminance). */
export function contrast(one: string, other: string): number {
  const [lighter = 0, darker = 0] = [luminance(one), luminance(other)].sort((a, b) => b - a);
  return (lighter + 0.05) / (darker + 0.05);
}

function luminance(color: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5]
    .map((at) => parseInt(color.slice(at, at + 2), 16) / 255)
    .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
