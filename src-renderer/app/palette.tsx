import { UnstyledButton } from '@mantine/core';
import { Spotlight, type SpotlightActionGroupData } from '@mantine/spotlight';
import { spotlight } from '@mantine/spotlight';
import { IconSearch } from '@tabler/icons-react';
import { Kbd } from '../ui/parts.tsx';
import { t } from '../words/words.ts';
import { shownKey } from './actions.ts';
import { shell } from './api.ts';
import { ariaShortcut, isMac, shortcutText } from './shortcuts.ts';
import type { ReadyAction } from './use-actions.ts';
import './palette.css';

/** At the top of each screen: the door to everything. */
export function PaletteButton() {
  return (
    <UnstyledButton
      className="palette-button"
      onClick={() => spotlight.open()}
      aria-label={t('app.palette')}
      aria-keyshortcuts={ariaShortcut('mod+K', isMac)}
    >
      <IconSearch size={16} aria-hidden />
      <span className="palette-button-label">{t('app.palette')}</span>
      <Kbd>{shortcutText('mod+K', isMac)}</Kbd>
    </UnstyledButton>
  );
}

/** The actions of the registry, by name. */
export function Palette({ actions }: { readonly actions: readonly ReadyAction[] }) {
  const inGroup = (group: ReadyAction['group'], label: string): SpotlightActionGroupData => ({
    group: label,
    actions: actions
      .filter((action) => action.group === group && action.id !== 'palette')
      .map((action) => {
        const key = shownKey(action, shell);
        return {
          id: action.id,
          label: t(`actions.${action.id}`),
          leftSection: <action.Sign size={18} stroke={1.75} aria-hidden />,
          rightSection: key && <Kbd>{shortcutText(key, isMac)}</Kbd>,
          onClick: action.run,
        };
      }),
  });
  return (
    <Spotlight
      actions={[
        inGroup('do', t('actions.groupDo')),
        inGroup('go', t('actions.groupGo')),
        inGroup('line', t('actions.groupLine')),
      ].filter((group) => group.actions.length > 0)}
      // The registry's shortcuts open it.
      shortcut={null}
      scrollable
      maxHeight={420}
      nothingFound={t('app.paletteEmpty')}
      attributes={{ content: { 'aria-label': t('app.palette') } }}
      searchProps={{
        'aria-label': t('app.palettePlaceholder'),
        placeholder: t('app.palettePlaceholder'),
        leftSection: <IconSearch size={18} aria-hidden />,
      }}
    />
  );
}
