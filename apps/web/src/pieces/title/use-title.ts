import { useEffect } from 'react';
import { frameWords } from '../../words/frame.words.ts';
import { useWords } from '../../words/use-words.ts';

/**
 * The title of the page, such as "Inbox, 2 overdue". It stands in the browser's history on the disk: never a name, a phone
 * or a search term.
 */
export function useTitle(title: string): void {
  const product = useWords(frameWords)('frame.product');
  useEffect(() => {
    document.title = title === product ? product : `${title} · ${product}`;
  }, [title, product]);
}
