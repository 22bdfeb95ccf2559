import { Button } from '@mantine/core';
import { safe } from '@orpc/client';
import { useState } from 'react';
import type { DesktopState } from '../../src-shared/contract/desktop.ts';
import { api } from '../app/api.ts';
import { t } from '../words/words.ts';
import { SettingRow } from './setting-row.tsx';

/** Who opens links of each kind, and the way to Flowdial. */
export function LinkSettings({ links }: { readonly links: DesktopState['links'] }) {
  return links.map((link) => <LinkRow key={link.scheme} link={link} />);
}

function LinkRow({ link: { scheme, ours } }: { readonly link: DesktopState['links'][number] }) {
  const [said, setSaid] = useState('');
  const [problem, setProblem] = useState('');
  const claim = async () => {
    const { error } = await safe(api.desktop.claimLinks({ scheme }));
    setSaid(error === null ? t('settings.desktop.claimed') : '');
    setProblem(error === null ? '' : t('settings.desktop.claimRefused'));
  };
  return (
    <SettingRow
      place={`link-${scheme}`}
      label={t(`settings.desktop.link.${scheme}`)}
      hint={t(`settings.desktop.linkHint.${scheme}`)}
      problem={problem}
    >
      <div className="row-of">
        <span className="link-owner">
          {t(`settings.desktop.${ours === null ? 'linkUnknown' : ours ? 'linkOurs' : 'linkOther'}`)}
        </span>
        {ours !== true && (
          <Button
            aria-label={`${t('settings.desktop.claim')}: ${t(`settings.desktop.link.${scheme}`)}`}
            onClick={() => void claim()}
          >
            {t('settings.desktop.claim')}
          </Button>
        )}
      </div>
      {ours !== true && said !== '' && (
        <p className="second" role="status">
          {said}
        </p>
      )}
    </SettingRow>
  );
}

/** A page can ask its browser to open `tel:` links with it. */
export function PageLinkSetting() {
  const [said, setSaid] = useState('');
  const [problem, setProblem] = useState('');
  const offered = 'registerProtocolHandler' in navigator;
  const ask = () => {
    try {
      navigator.registerProtocolHandler('tel', `${location.origin}/link?to=%s`);
      setProblem('');
      setSaid(t('settings.desktop.linkPageAsked'));
    } catch (error) {
      setSaid('');
      const why = error instanceof Error ? error.message : String(error);
      setProblem(t('settings.desktop.linkPageRefused', { problem: why }));
    }
  };
  return (
    <SettingRow
      place="link-page"
      label={t('settings.desktop.linkPage')}
      hint={
        offered
          ? t('settings.desktop.linkPageHint')
          : `${t('settings.desktop.linkPageHint')} ${t('settings.desktop.linkPageNone')}`
      }
      problem={problem}
    >
      <Button disabled={!offered} onClick={ask}>
        {t('settings.desktop.linkPageAsk')}
      </Button>
      {said !== '' && (
        <p className="second" role="status">
          {said}
        </p>
      )}
    </SettingRow>
  );
}
