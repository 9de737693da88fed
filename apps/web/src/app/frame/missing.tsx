import { createLink } from '@tanstack/react-router';
import type { ReactElement } from 'react';
import { Link } from '../../kit/link/link.tsx';
import { useTitle } from '../../pieces/title/use-title.ts';
import { frameWords } from '../../words/frame.words.ts';
import { useWords } from '../../words/use-words.ts';
import styles from './frame.module.css';

const HomeLink = createLink(Link);

/** An address of ours that is no screen. */
export function Missing(): ReactElement {
  const say = useWords(frameWords);
  useTitle(say('missing.title'));
  return (
    <div className={styles['missing']}>
      <h1>{say('missing.title')}</h1>
      <p>{say('missing.text')}</p>
      <HomeLink kind="button" to="/">
        {say('missing.home')}
      </HomeLink>
    </div>
  );
}
