import { defaultRangeExtractor, useWindowVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useLayoutEffect, useRef, useState, type RefObject } from 'react';
import { flushSync } from 'react-dom';
import type { Entry } from './entries.ts';

export interface DrawnLines<Row, Heading> {
  readonly container: RefObject<HTMLDivElement | null>;
  readonly isWindowed: boolean;
  /** Pixels of the whole list, drawn or not. */
  readonly height: number;
  readonly lines: readonly { readonly entry: Entry<Row, Heading>; readonly start: number; readonly index: number }[];
  readonly measure: (element: Element | null) => void;
  /** Scrolls a line that is not drawn into the window. */
  readonly show: (key: string) => void;
}

const headingHeight = 48;

/** The lines to draw: all of them, or those near the window and the one that has the focus. Paper gets all. */
export function useDrawnLines<Row, Heading>(
  entries: readonly Entry<Row, Heading>[],
  current: string | null,
  isLong: boolean,
): DrawnLines<Row, Heading> {
  const container = useRef<HTMLDivElement>(null);
  const isPrinting = usePrinting();
  const isWindowed = isLong && !isPrinting;
  const { top, rowHeight } = useMeasures(container, isWindowed);
  const focused = entries.findIndex(({ key }) => key === current);
  const virtualizer = useWindowVirtualizer<HTMLElement>({
    enabled: isWindowed,
    count: entries.length,
    estimateSize: (index) => (entries[index]?.kind === 'heading' ? headingHeight : rowHeight),
    getItemKey: (index) => entries[index]?.key ?? index,
    overscan: 8,
    scrollMargin: top,
    rangeExtractor: (range) => {
      const near = defaultRangeExtractor(range);
      return focused === -1 || near.includes(focused) ? near : [...near, focused].sort((a, b) => a - b);
    },
  });
  const all = (): DrawnLines<Row, Heading>['lines'] => entries.map((entry, index) => ({ entry, index, start: 0 }));
  const near = (): DrawnLines<Row, Heading>['lines'] =>
    virtualizer.getVirtualItems().flatMap(({ index, start }) => {
      const entry = entries[index];
      return entry === undefined ? [] : [{ entry, index, start: start - top }];
    });
  return {
    container,
    isWindowed,
    height: isWindowed ? virtualizer.getTotalSize() : 0,
    lines: isWindowed ? near() : all(),
    measure: (element) => {
      if (isWindowed && element instanceof HTMLElement) virtualizer.measureElement(element);
    },
    show: (key) => {
      const index = entries.findIndex((entry) => entry.key === key);
      if (isWindowed && index !== -1) virtualizer.scrollToIndex(index, { align: 'auto' });
    },
  };
}

/** Where the list begins on the page, and the height of a row in the present density. */
function useMeasures(
  container: RefObject<HTMLDivElement | null>,
  isWindowed: boolean,
): { readonly top: number; readonly rowHeight: number } {
  const [measures, setMeasures] = useState({ top: 0, rowHeight: 64 });
  useLayoutEffect(() => {
    const element = container.current;
    if (!isWindowed || element === null) return;
    const top = Math.round(element.getBoundingClientRect().top + globalThis.scrollY);
    const rowHeight = parseFloat(getComputedStyle(element).getPropertyValue('--size-row')) || 64;
    setMeasures((before) => (before.top === top && before.rowHeight === rowHeight ? before : { top, rowHeight }));
  });
  return measures;
}

/** True while the browser prepares a page for the printer. */
function usePrinting(): boolean {
  const [isPrinting, setPrinting] = useState(false);
  useEffect(() => {
    const set = (printing: boolean) => (): void => {
      flushSync(() => {
        setPrinting(printing);
      });
    };
    const [before, after] = [set(true), set(false)];
    globalThis.addEventListener('beforeprint', before);
    globalThis.addEventListener('afterprint', after);
    return () => {
      globalThis.removeEventListener('beforeprint', before);
      globalThis.removeEventListener('afterprint', after);
    };
  }, []);
  return isPrinting;
}
