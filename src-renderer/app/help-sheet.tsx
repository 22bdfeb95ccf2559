import { Modal } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { acceleratorText } from '../../src-shared/accelerator.ts';
import { Kbd } from '../ui/parts.tsx';
import { t } from '../words/words.ts';
import { actions, isFlowAction, shownKey } from './actions.ts';
import { shell } from './api.ts';
import { closeHelp, useHelpOpen } from './help-open.ts';
import { desktopQuery } from './queries.ts';
import { isMac, platform, shortcutText } from './shortcuts.ts';
import './help-sheet.css';

/** Every key there is: the registry's, and those of lists and the dial box. */
export function HelpSheet() {
  const opened = useHelpOpen();
  const { data: desktop } = useQuery(desktopQuery);
  const hotkey = desktop?.hotkey.accelerator ?? '';
  return (
    <Modal
      opened={opened}
      onClose={closeHelp}
      title={t('help.title')}
      size="md"
      closeButtonProps={{ 'aria-label': t('app.close') }}
    >
      <Keys>
        {actions.map((action) => {
          const { id } = action;
          const key = shownKey(action, shell);
          if (key === undefined || isFlowAction(id)) return null;
          return <Row key={id} label={t(`actions.${id}`)} keys={[shortcutText(key, isMac)]} />;
        })}
      </Keys>
      <h3 className="section-label help-group">{t('help.inLists')}</h3>
      <Keys>
        <Row label={t('help.move')} keys={['↑', '↓', 'PgUp', 'PgDn', 'Home', 'End']} />
        <Row label={t('help.open')} keys={['Enter']} />
      </Keys>
      <h3 className="section-label help-group">{t('help.inDial')}</h3>
      <Keys>
        <Row label={t('help.choose')} keys={['↑', '↓']} />
        <Row
          label={t('help.flow')}
          keys={[shortcutText('alt+1', isMac), '…', shortcutText('alt+9', isMac)]}
        />
        <Row label={t('help.call')} keys={['Enter']} />
        <Row label={t('help.clear')} keys={['Esc']} />
      </Keys>
      <h3 className="section-label help-group">{t('help.inWindow')}</h3>
      <Keys>
        {hotkey !== '' && <Row label={t('help.hotkey')} keys={[acceleratorText(hotkey, platform)]} />}
        <Row label={t('help.paste')} keys={[shortcutText('mod+V', isMac)]} />
      </Keys>
      <h3 className="section-label help-group">{t('help.inCard')}</h3>
      <Keys>
        <Row label={t('help.cardFlow')} keys={['1', '…', '9']} />
        <Row
          label={t('help.cardFlowAlt')}
          keys={[shortcutText('alt+1', isMac), '…', shortcutText('alt+9', isMac)]}
        />
        <Row label={t('help.cardNumber')} keys={['↑', '↓']} />
        <Row label={t('help.cardCall')} keys={['Enter']} />
        <Row label={t('help.cardClose')} keys={['Esc']} />
      </Keys>
      <h3 className="section-label help-group">{t('help.inWrapUp')}</h3>
      <Keys>
        <Row label={t('help.outcome')} keys={['1', '…', '9']} />
      </Keys>
    </Modal>
  );
}

function Keys({ children }: { readonly children: ReactNode }) {
  return <dl className="help-keys">{children}</dl>;
}

function Row({ label, keys }: { readonly label: string; readonly keys: readonly string[] }) {
  return (
    <div className="help-row">
      <dt>{label}</dt>
      <dd>
        <span className="visually-hidden">{keys.join(', ')}</span>
        {keys.map((key) => (
          <Kbd key={key}>{key}</Kbd>
        ))}
      </dd>
    </div>
  );
}
