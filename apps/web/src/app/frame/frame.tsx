import { createLink, Outlet, useRouterState } from '@tanstack/react-router';
import { useEffect, useRef, type ReactElement, type RefObject } from 'react';
import { Link } from '../../kit/link/link.tsx';
import { frameWords } from '../../words/frame.words.ts';
import { useWords } from '../../words/use-words.ts';
import styles from './frame.module.css';

const FrameLink = createLink(Link);
const CONTENT = 'content';

/** What stands around every screen. */
export function Frame(): ReactElement {
  const say = useWords(frameWords);
  const content = useFocusOfNewScreen();
  return (
    <div className={styles['page']}>
      <Link kind="skip" href={`#${CONTENT}`} onClick={(event) => skipTo(event, content.current)}>
        {say('frame.skip')}
      </Link>
      <header className={styles['header']}>
        <FrameLink kind="row" to="/">
          {say('frame.product')}
        </FrameLink>
      </header>
      <main id={CONTENT} ref={content} tabIndex={-1} className={styles['content']}>
        <Outlet />
      </main>
    </div>
  );
}

/** Not by the fragment of the address: the router would take it for another place in its history. */
function skipTo(event: { preventDefault: () => void }, content: HTMLElement | null): void {
  event.preventDefault();
  content?.focus();
}

/** After a change of screen the focus goes to its content, unless the screen has set it; else readers would say nothing. */
function useFocusOfNewScreen(): RefObject<HTMLElement | null> {
  const content = useRef<HTMLElement>(null);
  const path = useRouterState({ select: ({ resolvedLocation }) => resolvedLocation?.pathname });
  const shown = useRef<string | undefined>(undefined);
  useEffect(() => {
    const isFirst = shown.current === undefined;
    shown.current = path;
    if (isFirst || path === undefined) return;
    if (content.current?.contains(document.activeElement) !== true) content.current?.focus();
  }, [path]);
  return content;
}
