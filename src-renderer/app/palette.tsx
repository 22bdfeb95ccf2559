import { UnstyledButton } from '@mantine/core';
import { Spotlight, type SpotlightActionGroupData, spotlight } from '@mantine/spotlight';
import { IconAddressBook, IconSearch } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { Kbd } from '../ui/parts.tsx';
import { t } from '../words/words.ts';
import { shownKey } from './actions.ts';
import { shell } from './api.ts';
import { suggestionsQuery } from './queries.ts';
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

/** The actions of the registry and the contacts, by name. */
export function Palette({ actions }: { readonly actions: readonly ReadyAction[] }) {
  const navigate = useNavigate();
  const [query, setQuery] = useState('');
  const { data } = useQuery({ ...suggestionsQuery(query.trim()), enabled: query.trim() !== '' });
  const contacts = query.trim() === '' ? [] : (data?.contacts ?? []);
  const groups: readonly SpotlightActionGroupData[] = [
    {
      group: t('actions.groupContacts'),
      actions: contacts.map(({ id, name, company, numbers }) => ({
        id,
        label: name || company,
        description: numbers.map(({ text }) => text).join(', '),
        // The core found it by this, perhaps in a part that is not shown.
        keywords: [query],
        leftSection: <IconAddressBook size={18} stroke={1.75} aria-hidden />,
        onClick: () => void navigate({ to: '/contacts/$contactId', params: { contactId: id } }),
      })),
    },
    actionGroup(actions, 'call', t('actions.groupCall')),
    actionGroup(actions, 'rep', t('actions.groupRep')),
    actionGroup(actions, 'do', t('actions.groupDo')),
    actionGroup(actions, 'go', t('actions.groupGo')),
    actionGroup(actions, 'line', t('actions.groupLine')),
  ];
  return (
    <Spotlight
      actions={groups.filter((group) => group.actions.length > 0)}
      query={query}
      onQueryChange={setQuery}
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

function actionGroup(
  actions: readonly ReadyAction[],
  group: ReadyAction['group'],
  label: string,
): SpotlightActionGroupData {
  return {
    group: label,
    actions: actions
      .filter((action) => action.group === group && action.id !== 'palette')
      .map((action) => {
        const key = shownKey(action, shell);
        return {
          id: action.id,
          label: action.label,
          leftSection: <action.Sign size={18} stroke={1.75} aria-hidden />,
          rightSection: key && <Kbd>{shortcutText(key, isMac)}</Kbd>,
          onClick: action.run,
        };
      }),
  };
}
