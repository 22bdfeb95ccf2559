import { Button } from '@mantine/core';
import { IconAddressBook, IconPlus, IconSearchOff } from '@tabler/icons-react';
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { useNavigate, useParams } from '@tanstack/react-router';
import { useCallback, useMemo, useState } from 'react';
import type { ContactView } from '../../src-shared/contract/contacts.ts';
import { contactListQuery } from '../app/queries.ts';
import { EmptyState, ReadFailed } from '../ui/parts.tsx';
import { Screen, SidePanel } from '../ui/screen.tsx';
import { SearchBox } from '../ui/search-box.tsx';
import { useAnnouncedCount } from '../ui/use-announced-count.ts';
import { type GridItem, VirtualGrid } from '../ui/virtual-grid.tsx';
import { t } from '../words/words.ts';
import { ContactCells } from './contact-cells.tsx';
import { ContactDetail } from './contact-detail.tsx';
import { NewContact } from './new-contact.tsx';
import '../ui/list-screen.css';
import './contacts.css';

/** Everybody whom the rep calls; one of them, or a new one, at the side. */
export function ContactsScreen() {
  const navigate = useNavigate();
  const { contactId } = useParams({ strict: false });
  const [query, setQuery] = useState('');
  const list = useInfiniteQuery({
    ...contactListQuery(query.trim()),
    placeholderData: keepPreviousData,
  });
  const { data, hasNextPage, isFetchingNextPage, fetchNextPage } = list;
  const items = useMemo(
    () =>
      data?.pages
        .flatMap(({ contacts }) => contacts)
        .map((value): GridItem<ContactView> => ({ kind: 'row', key: value.id, value })),
    [data],
  );
  const total = data?.pages[0]?.total;
  const more = useCallback(() => {
    if (hasNextPage && !isFetchingNextPage) void fetchNextPage();
  }, [hasNextPage, isFetchingNextPage, fetchNextPage]);
  useAnnouncedCount(total, query);

  const close = () => void navigate({ to: '/contacts' });
  const open = (id: string) => void navigate({ to: '/contacts/$contactId', params: { contactId: id } });

  return (
    <Screen
      title={t('contacts.title')}
      tools={
        <>
          <SearchBox
            label={t('contacts.search')}
            placeholder={t('contacts.searchPlaceholder')}
            value={query}
            onChange={setQuery}
          />
          {total !== undefined && total > 0 && (
            <span className="second">{t('contacts.count', { count: total })}</span>
          )}
          <Button
            className="tool-end"
            leftSection={<IconPlus size={16} aria-hidden />}
            onClick={() => open('new')}
          >
            {t('contacts.new')}
          </Button>
        </>
      }
      panel={
        contactId !== undefined && (
          <SidePanel label={contactId === 'new' ? t('contacts.newTitle') : t('app.details')} onClose={close}>
            {contactId === 'new' ? (
              <NewContact onDone={open} onCancel={close} />
            ) : (
              <ContactDetail key={contactId} id={contactId} onGone={close} />
            )}
          </SidePanel>
        )
      }
    >
      {list.isError ? (
        <ReadFailed retry={() => void list.refetch()} />
      ) : items?.length === 0 ? (
        <NoContacts searched={query.trim() !== ''} onNew={() => open('new')} />
      ) : (
        <div className="contacts-list">
          <VirtualGrid
            label={t('contacts.grid')}
            items={items ?? []}
            total={total ?? null}
            selectedKey={contactId ?? null}
            onOpen={(contact) => open(contact.id)}
            onEnd={more}
          >
            {(contact) => <ContactCells contact={contact} />}
          </VirtualGrid>
        </div>
      )}
    </Screen>
  );
}

function NoContacts({ searched, onNew }: { readonly searched: boolean; readonly onNew: () => void }) {
  return searched ? (
    <EmptyState Sign={IconSearchOff} title={t('contacts.none')}>
      {t('contacts.noneTodo')}
    </EmptyState>
  ) : (
    <EmptyState
      Sign={IconAddressBook}
      title={t('contacts.empty')}
      action={
        <Button variant="filled" onClick={onNew}>
          {t('contacts.new')}
        </Button>
      }
    >
      {t('contacts.emptyTodo')}
    </EmptyState>
  );
}
