import type { Need } from '#contracts/codes/need';
import type { ReactElement } from 'react';
import { codesWords } from '../../words/codes/codes.words.ts';
import { useWords } from '../../words/use-words.ts';

export interface NeedNameProps {
  readonly need: Need;
  /** `plain`: as one says it to the person, in forms and headings. Else the short word of rows and filters. */
  readonly isPlain?: boolean;
}

/** "Housing" in a row, "A place to live" in a form. */
export function NeedName({ need, isPlain = false }: NeedNameProps): ReactElement {
  const say = useWords(codesWords);
  return <>{isPlain ? say(`need-plain.${need}`) : say(`need.${need}`)}</>;
}
