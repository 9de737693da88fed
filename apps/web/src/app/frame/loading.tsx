import type { ReactElement } from 'react';
import { Skeleton } from '../../kit/skeleton/skeleton.tsx';
import { frameWords } from '../../words/frame.words.ts';
import { useWords } from '../../words/use-words.ts';

/** In place of a screen whose code is on its way. */
export function Loading(): ReactElement {
  const say = useWords(frameWords);
  return <Skeleton label={say('frame.loading')} />;
}
