import type { AnchorHTMLAttributes, ReactElement, Ref } from 'react';
import styles from './link.module.css';

export interface LinkProps extends Omit<AnchorHTMLAttributes<HTMLAnchorElement>, 'className' | 'style'> {
  /** `text`: in a sentence. `row`: the name of a row, without an underline until hovered. `button`: drawn as one. */
  readonly kind?: 'text' | 'row' | 'button' | 'filled' | 'skip';
  readonly ref?: Ref<HTMLAnchorElement>;
}

/** A plain anchor; the router's `createLink(Link)` makes it navigate without loading the page again. */
export function Link({ kind = 'text', ...rest }: LinkProps): ReactElement {
  return <a {...rest} className={styles['link']} data-kind={kind} />;
}
