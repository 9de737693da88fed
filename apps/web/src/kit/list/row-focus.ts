import { useEffect, useRef, type RefObject } from 'react';

/** Moves the focus to a row, at once or as soon as it is drawn. */
export function useRowFocus(container: RefObject<HTMLElement | null>): (key: string) => void {
  const wanted = useRef<string | null>(null);
  const tryNow = (): void => {
    if (wanted.current === null) return;
    const row = container.current?.querySelector<HTMLElement>(`[data-row="${CSS.escape(wanted.current)}"]`);
    const main = row?.querySelector<HTMLElement>('[data-row-main]');
    if (row === undefined || row === null || main === undefined || main === null) return;
    wanted.current = null;
    main.focus({ preventScroll: true });
    row.scrollIntoView({ block: 'nearest' });
  };
  useEffect(tryNow);
  return (key) => {
    wanted.current = key;
    tryNow();
  };
}
